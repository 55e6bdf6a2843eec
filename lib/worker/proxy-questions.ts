/** Firefox's way: it asks on each request what that goes through. */
import { isOwnRequest, proxyRequests, type ProxiedRequest, type ProxyInfo } from '../proxy-support';
import { addressListener } from './address-listener';
import { readProxyLogin } from './proxy-login';
import type { ProxyRoute } from './proxy-routes';
import { bare } from './proxy-trouble';

/** By origin. */
let infos: ReadonlyMap<string, ProxyInfo> = new Map();

const listen = addressListener(() => (request: ProxiedRequest) => {
  return isOwnRequest(request) ? infos.get(new URL(request.url).origin) : undefined;
});

/** Has requests to these origins go through these proxies; `urls` are their match patterns. */
export async function answerQuestions(
  routes: ReadonlyMap<string, ProxyRoute>,
  urls: string[],
): Promise<void> {
  const next = new Map<string, ProxyInfo>();
  for (const [origin, route] of routes) next.set(origin, await proxyInfo(route));
  // Whole at once: other requests leave meanwhile, and would go past a proxy that is not in it yet.
  infos = next;
  const requests = proxyRequests();
  if (!requests) return;
  // No tab's: the worker need not wake for what web pages ask.
  listen(requests, urls, (listener) =>
    requests.addListener(listener, { urls, types: ['xmlhttprequest'], tabId: -1 }),
  );
}

async function proxyInfo({ provider, server }: ProxyRoute): Promise<ProxyInfo> {
  const at = { host: bare(server.host), port: server.port };
  if (server.scheme !== 'socks5') return { type: server.scheme, ...at };
  const login = await readProxyLogin(provider).catch(() => null);
  const known = login && { username: login.user, password: login.password };
  return { type: 'socks', ...at, proxyDNS: true, ...known };
}
