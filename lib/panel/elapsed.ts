import { useEffect, useState } from 'react';
import { currentLanguage, t } from '../i18n';

/** A span of time in words, from milliseconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return t('seconds', { count: seconds });
  return t('minutes', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
}

/** The time since `start` (milliseconds since the epoch) in words, counting on each second. */
export function useElapsed(start: number): string {
  return formatDuration(useNow() - start);
}

/** The time in milliseconds since the epoch, anew on each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** How long ago a time (milliseconds since the epoch) is, in words, kept in step to the half minute. */
export function useAgo(time: number): string {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return formatAgo(time, Math.max(now, time));
}

const UNITS = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

/** The span between two times as `3 min. ago`; less than a minute is now. */
export function formatAgo(time: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(currentLanguage(), {
    numeric: 'auto',
    style: 'short',
  });
  const minutes = Math.floor((now - time) / 60_000);
  const [unit, length] = UNITS.find((one) => minutes >= one[1]) ?? (['second', 1] as const);
  return format.format(-Math.floor(minutes / length), unit);
}
