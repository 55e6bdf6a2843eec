/** The tree of messages: versions, branches, deletions and their undo. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { UNDO_SECONDS } from '@/lib/messages';
import {
  extension,
  killWorker,
  openPage,
  request,
  service,
  setUpRoundTrip,
  startCounting,
  storedMessages,
  worker,
} from '../round-trip';

setUpRoundTrip();

afterEach(() => {
  vi.useRealTimers();
});

/** A page with two answered prompts. */
async function startTalk() {
  service.answerNext({ kind: 'text', text: 'first' }, { kind: 'text', text: 'second' });
  const page = await openPage();
  await page.say('One?');
  await page.last('done', 'first');
  await page.say('Two?');
  await page.last('done', 'second');
  const ids = page.branch().map(({ id }) => id);
  const [p1 = '', r1 = '', p2 = '', r2 = ''] = ids;
  return { page, p1, r1, p2, r2, conversationId: page.state().conversation?.id ?? '' };
}

describe('an edited prompt', () => {
  it('is answered beside the first version, which stays reachable', async () => {
    const { page, p1 } = await startTalk();
    service.answerNext({ kind: 'text', text: 'other' });
    await page.editPrompt(p1, { id: crypto.randomUUID(), text: 'Uno?' });
    await page.last('done', 'other');
    expect(page.texts()).toEqual(['Uno?', 'other']);
    await page.selectVersion(p1);
    await page.last('done', 'second');
    expect(page.texts()).toEqual(['One?', 'first', 'Two?', 'second']);
  });

  it('in the middle keeps what is before it and asks with that alone', async () => {
    const { page, p2 } = await startTalk();
    service.answerNext({ kind: 'text', text: 'other' });
    await page.editPrompt(p2, { id: crypto.randomUUID(), text: 'Due?' });
    await page.last('done', 'other');
    expect(page.texts()).toEqual(['One?', 'first', 'Due?', 'other']);
    expect(service.requests.at(-1)?.body).not.toContain('Two?');
  });
});

describe('a branch', () => {
  it('goes on from an earlier message; what followed stays reachable', async () => {
    const { page, r1, p2 } = await startTalk();
    await page.branchFrom(r1);
    await page.until(() => page.texts().length === 2);
    service.answerNext({ kind: 'text', text: 'third' });
    await page.say('Three?');
    await page.last('done', 'third');
    expect(page.texts()).toEqual(['One?', 'first', 'Three?', 'third']);
    await page.selectVersion(p2);
    await page.last('done', 'second');
  });

  it('is left again for what followed', async () => {
    const { page, r1 } = await startTalk();
    await page.branchFrom(r1);
    await page.until(() => page.texts().length === 2);
    await page.selectVersion(r1);
    await page.until(() => page.texts().length > 2);
    expect(page.texts()).toEqual(['One?', 'first', 'Two?', 'second']);
  });
});

describe('a deleted message', () => {
  it('is gone from the page and from what models get, and comes back with Undo', async () => {
    const { page, p1, r1 } = await startTalk();
    await page.deleteMessage(p1);
    await page.deleteMessage(r1);
    await page.until(() => page.texts().length === 2);
    expect(page.state().deletion).toMatchObject({ kind: 'message', messageId: r1 });
    service.answerNext({ kind: 'text', text: 'third' });
    await page.say('Three?');
    await page.last('done', 'third');
    expect(service.requests.at(-1)?.body).not.toContain('One?');
    await page.undoDeletion();
    await page.until(() => page.texts().includes('first'));
    expect(page.texts()).toEqual(['first', 'Two?', 'second', 'Three?', 'third']);
  });

  it('leaves the disk when undo is over', async () => {
    const { page, conversationId, r2 } = await startTalk();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await page.deleteMessage(r2);
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000 - 1);
    expect((await storedMessages(conversationId)).at(-1)).toMatchObject({ text: 'second' });
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await vi.waitFor(async () =>
      expect((await storedMessages(conversationId)).at(-1)).toMatchObject({ text: '' }),
    );
    expect(
      await worker.database.parts
        .where({ messageId: r2 })
        .count()
        .catch(() => 0),
    ).toBe(0);
    await page.until(() => page.texts().length === 3);
  });

  it('that is still running is stopped first', async () => {
    const { page, replyId } = await startCounting();
    await page.deleteMessage(replyId);
    await page.until(() => page.texts().length === 1);
    const deleted = page.state().conversation?.messages.find(({ id }) => id === replyId);
    expect(deleted).toMatchObject({ state: 'stopped' });
  });
});

describe('a deleted conversation', () => {
  it('leaves the list and every page at once, and comes back whole with Undo', async () => {
    const { page, conversationId } = await startTalk();
    const other = await openPage({ conversationId, windowId: 2 });
    await page.deleteConversation(conversationId);
    await other.until(({ conversation }) => conversation?.id !== conversationId);
    expect(await request('listConversations')).toEqual([]);
    await page.undoDeletion();
    await page.until(({ conversation }) => conversation?.id === conversationId);
    await page.last('done', 'second');
    expect(page.texts()).toEqual(['One?', 'first', 'Two?', 'second']);
    expect(await request('listConversations')).toMatchObject([{ id: conversationId }]);
  });

  it('comes back in the list alone where another was opened since', async () => {
    const { page, conversationId } = await startTalk();
    await page.deleteConversation(conversationId);
    await page.until(({ conversation }) => conversation?.messages.length === 0);
    page.startNewChat({ isTemporary: true });
    const id = page.state().conversation?.id ?? '';
    await page.undoDeletion();
    expect(await request('listConversations')).toMatchObject([{ id: conversationId }]);
    expect(page.state().conversation?.id).toBe(id);
  });

  it('leaves nothing behind when undo is over', async () => {
    const { page, conversationId } = await startTalk();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await page.deleteConversation(conversationId);
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000);
    vi.useRealTimers();
    const { conversations, messages, parts } = worker.database;
    await vi.waitFor(async () => {
      const counts = await Promise.all([conversations, messages, parts].map((t) => t.count()));
      expect(counts).toEqual([0, 0, 0]);
    });
    expect(await request('checkDatabase')).toEqual([]);
  });

  it('is wanted by whoever still writes in it', async () => {
    const { page, conversationId } = await startTalk();
    await page.deleteConversation(conversationId);
    const model = { provider: 'ai-chats', model: 'gpt-4' };
    service.answerNext({ kind: 'text', text: 'third' });
    await request('sendPrompt', { conversationId, messageId: 'm', text: 'Three?', model });
    page.openConversation(conversationId);
    await page.last('done', 'third');
    expect(page.texts()).toHaveLength(6);
  });

  it('has its reply stopped, which does not bring it back', async () => {
    const { page, reply, conversationId } = await startCounting();
    await page.deleteConversation(conversationId);
    await reply.closed;
    expect(await request('listConversations')).toEqual([]);
    expect(await worker.database.conversations.get(conversationId)).toHaveProperty('deletedAt');
  });
});

describe('a deletion that several have a hand in', () => {
  it('that was taken back has its ten seconds again the next time', async () => {
    const { page, conversationId } = await startTalk();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await page.deleteConversation(conversationId);
    await vi.advanceTimersByTimeAsync(3000);
    await request('restoreConversation', { conversationId });
    await page.deleteConversation(conversationId);
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000 - 1);
    expect(await worker.database.conversations.get(conversationId)).toHaveProperty('deletedAt');
  });

  it('taken back twice leaves a running reply alone', async () => {
    const { page, finish, conversationId } = await startCounting();
    await request('restoreConversation', { conversationId });
    await finish();
    await page.last('done', 'one two');
    await vi.waitFor(async () =>
      expect((await storedMessages(conversationId)).at(-1)).toMatchObject({ state: 'done' }),
    );
  });

  it('is not taken back by a change that comes late', async () => {
    const { page, conversationId } = await startTalk();
    const deleting = page.deleteConversation(conversationId);
    await request('pinConversation', { conversationId, isPinned: true });
    await deleting;
    expect(await request('listConversations')).toEqual([]);
    expect(await worker.database.conversations.get(conversationId)).toHaveProperty('deletedAt');
  });

  it('by a worker that was killed is known to the next one', async () => {
    const { page, conversationId } = await startTalk();
    await page.deleteConversation(conversationId);
    killWorker();
    const model = { provider: 'ai-chats', model: 'gpt-4' };
    service.answerNext({ kind: 'text', text: 'third' });
    await request('sendPrompt', { conversationId, messageId: 'm', text: 'Three?', model });
    const late = await openPage({ conversationId });
    await late.last('done', 'third');
    expect(late.texts()).toHaveLength(6);
    expect(await request('checkDatabase')).toEqual([]);
    expect(await worker.database.jobs.where('id').startsWith('purge:').count()).toBe(0);
  });

  it('of a message outlives a worker that was killed', async () => {
    const { page, conversationId, r2 } = await startTalk();
    await page.deleteMessage(r2);
    expect(await worker.database.jobs.get(`purge:${r2}`)).toMatchObject({ conversationId });
    await page.undoDeletion();
    await page.until(() => page.texts().length === 4);
    await vi.waitFor(async () =>
      expect(await worker.database.jobs.get(`purge:${r2}`)).toBeUndefined(),
    );
  });
});

describe('deleting much', () => {
  it('takes everything, also what a page shows, and leaves settings and keys', async () => {
    await request('saveKey', { provider: 'groq', key: 'gsk_0123456789wxyz' });
    const { page } = await startTalk();
    await request('deleteAll');
    await page.until(({ conversation }) => conversation?.messages.length === 0);
    const counts = await Promise.all(worker.database.tables.map((table) => table.count()));
    expect(counts.every((count) => count === 0)).toBe(true);
    expect(extension.rules.length).toBeGreaterThan(0);
    expect(await request('listProviders')).toContainEqual(
      expect.objectContaining({ id: 'groq', key: { tail: 'wxyz' } }),
    );
    await request('saveKey', { provider: 'groq', key: '' });
  });

  it('by age takes the old ones and leaves pinned ones', async () => {
    const { conversationId } = await startTalk();
    const row = await worker.database.conversations.get(conversationId);
    if (!row) throw new Error('not stored');
    await worker.database.conversations.bulkPut([
      { ...row, id: 'old', updatedAt: 1000 },
      { ...row, id: 'pinned', updatedAt: 1000, isPinned: true },
    ]);
    expect(await request('deleteOlderThan', { before: 2000 })).toBe(1);
    const left = await worker.database.conversations.toCollection().primaryKeys();
    expect(left.toSorted()).toEqual([conversationId, 'pinned'].toSorted());
  });
});
