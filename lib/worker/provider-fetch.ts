import { ProviderError } from '../errors';
import type { ProviderContext, ProviderDescription } from '../provider';

export interface ProviderFetchDependencies {
  fetch: typeof fetch;
  /** Whether the extension may reach this match pattern. */
  isAllowed: (pattern: string) => Promise<boolean>;
  /** What must have happened before a request leaves. */
  ready: Promise<unknown>;
  onResponse: (response: Response) => void;
}

/**
 * The `fetch` that a provider is handed: it asks for the host's permission first (in Firefox the
 * person can take it back at any time), lets cookies along only for a provider that lives on them,
 * and turns a request that never got an answer into `offline`.
 */
export function createProviderFetch(
  description: ProviderDescription,
  { fetch, isAllowed, ready, onResponse }: ProviderFetchDependencies,
): ProviderContext['fetch'] {
  return async (url, init) => {
    const { host, protocol, hostname } = new URL(url);
    // Match patterns know no ports.
    const [allowed] = await Promise.all([isAllowed(`${protocol}//${hostname}/*`), ready]);
    if (!allowed) throw new ProviderError({ kind: 'no-permission', host });
    const credentials = description.usesCookies ? (init.credentials ?? 'omit') : 'omit';
    const response = await fetch(url, { ...init, credentials }).catch((error: unknown) => {
      init.signal?.throwIfAborted();
      throw new ProviderError({ kind: 'offline', host, detail: String(error) }, { cause: error });
    });
    onResponse(response);
    return response;
  };
}
