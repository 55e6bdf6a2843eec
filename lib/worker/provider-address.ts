/** Where a provider's requests go, and that its key does not go somewhere else by that. */
import { keyIn } from '../key-text';
import { settingsOf } from '../provider';
import { originOf, readAddress } from '../provider-address';
import { providerSettings } from '../settings';
import { bindKey, describeKeys, forgetKey, saveKey } from './keys';
import { findProvider } from './models';
import { createTurns } from './turns';

/** Addresses are one item, and a key is bound to what it says: neither changes while the other does. */
const inTurn = createTurns();

/**
 * Keeps the address; empty means the usual one. A key that was given for another origin goes, unless
 * the person wants it sent there too; where there was no address yet, it was given for whatever came.
 * Throws for what is no address.
 */
export async function saveAddress(id: string, text: string, keepsKey: boolean): Promise<void> {
  const { description } = findProvider(id);
  const read = text.trim() ? readAddress(text) : { address: '' };
  if ('problem' in read) throw new Error(read.problem);
  const { address } = read;
  await inTurn(async () => {
    const [saved, keys] = await Promise.all([providerSettings.getValue(), describeKeys()]);
    const { address: _, ...others } = saved[id] ?? {};
    const isUsual = !address || address === fieldDefault(description.fields);
    const settings = isUsual ? others : { ...others, address };
    const origin = originOf(settingsOf(description, settings)['address']);
    const key = keys[id];
    // First, so that nothing is lost to another server by a worker that ends in between. Without an
    // address no request leaves: the key waits.
    if (key && origin && key.origin !== origin) {
      await (keepsKey || !key.origin ? bindKey(id, origin) : forgetKey(id));
    }
    await providerSettings.setValue({ ...saved, [id]: settings });
  });
}

/**
 * Keeps a provider's key for the origin that its requests go to now, without what was copied along
 * with it. Throws where nothing is left of it.
 */
export async function saveKeyFor(id: string, text: string): Promise<void> {
  const { description } = findProvider(id);
  const key = keyIn(text, description.fields);
  if (!key) throw new Error('no key');
  await inTurn(async () => {
    const saved = await providerSettings.getValue();
    await saveKey(id, key, originOf(settingsOf(description, saved[id])['address']));
  });
}

function fieldDefault(fields: { id: string; default: string }[]): string | undefined {
  return fields.find(({ id }) => id === 'address')?.default;
}
