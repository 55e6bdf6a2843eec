import { currentLanguage, t } from '../i18n';

/** The day of a time (milliseconds since the epoch) as a person calls it. */
export function formatDay(time: number, now = Date.now()): string {
  const date = new Date(time);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return t('today');
  today.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return t('yesterday');
  return date.toLocaleDateString(currentLanguage(), { dateStyle: 'long' });
}

export function formatTime(time: number): string {
  return new Date(time).toLocaleTimeString(currentLanguage(), { timeStyle: 'short' });
}
