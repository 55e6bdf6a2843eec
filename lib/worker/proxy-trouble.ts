/**
 * What went wrong at a proxy. `fetch` says the same of everything; the browser tells extensions which
 * part of the way failed, and asks them for the password of a proxy.
 */
import { browser, type Browser } from 'wxt/browser';
import type { ErrorData } from '../errors';
import type { ProxyLogin, ProxyServer } from '../proxy-address';
import { pause } from '../stream/pause';

export type ProxyTrouble = Pick<ErrorData, 'detail'> & { kind: 'proxy-failed' | 'proxy-login' };

/** Milliseconds. The browser tells within one of them; of what is no proxy's fault it tells nothing. */
const PATIENCE = 1000;

/**
 * As the browsers call what a proxy did: `net::ERR_PROXY_CONNECTION_FAILED`, `NS_ERROR_UNKNOWN_PROXY_HOST`
 * and their kin. Behind a proxy a refused connection can only be its own.
 */
const BY_PROXY = /PROXY|TUNNEL|SOCKS|PAC_|CONNECTION_REFUSED/u;

interface Watch {
  origin: string;
  tell: (trouble: ProxyTrouble) => void;
}

const watches = new Set<Watch>();

/** A look at the requests to an origin; `stop` it in the end. */
export interface ProxyWatch {
  /** What the proxy is to blame for, if it is, after a request has failed. */
  trouble: () => Promise<ProxyTrouble | undefined>;
  stop: () => void;
}

export function watchProxy(origin: string): ProxyWatch {
  const { promise, resolve } = Promise.withResolvers<ProxyTrouble>();
  const watch = { origin, tell: resolve };
  watches.add(watch);
  return {
    trouble: () => Promise.race([promise, pause(PATIENCE, undefined).then(() => undefined)]),
    stop: () => void watches.delete(watch),
  };
}

/** What the proxy for an origin is, and what it knows the person by. */
export interface KnownProxy {
  server: ProxyServer;
  login: ProxyLogin | null;
}

type FindProxy = (origin: string) => Promise<KnownProxy | undefined>;
type AuthDetails = Browser.webRequest.OnAuthRequiredDetails;

/** Requests for which a proxy has been told its user and password: once is enough. */
const answered = new Set<string>();
let findProxy: FindProxy = () => Promise.resolve(undefined);

/** Begins to listen, where the browser lets it; once more is no harm. */
export function hearProxies(find: FindProxy): void {
  findProxy = find;
  const { webRequest } = browser as Partial<typeof browser>;
  if (!webRequest) return;
  const filter = { urls: ['http://*/*', 'https://*/*'] };
  webRequest.onErrorOccurred.addListener(hearError, filter);
  webRequest.onCompleted.addListener(hearEnd, filter);
  webRequest.onAuthRequired.addListener(answerProxy, filter, ['asyncBlocking']);
}

function hearError({ url, error, requestId }: Browser.webRequest.OnErrorOccurredDetails): void {
  answered.delete(requestId);
  if (BY_PROXY.test(error)) tell(url, { kind: 'proxy-failed', detail: error });
}

function hearEnd({ requestId }: { requestId: string }): void {
  answered.delete(requestId);
}

function answerProxy(
  details: AuthDetails,
  answer?: (response: Browser.webRequest.BlockingResponse) => void,
): undefined {
  void loginFor(details).then((login) =>
    answer?.(login ? { authCredentials: { username: login.user, password: login.password } } : {}),
  );
}

/** The proxy's login, for nobody but the proxy itself, and once a request. */
async function loginFor({
  url,
  requestId,
  isProxy,
  challenger,
}: AuthDetails): Promise<ProxyLogin | undefined> {
  const known = isProxy ? await findProxy(new URL(url).origin) : undefined;
  if (!known || !isSameServer(known.server, challenger)) return undefined;
  if (known.login && !answered.has(requestId)) {
    answered.add(requestId);
    return known.login;
  }
  tell(url, { kind: 'proxy-login' });
  return undefined;
}

function isSameServer({ host, port }: ProxyServer, challenger: AuthDetails['challenger']): boolean {
  return challenger.port === port && bare(challenger.host) === bare(host);
}

/** Without the brackets of an IPv6 address, which the browsers write or leave out. */
export function bare(host: string): string {
  return host.replaceAll(/[[\]]/gu, '');
}

function tell(url: string, trouble: ProxyTrouble): void {
  const { origin } = new URL(url);
  for (const watch of watches) if (watch.origin === origin) watch.tell(trouble);
}
