import { describe, expect, it } from 'vitest';
import { proxyRoutes } from '@/lib/worker/proxy-routes';
import { keyProvider } from '../../samples';

describe('the ways through proxies', () => {
  const other = keyProvider({ id: 'other' });
  it.each([
    ['of its origin', {}, 'https://api.groq.example'],
    [
      'of another address',
      { address: 'http://gateway.example:8080/v1' },
      'http://gateway.example:8080',
    ],
    // Browsers reach this computer directly whatever one sets.
    ['of this computer', { address: 'http://127.0.0.1:11434' }, undefined],
    ['of no web address', { address: 'nonsense' }, undefined],
  ])('are %s', (_, saved, origin) => {
    const routes = proxyRoutes([keyProvider()], { groq: saved }, { groq: 'http://p.example:80' });
    expect([...routes.keys()]).toEqual(origin === undefined ? [] : [origin]);
  });

  it('are none for a provider without a proxy, and for one that was spoilt', () => {
    expect(proxyRoutes([keyProvider()], {}, { other: 'http://p.example:80' }).size).toBe(0);
    expect(proxyRoutes([keyProvider()], {}, { groq: 'http://a;DIRECT:80' }).size).toBe(0);
  });

  it('are those of the first where two providers share an address', () => {
    const both = { groq: 'http://p.example:1', other: 'http://p.example:2' };
    const [route] = proxyRoutes([keyProvider(), other], {}, both).values();
    expect(route).toMatchObject({ provider: 'groq', server: { port: 1 } });
  });
});
