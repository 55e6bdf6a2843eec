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
    ['1.5', 2],
    ['604800', 604_800],
    ['604801', undefined],
    ['9'.repeat(400), undefined],
    ['Sun, 01 Nov 2036 12:00:00 GMT', undefined],
  ])('of %j is %s seconds', (header, seconds) => {
    expect(secondsToWait(header, null)).toBe(seconds);
  });

  it.each([
    ['ahead', '2036-11-01T12:00:00Z'],
    ['behind', '1970-01-01T00:00:00Z'],
  ])('counts from the date of the answer where the clock here is years %s', (_, now) => {
    vi.setSystemTime(now);
    const [until, date] = ['Sun, 01 Nov 2026 12:01:30 GMT', 'Sun, 01 Nov 2026 12:00:00 GMT'];
    expect(secondsToWait(until, date)).toBe(90);
    expect(secondsToWait(until, null)).toBeUndefined();
    expect(secondsToWait('30', date)).toBe(30);
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
