/** Loads a picture that a text names. Who serves it learns that it was asked for, and nothing else. */
import { browser } from 'wxt/browser';
import { ProviderError, toErrorData } from '../errors';
import { hostPattern } from '../host-pattern';
import type { RemoteImage, RemoteImageTrouble } from '../messages';
import { isPublicHost } from '../public-host';
import { describeImage, downloadImage } from '../stream/image';
import { dataUrl } from './image-data';
import { keepAlive } from './keep-alive';
import { proxyFor } from './proxies';

/** A picture that has not come by then does not, in milliseconds. */
const PATIENCE = 60_000;

export interface RemoteImageDependencies {
  fetch: typeof fetch;
  /** Whether the extension may reach this match pattern. */
  isAllowed: (pattern: string) => Promise<boolean>;
  /** Puts the proxy of such an address in force, if it has one. Throws where it cannot be used. */
  enforceProxy: (url: string) => Promise<unknown>;
  /** Ends the wait. */
  signal: AbortSignal;
}

/** The picture at the address, once; answers what is the matter where it cannot be shown. */
export async function loadRemoteImage(
  url: string,
  { fetch, isAllowed, enforceProxy, signal }: RemoteImageDependencies = inBrowser(),
): Promise<RemoteImage | { trouble: RemoteImageTrouble }> {
  const pattern = hostPattern(url);
  if (!pattern) return { trouble: 'bad-image' };
  if (!isPublicHost(new URL(url).hostname)) return { trouble: 'local-address' };
  if (!(await isAllowed(pattern))) return { trouble: 'no-permission' };
  const release = keepAlive();
  try {
    await enforceProxy(url);
    const bytes = await downloadImage(discreetFetch(fetch), url, signal);
    const { mediaType, width, height } = describeImage(bytes);
    return { url: dataUrl(mediaType, bytes), width, height };
  } catch (error) {
    return { trouble: signal.aborted ? 'timeout' : troubleOf(error) };
  } finally {
    release();
  }
}

class Redirected extends Error {}

/** Says nothing of where the request comes from, and goes nowhere but where the person agreed to. */
function discreetFetch(fetch: RemoteImageDependencies['fetch']) {
  return async (url: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(url, {
      ...init,
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
      // Some servers choose the format by it; what Aside does not show is not asked for.
      headers: { accept: 'image/avif,image/webp,image/png,image/jpeg,image/gif' },
    }).catch((error: unknown) => {
      throw new ProviderError({ kind: 'offline' }, { cause: error });
    });
    // The browser does not tell where to.
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) {
      await response.body?.cancel();
      throw new Redirected();
    }
    return response;
  };
}

function troubleOf(error: unknown): RemoteImageTrouble {
  if (error instanceof Redirected) return 'redirect';
  const { kind } = toErrorData(error);
  switch (kind) {
    case 'offline':
    case 'connection-lost':
    case 'too-large':
    case 'proxy-blocked':
      return kind;
    case 'key-locked':
      return 'proxy-blocked';
    default:
      return 'bad-image';
  }
}

function inBrowser(): RemoteImageDependencies {
  return {
    fetch: (url, init) => fetch(url, init),
    isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
    enforceProxy: (url) => proxyFor(url),
    signal: AbortSignal.timeout(PATIENCE),
  };
}
