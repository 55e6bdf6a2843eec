import { useEffect, useState } from 'react';
import { currentLanguage, t } from '../i18n';
import { formatCount } from './counts';

/** A span of time in words, from milliseconds. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return t('seconds', { count: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t('minutes', { minutes, seconds: seconds % 60 });
  return t('hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/**
 * A measured span in words, from milliseconds: with tenths below so many seconds; undefined for less
 * than a tenth, which says nothing.
 */
export function formatMeasured(milliseconds: number, tenthsBelow = 1): string | undefined {
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds < 0.1) return undefined;
  if (seconds >= tenthsBelow) return formatDuration(milliseconds);
  return t('seconds', { count: formatCount(seconds, 1) });
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

/**
 * Milliseconds until a time (milliseconds since the epoch), counting down until it has come; never more
 * than `longest` milliseconds, even if the clock that told the time was ahead.
 */
export function useTimeLeft(until: number, longest: number): number {
  const [now, setNow] = useState(Date.now);
  const [start] = useState(now);
  const end = Math.min(until, start + longest);
  const isOver = now >= end;
  useEffect(() => {
    if (isOver) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isOver]);
  return Math.min(end - now, longest);
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
