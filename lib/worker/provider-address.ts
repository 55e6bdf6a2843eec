/** Where a provider's requests go, and that its key does not go somewhere else by that. */
import { settingsOf } from '../provider';
import { readAddress } from '../provider-address';
import { providerSettings } from '../settings';
import { describeKeys, forgetKey } from './keys';
import { findProvider } from './models';

/**
 * Keeps the address; empty means the usual one. On another origin than before the key goes, unless
 * it is told to stay: it was given for the host that was named then. Throws for what is no address.
 */
export async function saveAddress(id: string, text: string, keepsKey: boolean): Promise<void> {
  const { description } = findProvider(id);
  const read = text.trim() ? readAddress(text) : { address: '' };
  if ('problem' in read) throw new Error(read.problem);
  const [saved, keys] = await Promise.all([providerSettings.getValue(), describeKeys()]);
  const { address: _, ...others } = saved[id] ?? {};
  const isUsual = !read.address || read.address === fieldDefault(description.fields);
  const settings = isUsual ? others : { ...others, address: read.address };
  const before = settingsOf(description, saved[id])['address'];
  const after = settingsOf(description, settings)['address'];
  // First, so that the key is never there with the other address.
  if (keys[id] && !keepsKey && !isSameOrigin(before, after)) await forgetKey(id);
  await providerSettings.setValue({ ...saved, [id]: settings });
}

function fieldDefault(fields: { id: string; default: string }[]): string | undefined {
  return fields.find(({ id }) => id === 'address')?.default;
}

function isSameOrigin(one = '', other = ''): boolean {
  const origin = URL.parse(one)?.origin;
  return origin !== undefined && origin === URL.parse(other)?.origin;
}
