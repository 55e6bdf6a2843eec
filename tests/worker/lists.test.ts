/** The list of conversations, and that all pages have the same. */
import { describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '@/lib/messages';
import {
  killWorker,
  openPage,
  request,
  service,
  setUpRoundTrip,
  startCounting,
  worker,
} from '../round-trip';
import { pictureModel } from '../samples';

setUpRoundTrip();

/** An answered conversation, in a page. */
async function talk() {
  service.answerNext({ kind: 'text', text: 'It scatters.\n\nMore.' });
  const page = await openPage();
  await page.say('Why?');
  await page.last('done');
  return { page, conversationId: page.state().conversation?.id ?? '' };
}

/** Every line that a page is told from now on, by conversation. */
function linesTold(page: Awaited<ReturnType<typeof openPage>>) {
  const lines = new Map<string, ConversationSummary>();
  page.listen((message) => {
    if (message.type === 'summary') lines.set(message.summary.id, message.summary);
  });
  return lines;
}

describe('the list', () => {
  it('has every conversation with what a line shows', async () => {
    const { conversationId } = await talk();
    expect(await request('listConversations')).toMatchObject([
      {
        id: conversationId,
        title: 'Why?',
        preview: 'It scatters. More.',
        isPinned: false,
        folder: '',
        isUnread: false,
        isRunning: false,
      },
    ]);
  });

  it('is read at once, not row by row', async () => {
    await talk();
    killWorker();
    await request('listProviders');
    const rowByRow = vi.spyOn(IDBObjectStore.prototype, 'openCursor');
    expect(await request('listConversations')).toHaveLength(1);
    const stores = rowByRow.mock.contexts.map((store: unknown) =>
      store instanceof IDBObjectStore ? store.name : '',
    );
    rowByRow.mockRestore();
    expect(stores).not.toContain('conversations');
  });

  it('knows what runs', async () => {
    const { page, finish } = await startCounting();
    expect(await request('listConversations')).toMatchObject([{ isRunning: true }]);
    await finish();
    await page.last('done');
    expect(await request('listConversations')).toMatchObject([{ isRunning: false }]);
  });

  it('knows what came of replies without a text, also of those from long ago', async () => {
    const told: ConversationSummary[] = [];
    const page = await openPage();
    page.listen((message) => {
      if (message.type === 'summary') told.push(message.summary);
    });
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === pictureModel.model);
    await page.say('A cat');
    await page.last('done');
    await vi.waitFor(() => expect(told.at(-1)?.outcome).toEqual({ kind: 'image' }));
    service.answerNext({ kind: 'status', status: 400 });
    const other = await openPage({ conversationId: 'failed' });
    await other.say('Why?');
    await other.last('failed');
    killWorker();
    const list = await request('listConversations');
    expect(list).toHaveLength(2);
    expect(list).toMatchObject([
      { title: 'A cat', outcome: { kind: 'image' } },
      { title: 'Why?', outcome: { kind: 'failed' } },
    ]);
  });

  it('has no line for a conversation without messages', async () => {
    await openPage({ conversationId: 'empty' });
    expect(await request('listConversations')).toEqual([]);
  });

  it('has what the database does not take, too', async () => {
    const writes = vi.spyOn(worker.database.parts, 'bulkPut').mockRejectedValue(new Error('full'));
    const { conversationId } = await talk();
    expect(await request('listConversations')).toMatchObject([{ id: conversationId }]);
    writes.mockRestore();
  });
});

describe('what one page changes', () => {
  it.each<[string, (conversationId: string) => Promise<unknown>, Partial<ConversationSummary>]>([
    [
      'a title',
      (conversationId) => request('renameConversation', { conversationId, title: ' Sky ' }),
      { title: 'Sky' },
    ],
    [
      'a pin',
      (conversationId) => request('pinConversation', { conversationId, isPinned: true }),
      { isPinned: true },
    ],
    [
      'a folder',
      (conversationId) => request('moveConversation', { conversationId, folder: ' Work ' }),
      { folder: 'Work' },
    ],
  ])('%s is in every other, live, and on disk', async (_, change, expected) => {
    const { page, conversationId } = await talk();
    const other = await openPage({ windowId: 2, conversationId: 'other' });
    const lines = linesTold(other);
    await change(conversationId);
    await vi.waitFor(() => expect(page.state().conversation).toMatchObject(expected));
    await vi.waitFor(() => expect(lines.get(conversationId)).toMatchObject(expected));
    await vi.waitFor(async () =>
      expect(await worker.database.conversations.get(conversationId)).toMatchObject(expected),
    );
    killWorker();
    expect(await request('listConversations')).toMatchObject([expected]);
  });
});

it('a panel that shows the list shows the chat that another page asks for', async () => {
  const { page, conversationId } = await talk();
  page.openConversation('other');
  page.showView('history');
  await request('showInPanel', { conversationId, windowId: 1 });
  await page.until(({ view }) => view === 'chat');
  await page.last('done');
  expect(page.state().conversation?.id).toBe(conversationId);
});
