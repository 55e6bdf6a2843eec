import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { database } from '@/lib/worker/database';
import { keepAlive } from '@/lib/worker/keep-alive';
import { indexPending } from '@/lib/worker/search-index';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The worker's calls that the browser counts as activity. */
function watchSigns() {
  return vi.spyOn(fakeBrowser.runtime, 'getPlatformInfo').mockResolvedValue();
}

it('gives a sign of life every 20 seconds until it is let go', () => {
  const signs = watchSigns();
  const letGo = keepAlive();
  vi.advanceTimersByTime(65_000);
  expect(signs).toHaveBeenCalledTimes(3);
  letGo();
  vi.advanceTimersByTime(65_000);
  expect(signs).toHaveBeenCalledTimes(3);
});

it('is what indexing does, however long it takes, and no longer', async () => {
  const signs = watchSigns();
  const conversationId = 'c';
  await database.jobs.put({ id: 'index:m', kind: 'index', conversationId, messageId: 'm' });
  const indexing = indexPending();
  vi.advanceTimersByTime(65_000);
  expect(signs).toHaveBeenCalledTimes(3);
  await indexing;
  vi.advanceTimersByTime(65_000);
  expect(signs).toHaveBeenCalledTimes(3);
});
