import { currentLanguage, t } from '../i18n';

/**
 * The day of a time (milliseconds since the epoch) as a person calls it; of one longer ago the week,
 * the month or the year. What lies ahead, after the clock was set back, counts as today.
 */
export function formatDay(time: number, now = Date.now()): string {
  const days = daysBetween(time, now);
  if (days <= 0) return t('today');
  if (days === 1) return t('yesterday');
  if (days < 7) return t('lastWeek');
  const [date, today] = [new Date(time), new Date(now)];
  const years = today.getFullYear() - date.getFullYear();
  if (years * 12 + today.getMonth() - date.getMonth() >= 12) return String(date.getFullYear());
  return capitalized(format(date, { month: 'long', ...(years > 0 && { year: 'numeric' }) }));
}

/**
 * A time (milliseconds since the epoch) as short as a list needs it: the time of a day that is told
 * by the heading or is today, else the day.
 */
export function formatWhen(time: number, isDayTold: boolean, now = Date.now()): string {
  const days = daysBetween(time, now);
  if (days === 0 || (days === 1 && isDayTold)) return formatTime(time);
  if (days === 1) return t('yesterday');
  const date = new Date(time);
  if (days > 1 && days < 7) return format(date, { weekday: 'short' });
  const isThisYear = date.getFullYear() === new Date(now).getFullYear();
  return format(date, { day: 'numeric', month: 'short', ...(!isThisYear && { year: 'numeric' }) });
}

/** Day and time, for what may be long ago. */
export function formatDateTime(time: number): string {
  return format(new Date(time), { dateStyle: 'medium', timeStyle: 'short' });
}

export function formatTime(time: number): string {
  return format(new Date(time), { timeStyle: 'short' });
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return date.toLocaleString(currentLanguage(), options);
}

/** How many midnights lie between two times; days of 23 and 25 hours count as one. */
function daysBetween(time: number, now: number): number {
  return (midnightOf(now) - midnightOf(time)) / (24 * 60 * 60_000);
}

/** The day's midnight as if the person lived in UTC. */
function midnightOf(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase(currentLanguage()) + text.slice(1);
}
