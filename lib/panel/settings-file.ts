/** Settings into a file and back, as the person asks for it. */
import { sendMessage, type SettingsImport } from '../messages';
import { loadKeyLock } from './keys';
import { loadProviders } from './provider-list';
import { saveFile } from './save-file';

/** More is no file of settings. */
const SIZE_LIMIT = 5_000_000;

/** Saves all settings among the downloads; keys only with a passphrase. Throws when it did not work. */
export async function exportSettings(passphrase: string): Promise<void> {
  const text = await sendMessage('exportSettings', { passphrase });
  const day = new Date().toISOString().slice(0, 10);
  saveFile(new Blob([text], { type: 'application/json' }), `aside-settings-${day}.json`);
}

/** Takes the settings of a file; keys in it need its passphrase, or stay out. */
export async function importSettings(
  file: File,
  { passphrase = '', skipsKeys = false } = {},
): Promise<SettingsImport> {
  if (file.size > SIZE_LIMIT) return 'unknown-format';
  const text = await file.text();
  const outcome = await sendMessage('importSettings', { text, passphrase, skipsKeys });
  await Promise.all([loadProviders(), loadKeyLock()]);
  return outcome;
}

export async function resetSettings(): Promise<void> {
  await sendMessage('resetSettings');
  await Promise.all([loadProviders(), loadKeyLock()]);
}
