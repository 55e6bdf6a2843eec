/** Which requests go through a proxy in Chromium: a script that the browser asks for each address. */
import type { ProxyServer } from '../proxy-address';

const WORDS = { http: 'PROXY', https: 'HTTPS', socks5: 'SOCKS5' };

/**
 * A proxy auto-configuration script: an address of one of these origins goes through its proxy, with
 * no other way where that fails; every other goes directly.
 * https://developer.mozilla.org/docs/Web/HTTP/Guides/Proxy_servers_and_tunneling/Proxy_Auto-Configuration_PAC_file
 */
export function proxyScript(servers: Map<string, ProxyServer>): string {
  const answers = [...servers].map(([origin, { scheme, host, port }]) => [
    // Chromium asks with a path, of https with "/" alone.
    `${origin}/`,
    `${WORDS[scheme]} ${host}:${port}`,
  ]);
  return [
    `const answers = ${JSON.stringify(answers)};`,
    'function FindProxyForURL(url) {',
    '  const found = answers.find(([start]) => url.startsWith(start));',
    '  return found ? found[1] : "DIRECT";',
    '}',
  ].join('\n');
}
