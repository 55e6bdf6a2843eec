/** Replies that end while nobody looks. */
import { describe, expect, it, vi } from 'vitest';
import { extension, killWorker, openPage, service, setUpRoundTrip, worker } from '../round-trip';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

/** A page whose reply runs. */
async function startReply() {
  const reply = stepped('one two');
  service.answerNext(reply);
  const page = await openPage();
  await page.say('Count');
  await reply.release();
  await page.last('streaming', 'one');
  const conversationId = page.state().conversation?.id ?? '';
  const finish = async () => {
    await reply.releaseAll();
    await reply.end();
  };
  return { page, finish, conversationId };
}

async function isUnread(conversationId: string) {
  return (await worker.database.conversations.get(conversationId))?.isUnread;
}

describe('a reply that ends unseen', () => {
  it('is marked, counted on the icon, and read when a page shows it', async () => {
    const { page, finish, conversationId } = await startReply();
    page.close();
    await finish();
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(true));
    await openPage({ conversationId });
    await vi.waitFor(() => expect(extension.badge).toBe(''));
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(false));
  });

  it('while the page shows another conversation is marked as well', async () => {
    const { page, finish } = await startReply();
    page.openConversation('other');
    await page.until(({ conversation }) => conversation?.id === 'other');
    await finish();
    await vi.waitFor(() => expect(extension.badge).toBe('1'));
  });

  it('before the eyes of the person is not', async () => {
    const { page, finish, conversationId } = await startReply();
    await finish();
    await page.last('done');
    await vi.waitFor(async () => expect(await isUnread(conversationId)).toBe(false));
    expect(extension.badge).toBe('');
  });

  it('still counts after the worker was killed', async () => {
    const { page, finish } = await startReply();
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
