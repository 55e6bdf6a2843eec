import { browser } from 'wxt/browser';
import type { ProviderInfo } from '../messages';
import { providerSettings } from '../settings';

export type SaveOutcome = 'saved' | 'invalid' | 'refused';

/**
 * Saves the address of a provider after asking for the right to reach it; empty means the usual one.
 * Must be called within a click: the browser's question needs one.
 */
export async function saveAddress(provider: ProviderInfo, text: string): Promise<SaveOutcome> {
  const url = text.trim() ? URL.parse(text.trim()) : undefined;
  if (url === null || (url && !/^https?:$/.test(url.protocol))) return 'invalid';
  if (url) {
    const origins = [`${url.protocol}//${url.hostname}/*`];
    if (!(await browser.permissions.request({ origins }))) return 'refused';
  }
  const saved = await providerSettings.getValue();
  const { address: _, ...others } = saved[provider.id] ?? {};
  await providerSettings.setValue({
    ...saved,
    [provider.id]: url ? { ...others, address: url.origin } : others,
  });
  return 'saved';
}
