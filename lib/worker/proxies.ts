/**
 * The providers' proxies. In Firefox Aside's own requests to a provider's origin go through its proxy
 * and nobody else's; Chromium knows one script for all, which does so for every request to the origin.
 */
import { browser } from 'wxt/browser';
import { ProviderError } from '../errors';
import { hostPattern } from '../host-pattern';
import { settingsOf, type ProviderDescription, type ProviderSettings } from '../provider';
import { providers } from '../providers';
import { isLoopback, proxyServer, type ProxyServer } from '../proxy-address';
import {
  proxyRequests,
  proxyState,
  proxySupport,
  type ProxiedRequest,
  type ProxyInfo,
} from '../proxy-support';
import { activeProviders, providerProxies, providerSettings } from '../settings';
import { readProxyLogin } from './proxy-login';
import { proxyScript } from './proxy-script';
import { bare, hearProxies, watchProxy, type KnownProxy, type ProxyWatch } from './proxy-trouble';

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

/** The proxy of a request that is about to leave. */
export interface RequestProxy {
  /** Its own host, with the port. */
  host: string;
  /** Begins to look at what it does. */
  watch: () => ProxyWatch;
}

/** Ids of providers that are asked although they are not in use: a test comes before the first use. */
const asked = new Set<string>();

/**
 * The proxy of a request, in force; undefined where there is none for its address. Throws `proxy-blocked`
 * where it cannot be used, `key-locked` where its password cannot be read: a request that was to go
 * through a proxy does not go without.
 */
export async function proxyFor(providerId: string, url: string): Promise<RequestProxy | undefined> {
  asked.add(providerId);
  const { origin } = new URL(url);
  const route = (await readRoutes()).get(origin);
  if (!route) return undefined;
  const host = `${route.server.host}:${route.server.port}`;
  if ((await proxyState()) !== 'usable') throw new ProviderError({ kind: 'proxy-blocked', host });
  await readProxyLogin(route.provider);
  await apply();
  return { host, watch: () => watchProxy(origin) };
}

/** Keeps the proxies in force in step with the settings, from the worker's start on. */
export function followProxies(): void {
  if (proxySupport() === 'none') return;
  for (const item of [providerProxies, providerSettings, activeProviders]) item.watch(renew);
  browser.permissions.onAdded.addListener(renew);
  renew();
}

function renew(): void {
  hearProxies(findProxy);
  void apply();
}

async function findProxy(origin: string): Promise<KnownProxy | undefined> {
  const route = (await readRoutes()).get(origin);
  // While its login is locked the proxy is told nothing.
  return route && { ...route, login: await readProxyLogin(route.provider).catch(() => null) };
}

async function readRoutes(): Promise<Map<string, ProxyRoute>> {
  const proxies = await providerProxies.getValue();
  if (Object.keys(proxies).length === 0) return new Map();
  const [saved, active] = await Promise.all([
    providerSettings.getValue(),
    activeProviders.getValue(),
  ]);
  const used = providers
    .map(({ description }) => description)
    .filter(({ id }) => active.includes(id) || asked.has(id));
  return proxyRoutes(used, saved, proxies);
}

let applying: Promise<void> = Promise.resolve();

/** One after the other: the last one that begins has the last settings. */
function apply(): Promise<void> {
  const applied = applying.then(putInForce);
  applying = applied.catch(() => undefined);
  return applied;
}

async function putInForce(): Promise<void> {
  const routes = await readRoutes();
  if (proxySupport() === 'script') await setScript(routes);
  else await answerQuestions(routes);
}

/** Chromium's way. The script outlives the worker and the browser. */
async function setScript(routes: Map<string, ProxyRoute>): Promise<void> {
  const { settings } = browser.proxy;
  if (routes.size === 0) return settings.clear({ scope: 'regular' });
  const servers = new Map([...routes].map(([origin, { server }]) => [origin, server]));
  const data = proxyScript(servers);
  const { value, levelOfControl } = await settings.get({});
  const isOwn = levelOfControl === 'controlled_by_this_extension';
  if (isOwn && value.pacScript?.data === data) return;
  const pacScript = { data, mandatory: true };
  await settings.set({ value: { mode: 'pac_script', pacScript }, scope: 'regular' });
}

/** By origin. */
let infos = new Map<string, ProxyInfo>();
let asksFor = '';

/** Firefox's way: it asks on each request. */
async function answerQuestions(routes: Map<string, ProxyRoute>): Promise<void> {
  const requests = proxyRequests();
  infos = new Map();
  for (const [origin, route] of routes) infos.set(origin, await proxyInfo(route));
  const urls = [...new Set([...routes.keys()].flatMap((origin) => hostPattern(origin) ?? []))];
  const isAsked = requests?.hasListener(answerQuestion) ?? false;
  // With the permission the listener goes, too.
  if (!requests || (isAsked && asksFor === urls.join())) return;
  requests.removeListener(answerQuestion);
  if (urls.length > 0) requests.addListener(answerQuestion, { urls, types: ['xmlhttprequest'] });
  asksFor = urls.join();
}

function answerQuestion({ url, originUrl }: ProxiedRequest): ProxyInfo | undefined {
  const isOurs = originUrl?.startsWith(browser.runtime.getURL('/')) ?? false;
  return isOurs ? infos.get(new URL(url).origin) : undefined;
}

async function proxyInfo({ provider, server }: ProxyRoute): Promise<ProxyInfo> {
  const at = { host: bare(server.host), port: server.port };
  if (server.scheme !== 'socks5') return { type: server.scheme, ...at };
  const login = await readProxyLogin(provider).catch(() => null);
  const known = login && { username: login.user, password: login.password };
  return { type: 'socks', ...at, proxyDNS: true, ...known };
}
