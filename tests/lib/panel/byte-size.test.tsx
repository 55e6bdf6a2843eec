import { expect, it } from 'vitest';
import { formatBytes } from '@/lib/panel/byte-size';
import { setUpPage, speak } from '../../component';

setUpPage();

it.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1550, '1.6 kB'],
  [999_400, '999 kB'],
  [999_600, '1 MB'],
  [48_300_000, '48.3 MB'],
  [812_000_000, '812 MB'],
  [1_020_000_000, '1 GB'],
  [3_000_000_000_000_000, '3,000 TB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it('sizes are written in the language of the interface', async () => {
  await speak('ru');
  // Which of the spaces stands there is the browser's matter.
  expect(formatBytes(48_300_000).split(/\s/u)).toEqual(['48,3', 'МБ']);
  expect(formatBytes(5)).toBe('5 байт');
});
