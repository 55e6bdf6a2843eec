import type { Source } from '../conversation';
import { t } from '../i18n';

/** Says in a line which page a prompt was taken from. */
export function sourceLine({ title, url }: Source): string {
  const host = hostOf(url);
  return title ? t('fromPage', { title, host }) : t('fromHost', { host });
}

/** The host of an address, or the whole of what is none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}

/** Whether the address is one of the web: what an imported file names may be anything. */
export function isWebAddress(url: string): boolean {
  return /^https?:$/u.test(URL.parse(url)?.protocol ?? '');
}
