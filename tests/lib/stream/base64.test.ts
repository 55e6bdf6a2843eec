import { describe, expect, it } from 'vitest';
import { fromBase64, fromBase64OneByOne, toBase64, toBase64InSlices } from '@/lib/stream/base64';

/** Every byte value, in an order that repeats nowhere near a slice's length. */
function bytesOfLength(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 167 + (index >> 8)) & 0xff);
}

const SLICE = 0x6000;

describe.each([
  ['the browser itself or its stand-in', toBase64],
  ['slices', toBase64InSlices],
])('base64 by %s', (_, encode) => {
  it.each([0, 1, 2, 3, 4, 255, SLICE - 1, SLICE, SLICE + 1, 3 * SLICE + 2, 1_000_003])(
    'is that of RFC 4648 for %i bytes',
    (length) => {
      const bytes = bytesOfLength(length);
      expect(encode(bytes) === Buffer.from(bytes).toString('base64')).toBe(true);
    },
  );

  it('takes the bytes of a view, not of the buffer behind it', () => {
    expect(encode(bytesOfLength(10).subarray(2, 5))).toBe(
      Buffer.from(bytesOfLength(10).slice(2, 5)).toString('base64'),
    );
  });
});

it('the browser is asked where it can', () => {
  const bytes = Object.assign(new Uint8Array([1]), { toBase64: () => 'by the browser' });
  expect(toBase64(bytes)).toBe('by the browser');
});

describe.each([
  ['the browser itself or its stand-in', fromBase64],
  ['one by one', fromBase64OneByOne],
])('base64 read by %s', (_, decode) => {
  it.each([0, 1, 2, 3, 4, 255, 1_000_003])('gives the %i bytes back', (length) => {
    const bytes = bytesOfLength(length);
    const decoded = decode(Buffer.from(bytes).toString('base64'));
    expect(Buffer.compare(decoded, bytes)).toBe(0);
  });

  it('throws for what is none', () => {
    expect(() => decode('no base64!')).toThrow(/base64|character|encoded/iu);
  });
});
