/**
 * Where the keys lie: in a database of their own. What is in `storage.local` is sent to every open page
 * of Aside's at each change; of a database no event tells.
 */
import { keyDatabase, type KeyringRow } from './database';

/** All keys, open or locked, and the origin that each was given for. */
export type Keyring = Omit<KeyringRow, 'id'>;

const EMPTY: Keyring = { open: {}, locked: null, origins: {} };

export async function readKeyring(): Promise<Keyring> {
  return (await keyDatabase.keyring.get('keyring')) ?? EMPTY;
}

/** Puts it in place of the one before, in one step; nothing stands for no keys at all. */
export async function writeKeyring(keyring: Keyring = EMPTY): Promise<void> {
  await keyDatabase.keyring.put({ id: 'keyring', ...keyring });
}
