import { expect, it } from 'vitest';
import { formatDuration } from '@/lib/panel/elapsed';

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
