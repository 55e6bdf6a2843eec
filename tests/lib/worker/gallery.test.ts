import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Conversation, Message, Part } from '@/lib/conversation';
import { applyAndSave, openConversation } from '@/lib/worker/conversation-store';
import { database, type MessageRow } from '@/lib/worker/database';
import { collectBlobs, listImages, readStorageUse } from '@/lib/worker/gallery';
import { imageDataUrl, keepImage } from '@/lib/worker/image-data';
import { toRows } from '@/lib/worker/rows';
import { png } from '../../fixtures/pictures';
import { conversationOf, pictureModel, prompt, reply } from '../../samples';

afterEach(async () => {
  await Promise.all(database.tables.map((table) => table.clear()));
});

const source = { title: 'Pharology', url: 'https://en.wikipedia.org/wiki/Pharology' };

const infoOf = (id: string) => ({ id, mediaType: 'image/png', bytes: 10, width: 4, height: 3 });

function picturePart(id: string | null, text = `picture ${id}`): Part {
  return { type: 'image', prompt: text, image: id === null ? null : infoOf(id) };
}

async function store(
  id: string,
  messages: Message[],
  changes: Partial<Conversation & { deletedAt: number }> = {},
): Promise<void> {
  const { messages: _, ...row } = conversationOf(messages, { id, ...changes });
  await database.conversations.put(row);
  const rows = messages.map((message, position) => toRows(message, id, position));
  await database.messages.bulkPut(rows.map(({ message }) => message));
  await database.parts.bulkPut(rows.flatMap(({ parts }) => parts));
}

const storeBlob = (id: string, size: number) =>
  database.blobs.put({ id, bytes: new Blob(['x'.repeat(size)]), size });

const found = async () => (await listImages()).map(({ image }) => image.id);

describe('the pictures', () => {
  it('of all conversations come newest first, with all that is known of them', async () => {
    await store('c1', [
      prompt('p1', { source }),
      reply('r1', 'p1', { parts: [picturePart('old')], createdAt: 5, model: pictureModel }),
    ]);
    await store('c2', [
      prompt('p2'),
      reply('r2', 'p2', { parts: [picturePart('new')], createdAt: 9, model: pictureModel }),
    ]);
    expect(await listImages()).toEqual([
      {
        conversationId: 'c2',
        messageId: 'r2',
        image: infoOf('new'),
        prompt: 'picture new',
        model: pictureModel,
        createdAt: 9,
      },
      {
        conversationId: 'c1',
        messageId: 'r1',
        image: infoOf('old'),
        prompt: 'picture old',
        model: pictureModel,
        createdAt: 5,
        source,
      },
    ]);
  });

  it('come although their reply is shown and not on disk yet', async () => {
    const opened = await openConversation('c1');
    applyAndSave(opened, { type: 'message-add', message: prompt('p1') });
    const message = reply('r1', 'p1', { parts: [picturePart('fresh')] });
    applyAndSave(opened, { type: 'message-add', message });
    expect(await found()).toEqual(['fresh']);
  });

  it('that are not there yet, or were deleted with their message or conversation, do not come', async () => {
    await store('c1', [
      prompt('p1'),
      reply('r1', 'p1', { parts: [picturePart('shown')] }),
      reply('r2', 'p1', { parts: [picturePart(null)] }),
      reply('r3', 'p1', { parts: [picturePart('deleted')], deletedAt: 7 }),
    ]);
    await store('c2', [prompt('p4'), reply('r4', 'p4', { parts: [picturePart('gone')] })], {
      deletedAt: 7,
    });
    expect(await found()).toEqual(['shown']);
  });

  it('that two messages hold come twice, and once for one message that holds them twice', async () => {
    const parts = [picturePart('same'), picturePart('same')];
    await store('c1', [prompt('p1'), reply('r1', 'p1', { parts }), reply('r2', 'p1', { parts })]);
    expect(await found()).toEqual(['same', 'same']);
  });

  it('are found without a look at the messages that have none', async () => {
    await store('c1', [
      prompt('p1'),
      reply('r1', 'p1', { parts: [picturePart('shown')] }),
      prompt('p2'),
      reply('r2', 'p2'),
    ]);
    const read: string[] = [];
    const look = (row: MessageRow) => {
      read.push(row.id);
      return row;
    };
    database.messages.hook('reading', look);
    expect(await found()).toEqual(['shown']);
    database.messages.hook('reading').unsubscribe(look);
    expect(read).toEqual(['r1', 'p1']);
  });
});

describe('blobs', () => {
  it('go once no part refers to them, and not before', async () => {
    await storeBlob('used', 1);
    await storeBlob('unused', 1);
    await storeBlob('not asked about', 1);
    await store('c1', [prompt('p1'), reply('r1', 'p1', { parts: [picturePart('used')] })]);
    const { blobs, parts } = database;
    await database.transaction('rw', blobs, parts, () =>
      collectBlobs(['used', 'unused', 'unused', 'never there']),
    );
    expect(await blobs.toCollection().primaryKeys()).toEqual(['not asked about', 'used']);
  });

  it('that the database did not take go too', async () => {
    vi.spyOn(database.blobs, 'add').mockRejectedValue(new Error('broken'));
    const { id } = await keepImage(png);
    vi.restoreAllMocks();
    expect(await imageDataUrl(id)).not.toBeNull();
    await collectBlobs([id]);
    expect(await imageDataUrl(id)).toBeNull();
  });
});

describe('the room that is taken', () => {
  it('is nothing in the beginning', async () => {
    expect(await readStorageUse()).toEqual({
      conversations: 0,
      messages: 0,
      textBytes: 0,
      images: 0,
      imageBytes: 0,
    });
  });

  it('is told by kind, what the browser says included', async () => {
    vi.stubGlobal('navigator', { storage: { estimate: () => Promise.resolve({ usage: 12_345 }) } });
    await storeBlob('one', 30);
    await storeBlob('two', 30);
    await store('c1', [
      prompt('p1', { parts: [{ type: 'text', text: 'мяу' }] }),
      reply('r1', 'p1', { parts: [picturePart('one', 'cat')] }),
    ]);
    await store('c2', [], { deletedAt: 7 });
    expect(await readStorageUse()).toEqual({
      conversations: 1,
      messages: 2,
      textBytes: 9,
      images: 2,
      imageBytes: 60,
      totalBytes: 12_345,
    });
  });

  it('counts every part, also where there are more than are read at once', async () => {
    const parts = Array.from({ length: 2500 }, (): Part => ({ type: 'text', text: 'four' }));
    await store('c1', [prompt('p1', { parts })]);
    expect((await readStorageUse()).textBytes).toBe(10_000);
  });
});
