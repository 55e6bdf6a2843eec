import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStart, secondsToWait } from '@/lib/stream/refusal';
import { bodyOf, endlessBody } from '../../fake-body';

describe('the time to wait', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-01T12:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    [null, undefined],
    ['', undefined],
    ['0', 0],
    ['30', 30],
    ['Sun, 01 Nov 2026 12:01:30 GMT', 90],
    ['Sun, 01 Nov 2026 12:00:00 GMT', 0],
    ['Sun, 01 Nov 2026 11:59:00 GMT', undefined],
    ['soon', undefined],
    ['-5', undefined],
  ])('of %j is %s seconds', (header, seconds) => {
    expect(secondsToWait(header)).toBe(seconds);
  });
});

describe('the start of an answer', () => {
  it('is its text when it is short', async () => {
    expect(await readStart(bodyOf('no prompt').stream)).toBe('no prompt');
  });

  it('is empty for an answer without a body', async () => {
    expect(await readStart(bodyOf('').stream)).toBe('');
  });

  it('is the same however the answer is cut', async () => {
    expect(await readStart(bodyOf('<!doctype html>', { size: 1 }).stream)).toBe('<!doctype html>');
  });

  it('is all that is read of an answer without end', async () => {
    const body = endlessBody('x'.repeat(1000));
    expect((await readStart(body.stream)).length).toBeLessThanOrEqual(2000);
    expect(body.isCancelled).toBe(true);
    expect(body.taken).toBeLessThan(10);
  });

  it('is what came before the connection broke', async () => {
    const { stream } = bodyOf('<html>', { brokenBy: new TypeError('terminated') });
    expect(await readStart(stream)).toBe('<html>');
  });
});
