/**
 * Where the keys lie: in a database of their own. What is in `storage.local` is sent to every open page
 * of Aside's at each change; of a database no event tells.
 */
import { storage } from '@wxt-dev/storage';
import { settingsOf } from '../provider';
import { originOf } from '../provider-address';
import { providers } from '../providers';
import { providerSettings } from '../settings';
import { keyDatabase, type KeyringRow, type LockedKeys } from './database';

/** All keys, open or locked, and the origin that each was given for. */
export type Keyring = Omit<KeyringRow, 'id'>;

const EMPTY: Keyring = { open: {}, locked: null, origins: {} };

export async function readKeyring(): Promise<Keyring> {
  await moveOldKeys();
  return (await keyDatabase.keyring.get('keyring')) ?? EMPTY;
}

/** Puts it in place of the one before, in one step; nothing stands for no keys at all. */
export async function writeKeyring(keyring: Keyring = EMPTY): Promise<void> {
  await moveOldKeys();
  await keyDatabase.keyring.put({ id: 'keyring', ...keyring });
}

let moved: Promise<void> | undefined;

/** Moves the keys of earlier versions, which lay in `storage.local`, and wipes them there. */
export function moveOldKeys(): Promise<void> {
  if (!moved) {
    moved = move();
    // A failure is told to whoever waits; the next one tries anew.
    moved.catch(() => {
      moved = undefined;
    });
  }
  return moved;
}

async function move(): Promise<void> {
  const [open, locked, saved] = await Promise.all([
    storage.getItem<Record<string, string>>('local:keys'),
    storage.getItem<LockedKeys>('local:lockedKeys'),
    providerSettings.getValue(),
  ]);
  if (!open && !locked) return;
  const ids = Object.keys(locked?.tails ?? open ?? {});
  const origins = providers
    .map(({ description }) => description)
    .filter(({ id }) => ids.includes(id))
    .map((one) => [one.id, originOf(settingsOf(one, saved[one.id])['address'])]);
  // The wiping comes last: a worker that ends before it begins anew, and a row that is there by then
  // is as new or newer.
  await keyDatabase.transaction('rw', keyDatabase.keyring, async () => {
    if (await keyDatabase.keyring.get('keyring')) return;
    await keyDatabase.keyring.add({
      id: 'keyring',
      open: locked ? {} : (open ?? {}),
      locked,
      origins: Object.fromEntries(origins),
    });
  });
  await storage.removeItems([
    { key: 'local:keys', options: { removeMeta: true } },
    { key: 'local:lockedKeys', options: { removeMeta: true } },
  ]);
}
