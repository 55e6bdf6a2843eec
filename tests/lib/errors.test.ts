import { expect, it } from 'vitest';
import { ProviderError, toErrorData } from '@/lib/errors';

it('an error crosses contexts as the plain data that it was made of', () => {
  const data = { kind: 'quota', status: 429, retryAfter: 30, detail: 'slow down' } as const;
  expect(structuredClone(toErrorData(new ProviderError(data)))).toEqual(data);
});

it('keeps only the start of what the server said', () => {
  const { detail } = new ProviderError({ kind: 'bad-reply', detail: 'x'.repeat(10_000) }).data;
  expect(detail).toBe('x'.repeat(500));
});

it('keeps what it was caused by', () => {
  const cause = new TypeError('Failed to fetch');
  expect(new ProviderError({ kind: 'offline' }, { cause }).cause).toBe(cause);
});

it.each([
  ['an error', new TypeError('x is not a function'), 'TypeError: x is not a function'],
  ['a text', 'oh no', 'oh no'],
  ['nothing', undefined, 'undefined'],
  ['a very long text', 'y'.repeat(10_000), 'y'.repeat(500)],
])('%s that nobody foresaw becomes "unexpected"', (_, thrown, detail) => {
  expect(toErrorData(thrown)).toEqual({ kind: 'unexpected', detail });
});
