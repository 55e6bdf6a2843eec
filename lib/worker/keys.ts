/**
 * The providers' keys: apart from all settings, read by the worker alone, and each bound to the origin
 * that it was given for. Pages learn whether one is set and its last characters, never the key. With a
 * passphrase they lie encrypted on disk, and what opens them stays in memory until the browser ends.
 */
import { browser } from 'wxt/browser';
import type { KeyInfo, KeyLock } from '../messages';
import {
  isUnlocked,
  lockKeys,
  openKeys,
  sealAnew,
  sealKeys,
  tailsOf,
  tryPassphrase,
} from './key-lock';
import { readKeyring, writeKeyring, type Keyring } from './keyring';
import { createTurns } from './turns';

/** Each change writes all keys anew. */
const inTurn = createTurns();

/** Something by provider id, and the origin that the provider's key was given for. */
type WithOrigin<Value> = Record<string, Value & { origin: string }>;

/** Keeps everything that is stored from scripts in web pages, where the browser can. */
export function guardStorage(): void {
  // Firefox has no such level; nothing of Aside's runs in web pages anyway.
  void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' });
}

/**
 * The key of a provider for requests to this origin; empty when none is set, or one for another
 * origin. Throws `key-locked` when it is set but locked.
 */
export async function readKey(providerId: string, origin = ''): Promise<string> {
  const keyring = await settledKeyring();
  if (keyring.origins[providerId] !== origin) return '';
  return (await keysIn(keyring))[providerId] ?? '';
}

/** Keeps the key, for one origin alone; an empty one takes the old one away. */
export function saveKey(providerId: string, key: string, origin = ''): Promise<void> {
  return inTurn(async () => {
    const keyring = await readKeyring();
    const keys = without(await keysIn(keyring), providerId);
    const origins = without(keyring.origins, providerId);
    if (key) {
      keys[providerId] = key;
      origins[providerId] = origin;
    }
    await write({ ...keyring, origins }, keys);
  });
}

/** Lets a provider's key go to another origin than before; that needs no passphrase. */
export function bindKey(providerId: string, origin: string): Promise<void> {
  return inTurn(async () => {
    const keyring = await readKeyring();
    if (!Object.hasOwn(keyring.origins, providerId)) return;
    await writeKeyring({ ...keyring, origins: { ...keyring.origins, [providerId]: origin } });
  });
}

/** Takes a provider's key away; that needs no passphrase. */
export function forgetKey(providerId: string): Promise<void> {
  return inTurn(async () => {
    const { open, locked, origins } = await readKeyring();
    await writeKeyring({
      open: without(open, providerId),
      // Without its tail it counts as gone; its bytes go with the next change of the keys.
      locked: locked && { ...locked, tails: without(locked.tails, providerId) },
      origins: without(origins, providerId),
    });
  });
}

/** Takes all keys away, and the passphrase. */
export function forgetAllKeys(): Promise<void> {
  return inTurn(async () => {
    await writeKeyring();
    await lockKeys();
  });
}

/** All keys, for a file that is encrypted. Throws `key-locked` while they are locked. */
export async function readAllKeys(): Promise<WithOrigin<{ key: string }>> {
  const keyring = await settledKeyring();
  return withOrigins(keyring, await keysIn(keyring), (key) => ({ key }));
}

/** What pages may know of the keys; providers without one are left out. */
export async function describeKeys(): Promise<WithOrigin<KeyInfo>> {
  const keyring = await settledKeyring();
  const tails = keyring.locked?.tails ?? tailsOf(keyring.open);
  return withOrigins(keyring, tails, (tail) => tail);
}

export async function readKeyLock(): Promise<KeyLock> {
  const { locked } = await settledKeyring();
  if (!locked) return 'none';
  return (await isUnlocked(locked)) ? 'unlocked' : 'locked';
}

/** Puts the keys under a passphrase; an empty one takes it away. Throws `key-locked` while they are locked. */
export function setPassphrase(passphrase: string): Promise<void> {
  return inTurn(async () => {
    const keyring = await readKeyring();
    const keys = await keysIn(keyring);
    if (passphrase) {
      const { locked, unlock } = await sealAnew(keys, passphrase);
      await writeKeyring({ ...keyring, open: {}, locked });
      await unlock();
      return;
    }
    await writeKeyring({ ...keyring, open: keys, locked: null });
    await lockKeys();
  });
}

/** Unlocks the keys until the browser ends; false for a wrong passphrase. */
export async function unlockKeys(passphrase: string): Promise<boolean> {
  const { locked } = await settledKeyring();
  return !locked || tryPassphrase(locked, passphrase);
}

/** As it is after the changes that are under way. */
function settledKeyring(): Promise<Keyring> {
  return inTurn(readKeyring);
}

function without<Value>(values: Record<string, Value>, id: string): Record<string, Value> {
  const { [id]: _, ...others } = values;
  return others;
}

function withOrigins<Value, Result>(
  { origins }: Keyring,
  values: Record<string, Value>,
  toResult: (value: Value) => Result,
): WithOrigin<Result> {
  return Object.fromEntries(
    Object.entries(values).map(([id, value]) => [
      id,
      { ...toResult(value), origin: origins[id] ?? '' },
    ]),
  );
}

function keysIn({
  open,
  locked,
}: Keyring): Promise<Record<string, string>> | Record<string, string> {
  return locked ? openKeys(locked) : open;
}

async function write(keyring: Keyring, keys: Record<string, string>): Promise<void> {
  const { locked } = keyring;
  await writeKeyring(
    locked ? { ...keyring, locked: await sealKeys(keys, locked) } : { ...keyring, open: keys },
  );
}
