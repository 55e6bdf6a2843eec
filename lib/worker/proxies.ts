/**
 * The providers' proxies. In Firefox Aside's own requests to a provider's origin go through its proxy
 * and nobody else's; Chromium knows one script for all, which does so for every request to the origin.
 */
import { browser } from 'wxt/browser';
import { ProviderError, toErrorData } from '../errors';
import { hostPattern } from '../host-pattern';
import { providers } from '../providers';
import { PROXY_PERMISSIONS } from '../proxy-address';
import { proxyState, proxySupport } from '../proxy-support';
import { activeProviders, providerProxies, providerSettings } from '../settings';
import { addressListener } from './address-listener';
import { challengeListener, type KnownProxy } from './proxy-challenge';
import { readProxyLogin } from './proxy-login';
import { answerQuestions } from './proxy-questions';
import { proxyRoutes, type ProxyRoute } from './proxy-routes';
import { proxyScript } from './proxy-script';
import { hearError, reportProxyFailure, watchProxy, type ProxyWatch } from './proxy-trouble';
import { createTurns } from './turns';

type Filter = Parameters<typeof browser.webRequest.onErrorOccurred.addListener>[1];

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
 * where it cannot be used, `key-locked` with its host where its password cannot be read: a request that
 * was to go through a proxy does not go without. `providerId` says whose request it is, if a provider's.
 */
export async function proxyFor(
  url: string,
  providerId?: string,
): Promise<RequestProxy | undefined> {
  if (providerId) asked.add(providerId);
  const { origin } = new URL(url);
  const route = (await readRoutes()).get(origin);
  if (!route) return undefined;
  const host = `${route.server.host}:${route.server.port}`;
  if ((await proxyState()) !== 'usable') throw new ProviderError({ kind: 'proxy-blocked', host });
  await readProxyLogin(route.provider).catch((error: unknown) => {
    throw new ProviderError({ ...toErrorData(error), host }, { cause: error });
  });
  await apply();
  return { host, watch: () => watchProxy(origin) };
}

/** Keeps the proxies in force in step with the settings, from the worker's start on. */
export function followProxies(): void {
  const support = proxySupport();
  if (support === 'none') return;
  if (support === 'script') hearFromTheStart();
  else providerProxies.watch(giveBack);
  for (const item of [providerProxies, providerSettings, activeProviders]) item.watch(renew);
  browser.permissions.onAdded.addListener(renew);
  renew();
}

function renew(): void {
  // A request that needs a proxy puts it in force by itself, or does not leave.
  apply().catch(reportProxyFailure);
}

/** With the last proxy the permissions go, whatever took it away. */
function giveBack(proxies: Record<string, string>): void {
  if (Object.keys(proxies).length > 0) return;
  browser.permissions.remove({ permissions: PROXY_PERMISSIONS }).catch(reportProxyFailure);
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

const inTurn = createTurns();

/** The last one that begins has the last settings. */
function apply(): Promise<void> {
  return inTurn(async () => {
    const routes = await readRoutes();
    const urls = [...new Set([...routes.keys()].flatMap((origin) => hostPattern(origin) ?? []))];
    hear(urls);
    if (proxySupport() === 'script') await setScript(routes);
    else await answerQuestions(routes, urls);
  });
}

const hearErrors = addressListener(() => hearError.bind(null));
const hearChallenges = addressListener(() => challengeListener(findProxy));

/** Of these addresses alone, and in Firefox of no tab's requests: each word wakes the worker. */
function hear(urls: string[]): void {
  // Without the permission there is none.
  const { webRequest } = browser as Partial<typeof browser>;
  if (!webRequest) return;
  const { onErrorOccurred, onAuthRequired } = webRequest;
  const filter: Filter = { urls, types: ['xmlhttprequest'], tabId: -1 };
  hearErrors(onErrorOccurred, urls, (listener) => onErrorOccurred.addListener(listener, filter));
  if (proxySupport() === 'script') return;
  hearChallenges(onAuthRequired, urls, (listener) =>
    onAuthRequired.addListener(listener, filter, ['asyncBlocking']),
  );
}

/**
 * In Chromium web pages go through the proxies, too, and wait for an answer of a worker that may sleep.
 * Such a worker finds a listener again only if each start of it adds the same one, before it can read
 * what is set. Few requests are challenged.
 */
function hearFromTheStart(): void {
  const filter = { urls: ['http://*/*', 'https://*/*'] };
  const listener = challengeListener(findProxy);
  browser.webRequest.onAuthRequired.addListener(listener, filter, ['asyncBlocking']);
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
