import { expect, it } from 'vitest';
import { formatAgo, formatDuration } from '@/lib/panel/elapsed';

it.each([
  [0, '0 s'],
  [-5000, '0 s'],
  [499, '0 s'],
  [500, '1 s'],
  [1000, '1 s'],
  [59_000, '59 s'],
  [59_600, '1 min 0 s'],
  [60_000, '1 min 0 s'],
  [125_000, '2 min 5 s'],
  [3_600_000, '60 min 0 s'],
])('%i ms are "%s"', (milliseconds, words) => {
  expect(formatDuration(milliseconds)).toBe(words);
});

it.each([
  [0, 'now'],
  [59_999, 'now'],
  [60_000, '1 min. ago'],
  [3 * 60_000, '3 min. ago'],
  [59 * 60_000, '59 min. ago'],
  [60 * 60_000, '1 hr. ago'],
  [25 * 60 * 60_000, 'yesterday'],
  [49 * 60 * 60_000, '2 days ago'],
])('%i ms ago is "%s"', (span, words) => {
  expect(formatAgo(1_000_000, 1_000_000 + span)).toBe(words);
});
