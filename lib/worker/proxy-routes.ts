/** Whose requests go through which proxy. */
import { hostPattern } from '../host-pattern';
import { settingsOf, type ProviderDescription, type ProviderSettings } from '../provider';
import { isLoopback, proxyServer, type ProxyServer } from '../proxy-address';

/** A proxy, and whose it is. */
export interface ProxyRoute {
  provider: string;
  server: ProxyServer;
}

/** The proxies of these providers by the origin whose requests they are for; the first provider's counts. */
export function proxyRoutes(
  descriptions: ProviderDescription[],
  saved: Record<string, Partial<ProviderSettings>>,
  proxies: Record<string, string>,
): Map<string, ProxyRoute> {
  const routes = new Map<string, ProxyRoute>();
  for (const description of descriptions) {
    const { id: provider } = description;
    const { address = '' } = settingsOf(description, saved[provider]);
    const server = proxyServer(proxies[provider] ?? '');
    const pattern = hostPattern(address);
    if (!server || !pattern || isLoopback(address)) continue;
    const { origin } = new URL(address);
    if (!routes.has(origin)) routes.set(origin, { provider, server });
  }
  return routes;
}
