/** Looks for model servers on this computer: where they listen unless told otherwise, and where one is set up. */
import { browser } from 'wxt/browser';
import type { LocalServer } from '../messages';
import { providers } from '../providers';
import { readJson } from '../stream/json';
import { contextFor, findProvider } from './models';
import { originRulesApplied } from './origin-rules';
import { createProviderFetch } from './provider-fetch';

const SERVERS = providers.flatMap(({ description: { id: provider, probe } }) =>
  probe ? [{ provider, ...probe }] : [],
);
/** The name may lead to IPv6 alone, where nobody listens. */
const HOSTS = ['localhost', '127.0.0.1'];
/** Milliseconds: on this computer an answer comes at once or not at all. */
const TIME_LIMIT = 1500;

/** Those that answer. Nothing is asked without the right to reach this computer. */
export async function findLocalServers(): Promise<LocalServer[]> {
  const found = await Promise.all(
    SERVERS.map(async ({ provider, port, path, list }) => {
      const addresses = HOSTS.map((host) => `http://${host}:${port}`);
      const answers = await Promise.all(
        addresses.map((address) => isAnswering(provider, address, path, list)),
      );
      const address = addresses.find((_, index) => answers[index]);
      return address ? [{ provider, address }] : [];
    }),
  );
  return found.flat();
}

/** Whether the provider's server is there now. It is sent neither a prompt nor a key. */
export async function probeServer(providerId: string): Promise<boolean> {
  try {
    const { settings, fetch } = await contextFor(findProvider(providerId));
    const signal = AbortSignal.timeout(TIME_LIMIT);
    const { status, body } = await fetch(settings['address'] ?? '', { signal });
    await body?.cancel();
    // What stands before it may answer in its place.
    return status < 500;
  } catch {
    return false;
  }
}

async function isAnswering(
  provider: string,
  address: string,
  path: string,
  list: string,
): Promise<boolean> {
  const fetch = createProviderFetch(
    { usesCookies: false },
    {
      address,
      fetch: globalThis.fetch.bind(globalThis),
      isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
      ready: originRulesApplied(provider),
      onResponse: () => undefined,
    },
  );
  try {
    const response = await fetch(address + path, { signal: AbortSignal.timeout(TIME_LIMIT) });
    const body = await readJson(response);
    return typeof body === 'object' && body !== null && list in body;
  } catch {
    // Whatever it is, it is none of them.
    return false;
  }
}
