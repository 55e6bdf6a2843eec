import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { installExtension } from '../fake-extension';

beforeEach(() => {
  installExtension();
  vi.useFakeTimers({ now: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The log of a worker that has just started. */
async function newLog() {
  vi.resetModules();
  return import('@/lib/log');
}

describe('the log', () => {
  it('gives its entries in order, with their time', async () => {
    const { log, readLog } = await newLog();
    log({ level: 'info', event: 'worker-start' });
    vi.setSystemTime(2000);
    log({ level: 'warn', event: 'recovered', count: 2 });
    expect(await readLog()).toEqual([
      { time: 1000, level: 'info', event: 'worker-start' },
      { time: 2000, level: 'warn', event: 'recovered', count: 2 },
    ]);
  });

  it('survives the worker', async () => {
    const before = await newLog();
    before.log({ level: 'info', event: 'worker-start' });
    await vi.advanceTimersByTimeAsync(1000);
    const after = await newLog();
    after.log({ level: 'info', event: 'reply-start' });
    expect((await after.readLog()).map(({ event }) => event)).toEqual([
      'worker-start',
      'reply-start',
    ]);
  });

  it('is written at most once a second', async () => {
    const { log } = await newLog();
    const writes = vi.spyOn(fakeBrowser.storage.local, 'set');
    for (let i = 0; i < 500; i += 1) log({ level: 'info', event: 'response', status: i });
    await vi.advanceTimersByTimeAsync(999);
    expect(writes).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(writes.mock.calls.length).toBeGreaterThan(0);
    const first = writes.mock.calls.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(writes).toHaveBeenCalledTimes(first);
  });

  it('keeps the last 1,000 entries', async () => {
    const { log, readLog } = await newLog();
    for (let status = 1; status <= 1500; status += 1) {
      log({ level: 'info', event: 'response', status });
      if (status % 400 === 0) await readLog();
    }
    const entries = await readLog();
    expect(entries).toHaveLength(1000);
    expect([entries[0]?.status, entries.at(-1)?.status]).toEqual([501, 1500]);
  });

  it('is empty after Clear, also for the next worker', async () => {
    const { log, clearLog, readLog } = await newLog();
    log({ level: 'info', event: 'worker-start' });
    await readLog();
    log({ level: 'info', event: 'reply-start' });
    await clearLog();
    expect(await readLog()).toEqual([]);
    expect(await (await newLog()).readLog()).toEqual([]);
  });
});
