import { browser } from 'wxt/browser';
import { hostPattern } from '../host-pattern';
import type { ProviderInfo } from '../messages';
import { providerSettings } from '../settings';

export type SaveOutcome = 'saved' | 'invalid' | 'refused';

/**
 * Saves the address of a provider (an origin, without a path) after asking for the right to reach it;
 * empty means the usual one.
 * Must be called within a click: the browser's question needs one.
 */
export async function saveAddress(provider: ProviderInfo, text: string): Promise<SaveOutcome> {
  const address = text.trim();
  const pattern = hostPattern(address);
  const { origin, href } = URL.parse(address) ?? {};
  if (address && (!pattern || href !== `${origin}/`)) return 'invalid';
  if (pattern && !(await browser.permissions.request({ origins: [pattern] }))) return 'refused';
  const saved = await providerSettings.getValue();
  const { address: _, ...others } = saved[provider.id] ?? {};
  await providerSettings.setValue({
    ...saved,
    [provider.id]: pattern && origin ? { ...others, address: origin } : others,
  });
  return 'saved';
}
