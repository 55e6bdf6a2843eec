/** Replies that end while nobody looks. */
import { describe, expect, it, vi } from 'vitest';
import {
  extension,
  killWorker,
  openPage,
  setUpRoundTrip,
  startCounting,
  worker,
} from '../round-trip';

setUpRoundTrip();

async function isUnread(conversationId: string) {
  return (await worker.database.conversations.get(conversationId))?.isUnread;
}

describe('a reply that ends unseen', () => {
  it('is marked, counted on the icon, and read when a page shows it', async () => {
    const { page, finish, conversationId } = await startCounting();
    page.close();
    await finish();
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(true));
    await openPage({ conversationId });
    await vi.waitFor(() => expect(extension.badge).toBe(''));
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(false));
  });

  it('while the page shows another conversation is marked as well', async () => {
    const { page, finish } = await startCounting();
    page.openConversation('other');
    await page.until(({ conversation }) => conversation?.id === 'other');
    await finish();
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
  });

  it('before the eyes of the person is not', async () => {
    const { page, finish, conversationId } = await startCounting();
    await finish();
    await page.last('done');
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(false));
    expect(extension.badge).toBe('');
  });

  it('still counts after the worker was killed', async () => {
    const { page, finish } = await startCounting();
    page.close();
    await finish();
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
    await vi.waitFor(async () => expect(await worker.database.jobs.count()).toBeGreaterThan(0));
    extension.badge = '?';
    killWorker();
    const other = await openPage({ conversationId: 'other' });
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
    other.close();
  });
});
