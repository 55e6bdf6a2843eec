/** What the proxies know the person by: kept as keys are, and told to nobody but the proxy. */
import { ProviderError } from '../errors';
import { proxyServer, type ProxyLogin } from '../proxy-address';
import { providerProxies } from '../settings';
import { fromBase64, toBase64 } from '../stream/base64';
import { forgetKey, readKey, readKeyLock, saveKey } from './keys';
import { createTurns } from './turns';

const inTurn = createTurns();

/** Under which id it lies among the keys. */
export function proxyKeyId(providerId: string): string {
  return `proxy:${providerId}`;
}

/** Null where none is set. Throws `key-locked` when it is set but locked. */
export async function readProxyLogin(providerId: string): Promise<ProxyLogin | null> {
  const { [providerId]: address = '' } = await providerProxies.getValue();
  return toLogin(await readKey(proxyKeyId(providerId), address));
}

/**
 * Keeps a provider's proxy, an address as `readProxy` gives it; an empty one takes it away. Without a
 * word on the login, the one that is kept stays for the same proxy. Throws `key-locked`.
 */
export function saveProxy(
  providerId: string,
  address: string,
  login?: ProxyLogin | null,
): Promise<void> {
  // Each writes the proxies of all providers.
  return inTurn(async () => {
    if (address && !proxyServer(address)) throw new Error('no proxy');
    if (login && (await readKeyLock()) === 'locked')
      throw new ProviderError({ kind: 'key-locked' });
    const { [providerId]: before, ...others } = await providerProxies.getValue();
    if (login === undefined && before === address) return;
    // Neither may the old login be there with the new proxy, nor the new one with the old.
    await forgetKey(proxyKeyId(providerId));
    await providerProxies.setValue(address ? { ...others, [providerId]: address } : others);
    if (address && login) await saveKey(proxyKeyId(providerId), toKey(login), address);
  });
}

/** As one text, with the password first: the end of a key may be shown. */
function toKey({ user, password }: ProxyLogin): string {
  return toBase64(new TextEncoder().encode(JSON.stringify([password, user])));
}

/** What is kept under the id of a proxy, or came from a file; null for what is none. */
export function toLogin(key: string): ProxyLogin | null {
  if (!key) return null;
  try {
    const pair: unknown = JSON.parse(new TextDecoder().decode(fromBase64(key)));
    const [password, user] = Array.isArray(pair) ? pair : [];
    return typeof password === 'string' && typeof user === 'string' ? { user, password } : null;
  } catch {
    // A file may hold anything.
    return null;
  }
}
