import { ProviderError } from '../errors';
import { hostPattern } from '../host-pattern';
import { isPublicHost } from '../public-host';
import type { ProviderContext, ProviderDescription } from '../provider';
import type { RequestProxy } from './proxies';

export interface ProviderFetchDependencies {
  /** The provider's own address: its key goes nowhere else. */
  address: string;
  fetch: typeof fetch;
  /** Whether the extension may reach this match pattern. */
  isAllowed: (pattern: string) => Promise<boolean>;
  /** What a request to the address goes through, in force; nothing unless told. */
  proxyFor?: (url: string) => Promise<RequestProxy | undefined>;
  /** What must have happened before a request leaves. */
  ready: Promise<unknown>;
  onResponse: (response: Response) => void;
}

/** HTTP's status for it. */
const PROXY_LOGIN_WANTED = 407;

/**
 * The `fetch` that a provider is handed: it asks for the host's permission first (in Firefox the
 * person can take it back at any time), lets cookies along only for a provider that lives on them,
 * sends headers, one of which has the key, to the provider's own origin alone, follows no redirect,
 * leads nobody from the internet into the local network, and turns a request that never got an
 * answer into `offline`, or blames the proxy that it was to go through.
 */
export function createProviderFetch(
  description: Pick<ProviderDescription, 'usesCookies'>,
  { address, fetch, isAllowed, proxyFor, ready, onResponse }: ProviderFetchDependencies,
): ProviderContext['fetch'] {
  return async (url, init) => {
    const { host, hostname } = new URL(url);
    // A picture's address: the person allowed the service to be asked, not to have others asked.
    if (isPublicHost(hostnameOf(address)) && !isPublicHost(hostname)) {
      throw new ProviderError({ kind: 'bad-image', host, detail: url });
    }
    const pattern = hostPattern(url);
    const [isOpen, proxy] = await Promise.all([
      pattern !== undefined && isAllowed(pattern),
      proxyFor?.(url),
      ready,
    ]);
    if (!isOpen) throw new ProviderError({ kind: 'no-permission', host });
    const credentials = description.usesCookies ? (init.credentials ?? 'omit') : 'omit';
    // A redirect could lead anywhere, cookies and all; providers are told of it and judge.
    const headers = headersFor(url, init.headers, address);
    const request: RequestInit = { ...init, headers, credentials, redirect: 'manual' };
    const watch = proxy?.watch();
    const response = await fetch(url, request)
      .catch(async (error: unknown) => {
        init.signal?.throwIfAborted();
        const trouble = await watch?.trouble();
        const at =
          trouble && proxy ? { ...trouble, host: proxy.host } : { kind: 'offline' as const, host };
        throw new ProviderError({ detail: String(error), ...at }, { cause: error });
      })
      .finally(watch?.stop);
    if (proxy && response.status === PROXY_LOGIN_WANTED) {
      throw new ProviderError({ kind: 'proxy-login', host: proxy.host });
    }
    onResponse(response);
    return response;
  };
}

function hostnameOf(address: string): string {
  return URL.parse(address)?.hostname ?? '';
}

function headersFor(url: string, given: HeadersInit | undefined, address: string): Headers {
  // Which of them carries the key is the provider's business.
  const isOwn = URL.parse(url)?.origin === URL.parse(address)?.origin;
  return asHeaders(isOwn ? given : undefined);
}

/** Only a key can hold what no header takes, such as the dots of one that is shown in part. */
function asHeaders(given: HeadersInit | undefined): Headers {
  try {
    return new Headers(given);
  } catch (cause) {
    throw new ProviderError({ kind: 'unauthorized' }, { cause });
  }
}
