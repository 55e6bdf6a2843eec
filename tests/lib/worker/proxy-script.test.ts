import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import type { ProxyServer } from '@/lib/proxy-address';
import { proxyScript } from '@/lib/worker/proxy-script';

const servers = new Map<string, ProxyServer>([
  ['https://api.example', { scheme: 'http', host: 'proxy.example', port: 3128 }],
  ['http://model.example:8080', { scheme: 'socks5', host: '[::1]', port: 1080 }],
  ['https://other.example', { scheme: 'https', host: '10.0.0.1', port: 443 }],
]);

/** What a browser is told that runs the script. */
function answer(url: string, of = servers): unknown {
  return runInNewContext(`${proxyScript(of)}\nFindProxyForURL(${JSON.stringify(url)})`);
}

it.each([
  ['https://api.example/', 'PROXY proxy.example:3128'],
  ['http://model.example:8080/v1/chat', 'SOCKS5 [::1]:1080'],
  ['https://other.example/', 'HTTPS 10.0.0.1:443'],
  // Another scheme, port or host is not the provider's.
  ['http://api.example/', 'DIRECT'],
  ['https://api.example:8443/', 'DIRECT'],
  ['https://api.example.evil.example/', 'DIRECT'],
  ['https://www.api.example/', 'DIRECT'],
  ['http://model.example/v1/chat', 'DIRECT'],
  ['https://elsewhere.example/?https://api.example/', 'DIRECT'],
])('the script sends %s by %s', (url, way) => {
  expect(answer(url)).toBe(way);
});

it('has nothing of an address run as code', () => {
  const odd = `https://"];globalThis.hit=1;["`;
  const hostile = new Map<string, ProxyServer>([[odd, { scheme: 'http', host: 'p', port: 1 }]]);
  expect(answer(`${odd}/`, hostile)).toBe('PROXY p:1');
  expect(answer('https://api.example/', hostile)).toBe('DIRECT');
});
