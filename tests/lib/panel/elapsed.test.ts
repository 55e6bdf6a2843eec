import { expect, it } from 'vitest';
import { formatAgo, formatDuration, formatMeasured } from '@/lib/panel/elapsed';

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
  [3_599_000, '59 min 59 s'],
  [3_600_000, '1 h 0 min'],
  [3_599_600, '1 h 0 min'],
  [90_061_000, '25 h 1 min'],
])('%i ms are "%s"', (milliseconds, words) => {
  expect(formatDuration(milliseconds)).toBe(words);
});

it.each([
  [-5000, undefined],
  [0, undefined],
  [49, undefined],
  [50, '0.1 s'],
  [400, '0.4 s'],
  [949, '0.9 s'],
  [950, '1 s'],
  [3400, '3 s'],
  [125_000, '2 min 5 s'],
])('%i ms that were measured are "%s": tenths where they say something', (milliseconds, words) => {
  expect(formatMeasured(milliseconds)).toBe(words);
});

it.each([
  [20, undefined],
  [1500, '1.5 s'],
  [9940, '9.9 s'],
  [9960, '10 s'],
])('%i ms that were measured closely are "%s"', (milliseconds, words) => {
  expect(formatMeasured(milliseconds, 10)).toBe(words);
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
