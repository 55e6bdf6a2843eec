/**
 * What went wrong at a proxy. `fetch` says the same of everything; the browser tells extensions which
 * part of the way failed.
 */
import type { Browser } from 'wxt/browser';
import type { ErrorData } from '../errors';
import { log } from '../log';
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

/** The listener of `onErrorOccurred`. */
export function hearError({ url, error }: Browser.webRequest.OnErrorOccurredDetails): void {
  if (BY_PROXY.test(error)) tellTrouble(url, { kind: 'proxy-failed', detail: error });
}

/** Tells whoever looks at requests to the address's origin; the first trouble counts. */
export function tellTrouble(url: string, trouble: ProxyTrouble): void {
  const { origin } = new URL(url);
  for (const watch of watches) if (watch.origin === origin) watch.tell(trouble);
}

/** Notes that the browser did not do as it was told, or that nobody knows what to tell it. */
export function reportProxyFailure(error: unknown): void {
  const name = error instanceof Error ? error.name : typeof error;
  log({ level: 'error', event: 'proxy-failed', error: name });
}

/** Without the brackets of an IPv6 address, which the browsers write or leave out. */
export function bare(host: string): string {
  return host.replaceAll(/[[\]]/gu, '');
}
