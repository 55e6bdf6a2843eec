/** All keys as one text under a passphrase, and what opens it for this run of the browser. */
import { storage } from '@wxt-dev/storage';
import { ProviderError } from '../errors';
import type { KeyInfo } from '../messages';
import { fromBase64, toBase64 } from '../stream/base64';
import type { LockedKeys } from './database';
import { deriveKey, ITERATIONS } from './passphrase';
import { reportStorageFailure } from './storage-trouble';

/** Keys by provider id. */
type Keys = Record<string, string>;

/**
 * What opens the keys, in base64, and the salt that it came from: to keys under another passphrase it
 * is nothing. In session storage, since it must outlive the worker and never touch the disk. Pages
 * could read it there; what it opens lies elsewhere.
 */
const unlocking = storage.defineItem<{ key: string; salt: string } | null>('session:keyOfKeys', {
  fallback: null,
});

/**
 * A random word, another whenever the keys are unlocked or locked, so that pages follow. Not in session
 * storage: who watches one item there is sent every change, also of the item above.
 */
const lockChange = storage.defineItem<string>('local:keyLockChange');

/** Of a shorter key, so many characters would give too much away. */
const TAIL = 4;
const LONG_ENOUGH = 12;

/** Whether the passphrase of these keys was given in this run of the browser. */
export async function isUnlocked({ salt }: LockedKeys): Promise<boolean> {
  return (await unlocking.getValue())?.salt === salt;
}

/** From now on the passphrase must be given again. */
export async function lockKeys(): Promise<void> {
  await unlocking.removeValue();
  await tellChange();
}

/** Unlocks the keys until the browser ends; false for a wrong passphrase. */
export async function tryPassphrase(locked: LockedKeys, passphrase: string): Promise<boolean> {
  const salt = fromBase64(locked.salt);
  const key = await deriveKey(passphrase, salt, locked.iterations, true);
  try {
    await decrypted(locked, key);
  } catch {
    // AES-GCM proves the key: with another one nothing opens.
    return false;
  }
  await unlock(key, locked);
  return true;
}

/** Throws `key-locked`. */
export async function openKeys(locked: LockedKeys): Promise<Keys> {
  return decrypted(locked, await keyFor(locked));
}

/** These keys in place of those. Throws `key-locked`. */
export async function sealKeys(keys: Keys, locked: LockedKeys): Promise<LockedKeys> {
  return encrypted(keys, await keyFor(locked), locked);
}

/**
 * The keys under a new passphrase, and what unlocks them: to be called once they are kept, since those
 * that are there until then would be locked by it.
 */
export async function sealAnew(
  keys: Keys,
  passphrase: string,
): Promise<{ locked: LockedKeys; unlock: () => Promise<void> }> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const lock = { salt: toBase64(salt), iterations: ITERATIONS };
  const key = await deriveKey(passphrase, salt, ITERATIONS, true);
  return { locked: await encrypted(keys, key, lock), unlock: () => unlock(key, lock) };
}

/** What pages may know of the keys. */
export function tailsOf(keys: Keys): Record<string, KeyInfo> {
  return Object.fromEntries(
    Object.entries(keys).map(([id, key]) => [
      id,
      { tail: key.length < LONG_ENOUGH ? '' : key.slice(-TAIL) },
    ]),
  );
}

async function unlock(key: CryptoKey, { salt }: Pick<LockedKeys, 'salt'>): Promise<void> {
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', key));
  await unlocking.setValue({ key: toBase64(raw), salt });
  await tellChange();
}

async function tellChange(): Promise<void> {
  // On a full disk pages follow later; the keys are locked or unlocked all the same.
  await lockChange.setValue(crypto.randomUUID()).catch(reportStorageFailure);
}

async function keyFor({ salt }: LockedKeys): Promise<CryptoKey> {
  const unlocked = await unlocking.getValue();
  if (unlocked?.salt !== salt) throw new ProviderError({ kind: 'key-locked' });
  const raw = fromBase64(unlocked.key);
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', true, ['encrypt', 'decrypt']);
}

async function encrypted(
  keys: Keys,
  key: CryptoKey,
  { salt, iterations }: Pick<LockedKeys, 'salt' | 'iterations'>,
): Promise<LockedKeys> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(keys));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
  return { salt, iterations, iv: toBase64(iv), data: toBase64(data), tails: tailsOf(keys) };
}

async function decrypted({ iv, data, tails }: LockedKeys, key: CryptoKey): Promise<Keys> {
  const parameters = { name: 'AES-GCM', iv: fromBase64(iv) };
  const text = await crypto.subtle.decrypt(parameters, key, fromBase64(data));
  const keys: Keys = JSON.parse(new TextDecoder().decode(text));
  return Object.fromEntries(Object.entries(keys).filter(([id]) => Object.hasOwn(tails, id)));
}
