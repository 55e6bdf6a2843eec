/** The database: what earlier versions wrote, and its own check. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { installExtension } from '../fake-extension';
import { png } from '../fixtures/pictures';
import { chatModel, pictureModel } from '../samples';

const image = { id: 'a1', mediaType: 'image/png', bytes: png.length, width: 1, height: 1 };

/** Messages as version 1 wrote them: parts inside, no jobs. */
const oldMessages = [
  {
    id: 'p',
    conversationId: 'c',
    position: 0,
    parentId: null,
    role: 'user',
    parts: [{ type: 'text', text: 'Draw and tell' }],
    state: 'done',
    createdAt: 1000,
  },
  {
    id: 'r',
    conversationId: 'c',
    position: 1,
    parentId: 'p',
    role: 'assistant',
    parts: [
      { type: 'image', prompt: 'Draw', image },
      { type: 'text', text: 'Here it is.' },
    ],
    state: 'done',
    createdAt: 2000,
    model: pictureModel,
  },
  {
    id: 's',
    conversationId: 'c',
    position: 2,
    parentId: 'p',
    role: 'assistant',
    parts: [{ type: 'text', text: 'Half a rep' }],
    state: 'streaming',
    createdAt: 3000,
    model: chatModel,
  },
];

async function writeVersion1(): Promise<void> {
  const old = new Dexie('aside');
  old.version(1).stores({
    conversations: 'id, updatedAt',
    messages: 'id, conversationId, state',
    images: 'id',
  });
  await old.table('conversations').add({
    id: 'c',
    title: 'Draw and tell',
    createdAt: 1000,
    updatedAt: 3000,
    model: chatModel,
    leafId: 's',
  });
  await old.table('messages').bulkAdd(oldMessages);
  await old.table('images').add({ id: 'a1', bytes: new Blob([png], { type: 'image/png' }) });
  old.close();
}

async function openToday() {
  vi.resetModules();
  const [{ database }, { checkDatabase }, { openConversation }, { imageDataUrl }] =
    await Promise.all([
      import('@/lib/worker/database'),
      import('@/lib/worker/database-check'),
      import('@/lib/worker/conversation-store'),
      import('@/lib/worker/image-data'),
    ]);
  await database.open();
  return { database, checkDatabase, openConversation, imageDataUrl };
}

let today: Awaited<ReturnType<typeof openToday>>;

beforeEach(() => {
  installExtension();
});

afterEach(async () => {
  await today.database.delete();
});

describe('a database of version 1', () => {
  beforeEach(async () => {
    await writeVersion1();
    today = await openToday();
  });

  it('opens with every message whole, and the reply that was left as cut off', async () => {
    const { conversation } = await today.openConversation('c');
    expect(conversation).toMatchObject({
      title: 'Draw and tell',
      titleBy: 'prompt',
      leafId: 's',
      queue: [],
      preview: 'Half a rep',
      isPinned: false,
      folder: '',
      isUnread: false,
    });
    expect(conversation.messages.map(({ id, state, parts }) => [id, state, parts])).toEqual([
      ['p', 'done', oldMessages[0]?.parts],
      ['r', 'done', oldMessages[1]?.parts],
      ['s', 'interrupted', oldMessages[2]?.parts],
    ]);
  });

  it('has its pictures, and enters its messages into the search index', async () => {
    expect(await today.imageDataUrl('a1')).toMatch(/^data:image\/png;base64,/u);
    const jobs = await today.database.jobs.toArray();
    expect(jobs.map(({ id }) => id).toSorted()).toEqual(['index:p', 'index:r', 'reply:s']);
  });

  it('passes the check', async () => {
    await today.openConversation('c');
    expect(await today.checkDatabase()).toEqual([]);
  });
});

describe('the check', () => {
  beforeEach(async () => {
    await writeVersion1();
    today = await openToday();
    await today.openConversation('c');
  });

  it.each<[string, () => Promise<unknown>, string]>([
    [
      'a message whose conversation is gone',
      () => today.database.conversations.delete('c'),
      'p has no conversation.',
    ],
    [
      'a reply that never ends',
      () => today.database.messages.update('r', { state: 'streaming' }),
      'r never ends.',
    ],
    [
      'a message that follows nothing',
      () => today.database.messages.update('r', { parentId: 'nobody' }),
      'r follows a message that is not there.',
    ],
    [
      'two messages in one place',
      () => today.database.messages.update('r', { position: 0 }),
      'r shares its place with another.',
    ],
    [
      'a branch that ends nowhere',
      () => today.database.conversations.update('c', { leafId: 'nobody' }),
      'c shows a message that is not there.',
    ],
    [
      'parts without their message',
      () => today.database.messages.delete('p'),
      'p has parts and is not there.',
    ],
    ['a picture without bytes', () => today.database.blobs.clear(), 'a1 has no bytes.'],
    [
      'a picture that lost bytes',
      () => today.database.blobs.update('a1', { size: 1 }),
      'Picture a1 has lost bytes.',
    ],
    [
      'an index entry of a message that is gone',
      () => today.database.indexedMessages.add({ conversationId: 'c', messageId: 'x' }),
      'x can be found and is not there.',
    ],
  ])('finds %s', async (_, spoil, expected) => {
    await spoil();
    expect(await today.checkDatabase()).toContain(expected);
  });
});
