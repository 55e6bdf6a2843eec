/**
 * The providers' keys: apart from all settings, read by the worker alone. Pages learn whether one is
 * set and its last characters, never the key. With a passphrase they lie encrypted on disk, and what
 * opens them stays in memory until the browser ends.
 */
import { storage } from '@wxt-dev/storage';
import { browser } from 'wxt/browser';
import { ProviderError } from '../errors';
import type { KeyInfo, KeyLock } from '../messages';
import { fromBase64, toBase64 } from '../stream/base64';
import { deriveKey, ITERATIONS } from './passphrase';

/** Keys by provider id. */
type Keys = Record<string, string>;

/** All keys under the passphrase; bytes in base64. */
interface Locked {
  salt: string;
  iterations: number;
  iv: string;
  data: string;
  /** What pages may know, also while the keys are locked. */
  tails: Record<string, KeyInfo>;
}

const openKeys = storage.defineItem<Keys>('local:keys', { fallback: {}, version: 1 });
const lockedKeys = storage.defineItem<Locked | null>('local:lockedKeys', {
  fallback: null,
  version: 1,
});
/** The key of the keys while they are unlocked, in base64: in memory, for this run of the browser. */
const unlocking = storage.defineItem<string | null>('session:keyOfKeys', { fallback: null });

/** Of a shorter key, so many characters would give too much away. */
const TAIL = 4;
const LONG_ENOUGH = 12;

/** Keeps everything that is stored from scripts in web pages, where the browser can. */
export function guardStorage(): void {
  // Firefox has no such level; nothing of Aside's runs in web pages anyway.
  void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/** The key of a provider; empty when none is set. Throws `key-locked` when it is set but locked. */
export async function readKey(providerId: string): Promise<string> {
  const locked = await lockedKeys.getValue();
  if (locked && !locked.tails[providerId]) return '';
  return (await readKeys(locked))[providerId] ?? '';
}

/** Keeps the key without what was copied along with it; an empty one takes the old one away. */
export function saveKey(providerId: string, text: string): Promise<void> {
  return inTurn(() => putKey(providerId, text));
}

async function putKey(providerId: string, text: string): Promise<void> {
  const locked = await lockedKeys.getValue();
  const { [providerId]: _, ...others } = await readKeys(locked);
  const key = cleanKey(text);
  await writeKeys(key ? { ...others, [providerId]: key } : others, locked);
}

/** Takes a provider's key away; that needs no passphrase. */
export function forgetKey(providerId: string): Promise<void> {
  return inTurn(() => takeKey(providerId));
}

async function takeKey(providerId: string): Promise<void> {
  const locked = await lockedKeys.getValue();
  if (!locked) return putKey(providerId, '');
  // Without its tail it counts as gone; its bytes go with the next change of the keys.
  const { [providerId]: _, ...tails } = locked.tails;
  await lockedKeys.setValue({ ...locked, tails });
}

/** Takes all keys away, and the passphrase. */
export async function forgetAllKeys(): Promise<void> {
  await Promise.all([openKeys.removeValue(), lockedKeys.removeValue(), unlocking.removeValue()]);
}

/** All keys by provider id, for a file that is encrypted. Throws `key-locked` while they are locked. */
export async function readAllKeys(): Promise<Record<string, string>> {
  return readKeys(await lockedKeys.getValue());
}

/** What pages may know of the keys, by provider id; providers without one are left out. */
export async function describeKeys(): Promise<Record<string, KeyInfo>> {
  const locked = await lockedKeys.getValue();
  return locked ? locked.tails : tailsOf(await openKeys.getValue());
}

export async function readKeyLock(): Promise<KeyLock> {
  if (!(await lockedKeys.getValue())) return 'none';
  return (await unlocking.getValue()) === null ? 'locked' : 'unlocked';
}

/** Puts the keys under a passphrase; an empty one takes it away. Throws `key-locked` while they are locked. */
export function setPassphrase(passphrase: string): Promise<void> {
  return inTurn(() => putPassphrase(passphrase));
}

async function putPassphrase(passphrase: string): Promise<void> {
  const keys = await readKeys(await lockedKeys.getValue());
  if (!passphrase) {
    await openKeys.setValue(keys);
    await Promise.all([lockedKeys.setValue(null), unlocking.setValue(null)]);
    return;
  }
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await deriveKey(passphrase, salt, ITERATIONS, true);
  await unlocking.setValue(await exported(key));
  await lockedKeys.setValue(
    await sealed(keys, key, { salt: toBase64(salt), iterations: ITERATIONS }),
  );
  await openKeys.removeValue();
}

/** Unlocks the keys until the browser ends; false for a wrong passphrase. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  const locked = await lockedKeys.getValue();
  if (!locked) return true;
  const key = await deriveKey(passphrase, fromBase64(locked.salt), locked.iterations, true);
  try {
    await opened(locked, key);
  } catch {
    // AES-GCM proves the key: with another one nothing opens.
    return false;
  }
  await unlocking.setValue(await exported(key));
  return true;
}

export async function lockKeys(): Promise<void> {
  await unlocking.setValue(null);
}

/** Without blanks, line ends and quotation marks around it, and without `Bearer`. */
export function cleanKey(text: string): string {
  return text
    .trim()
    .replace(/^(?:authorization:\s*)?bearer\s+/iu, '')
    .replaceAll(/^["'`“”‘’\s]+|["'`“”‘’\s]+$/gu, '')
    .replaceAll(/[\s\u200B-\u200D\uFEFF]+/gu, '');
}

let changing: Promise<unknown> = Promise.resolve();

/** One change after the other: each writes all keys anew. */
function inTurn<Value>(change: () => Promise<Value>): Promise<Value> {
  const changed = changing.then(change);
  changing = changed.catch(() => undefined);
  return changed;
}

async function readKeys(locked: Locked | null): Promise<Keys> {
  return locked ? opened(locked, await keyOfKeys()) : openKeys.getValue();
}

async function writeKeys(keys: Keys, locked: Locked | null): Promise<void> {
  await (locked
    ? lockedKeys.setValue(await sealed(keys, await keyOfKeys(), locked))
    : openKeys.setValue(keys));
}

async function keyOfKeys(): Promise<CryptoKey> {
  const raw = await unlocking.getValue();
  if (raw === null) throw new ProviderError({ kind: 'key-locked' });
  return crypto.subtle.importKey('raw', fromBase64(raw), 'AES-GCM', true, ['encrypt', 'decrypt']);
}

async function exported(key: CryptoKey): Promise<string> {
  return toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
}

async function sealed(
  keys: Keys,
  key: CryptoKey,
  { salt, iterations }: Pick<Locked, 'salt' | 'iterations'>,
): Promise<Locked> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const text = new TextEncoder().encode(JSON.stringify(keys));
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, text));
  return {
    salt,
    iterations,
    iv: toBase64(iv),
    data: toBase64(data),
    tails: tailsOf(keys),
  };
}

async function opened({ iv, data, tails }: Locked, key: CryptoKey): Promise<Keys> {
  const parameters = { name: 'AES-GCM', iv: fromBase64(iv) };
  const text = await crypto.subtle.decrypt(parameters, key, fromBase64(data));
  const keys: Keys = JSON.parse(new TextDecoder().decode(text));
  return Object.fromEntries(Object.entries(keys).filter(([id]) => Object.hasOwn(tails, id)));
}

function tailsOf(keys: Keys): Record<string, KeyInfo> {
  return Object.fromEntries(
    Object.entries(keys).map(([id, key]) => [
      id,
      { tail: key.length < LONG_ENOUGH ? '' : key.slice(-TAIL) },
    ]),
  );
}
