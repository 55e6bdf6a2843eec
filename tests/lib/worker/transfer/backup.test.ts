/** Everything out, everything back in. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { unzipSync } from 'fflate';
import { database } from '@/lib/worker/database';
import { storageTrouble } from '@/lib/worker/storage-trouble';
import { importFile } from '@/lib/worker/transfer/import-file';
import { addConversation, emptyJournal, takeBack } from '@/lib/worker/transfer/merge';
import { png } from '../../../fixtures/pictures';
import { conversationOf, prompt, reply } from '../../../samples';
import {
  backUp,
  clearDatabase,
  faultOf,
  fillDatabase,
  readDatabase,
  restore,
  storeConversation,
  storeImage,
  watch,
} from '../../../transfer-files';

beforeEach(async () => {
  await clearDatabase();
});

/** Does something while a conversation is being added. */
function whenAdding(id: string, act: () => void): void {
  const look = (added: string) => {
    if (added === id) act();
  };
  database.conversations.hook('creating', look);
  onTestFinished(() => database.conversations.hook('creating').unsubscribe(look));
}

describe('export, delete all, import', () => {
  it.each([
    ['without a passphrase', undefined],
    ['with one', 'correct horse battery staple'],
  ])('gives an equal database %s', async (_, passphrase) => {
    await fillDatabase();
    const before = await readDatabase();
    const file = await backUp(passphrase);
    await clearDatabase();
    expect(await restore(file, passphrase)).toEqual({ added: 3, merged: 0, skipped: 0 });
    expect(await readDatabase()).toEqual(before);
    expect(before.messages).toHaveLength(7);
    expect(before.blobs).toHaveLength(2);
  });

  it('has every message entered into the search index again', async () => {
    await fillDatabase();
    const file = await backUp();
    await clearDatabase();
    await restore(file);
    const jobs = await database.jobs.where('id').startsWith('index:').primaryKeys();
    expect(jobs.toSorted()).toEqual(
      ['p1', 'p2', 'p3', 'r1', 'r2', 'r3', 'r4'].map((id) => `index:${id}`),
    );
  });

  it('gives an equal database of more than one encrypted chunk', async () => {
    const noise = crypto.getRandomValues(new Uint8Array(65_536));
    const bytes = new Uint8Array(3_500_000).map((_, at) => (noise[at % 65_521] ?? 0) ^ (at >> 16));
    bytes.set(png);
    const image = await storeImage(bytes, 'image/png');
    const part = { type: 'image' as const, prompt: 'large', image };
    await storeConversation(conversationOf([prompt('p'), reply('r', 'p', { parts: [part] })]));
    const before = await readDatabase();
    const file = await backUp('a');
    await clearDatabase();
    await restore(file, 'a');
    expect(await readDatabase()).toEqual(before);
  });

  it('asks for a passphrase in any form in which it can be typed', async () => {
    await fillDatabase();
    const file = await backUp('caf\u00e9');
    await clearDatabase();
    expect(await restore(file, 'cafe\u0301')).toEqual({ added: 3, merged: 0, skipped: 0 });
  });
});

describe('a backup', () => {
  it('of an empty database can be imported', async () => {
    expect(await restore(await backUp())).toEqual({ added: 0, merged: 0, skipped: 0 });
  });

  it('leaves out what was deleted, and thumbnails', async () => {
    await fillDatabase();
    await database.conversations.update('tree', { deletedAt: 5000 });
    await database.blobs.toCollection().modify({ thumbnail: new Blob(['small']) });
    const file = new Uint8Array(await (await backUp()).arrayBuffer());
    const entries = Object.keys(unzipSync(file));
    const ids = await database.blobs.orderBy('id').primaryKeys();
    expect(entries.toSorted()).toEqual(
      [
        'aside.json',
        'conversations.jsonl',
        'messages.jsonl',
        ...ids.map((id) => `blobs/${id}`),
      ].toSorted(),
    );
    const lines = new TextDecoder().decode(unzipSync(file)['conversations.jsonl']);
    expect(lines).not.toContain('"tree"');
  });

  it('keeps the place of a deleted message and nothing of what was in it', async () => {
    const messages = [prompt('p', { deletedAt: 3000 }), reply('r', 'p')];
    await storeConversation(conversationOf(messages));
    const file = await backUp();
    expect(await file.text()).not.toContain('prompt p');
    await clearDatabase();
    await restore(file);
    expect(await database.parts.where({ messageId: 'p' }).count()).toBe(0);
    expect((await database.messages.get('r'))?.parentId).toBe('p');
    expect((await database.messages.get('p'))?.deletedAt).toBe(3000);
  });

  it('is complete though the bytes of a picture are gone', async () => {
    await fillDatabase();
    await database.blobs.clear();
    const before = await readDatabase();
    const file = await backUp();
    await clearDatabase();
    await restore(file);
    expect(await readDatabase()).toEqual(before);
  });

  it('of a conversation that lost a message can be imported', async () => {
    await storeConversation(conversationOf([reply('r', 'gone')], { leafId: 'gone too' }));
    const file = await backUp();
    await clearDatabase();
    await restore(file);
    expect((await database.messages.get('r'))?.parentId).toBe(null);
    expect((await database.conversations.get('c'))?.leafId).toBe('r');
  });

  it('with a reply that was running brings it back as cut off', async () => {
    await storeConversation(conversationOf([prompt('p'), reply('r', 'p', { state: 'streaming' })]));
    const file = await backUp();
    await clearDatabase();
    await restore(file);
    const message = await database.messages.get('r');
    expect([message?.state, message?.error]).toEqual(['interrupted', { kind: 'interrupted' }]);
  });

  it('tells nothing of what is in it when it is encrypted', async () => {
    await fillDatabase();
    const text = await (await backUp('secret')).text();
    expect(text).not.toMatch(/aside\.json|tree|prompt/u);
  });
});

describe('an import into what is there', () => {
  it('changes nothing the second time', async () => {
    await fillDatabase();
    const file = await backUp();
    const before = await readDatabase();
    expect(await restore(file)).toEqual({ added: 0, merged: 0, skipped: 3 });
    expect(await restore(file)).toEqual({ added: 0, merged: 0, skipped: 3 });
    expect(await readDatabase()).toEqual(before);
  });

  it('adds what is missing after what is there, and leaves the rest as it is', async () => {
    await storeConversation(conversationOf([prompt('p'), reply('r', 'p')], { title: 'Old' }));
    const file = await backUp();
    await clearDatabase();
    const own = [prompt('p', { parts: [{ type: 'text', text: 'mine' }] }), reply('r9', 'p')];
    await storeConversation(conversationOf(own, { title: 'New' }));
    expect(await restore(file)).toEqual({ added: 0, merged: 1, skipped: 0 });
    const rows = await database.messages.where({ conversationId: 'c' }).sortBy('position');
    expect(rows.map(({ id, position }) => [id, position])).toEqual([
      ['p', 0],
      ['r9', 1],
      ['r', 2],
    ]);
    const conversation = await database.conversations.get('c');
    expect([conversation?.title, conversation?.leafId]).toEqual(['New', 'r9']);
    expect(await database.parts.get(['p', 0])).toMatchObject({ text: 'mine' });
  });

  it('gives a message another id when another conversation has its id, once and for all', async () => {
    await storeConversation(conversationOf([prompt('p'), reply('r', 'p')]));
    const file = await backUp();
    await clearDatabase();
    await storeConversation(conversationOf([prompt('p')], { id: 'other' }));
    await restore(file);
    expect(await restore(file)).toEqual({ added: 0, merged: 0, skipped: 1 });
    const rows = await database.messages.where({ conversationId: 'c' }).sortBy('position');
    const [first, second] = rows;
    expect(rows).toHaveLength(2);
    expect(first?.id).not.toBe('p');
    expect([second?.id, second?.parentId]).toEqual(['r', first?.id]);
    const parts = await database.parts.where({ conversationId: 'c' }).toArray();
    expect(parts.map(({ messageId }) => messageId).toSorted()).toEqual(
      rows.map(({ id }) => id).toSorted(),
    );
    expect((await database.messages.get('p'))?.conversationId).toBe('other');
  });

  it('brings a conversation back whose deletion could still be undone', async () => {
    await fillDatabase();
    const file = await backUp();
    await database.conversations.update('tree', { deletedAt: 5000 });
    await database.jobs.put({ id: 'purge:tree', kind: 'purge', conversationId: 'tree' });
    expect(await restore(file)).toEqual({ added: 0, merged: 1, skipped: 2 });
    expect(await database.conversations.get('tree')).not.toHaveProperty('deletedAt');
    expect(await database.jobs.where('id').startsWith('purge:').count()).toBe(0);
  });

  it('keeps the small form of a picture that is there', async () => {
    await fillDatabase();
    const file = await backUp();
    await database.blobs.toCollection().modify({ thumbnail: new Blob(['small']) });
    await database.conversations.clear();
    await database.messages.clear();
    await database.parts.clear();
    await restore(file);
    const rows = await database.blobs.toArray();
    expect(await Promise.all(rows.flatMap(({ thumbnail }) => thumbnail?.text() ?? []))).toEqual([
      'small',
      'small',
    ]);
  });
});

describe('an import that does not succeed', () => {
  it('changes nothing with a wrong passphrase, or none', async () => {
    await fillDatabase();
    const file = await backUp('right');
    await clearDatabase();
    await storeConversation(conversationOf([prompt('p')]));
    const before = await readDatabase();
    expect(await faultOf(file, 'wrong')).toMatchObject({ fault: 'passphrase' });
    expect(await faultOf(file)).toMatchObject({ fault: 'passphrase' });
    expect(await readDatabase()).toEqual(before);
  });

  it('takes back what it had added when it is cancelled', async () => {
    await fillDatabase();
    const file = await backUp();
    await clearDatabase();
    await storeConversation(conversationOf([prompt('p1')], { id: 'tree' }));
    const before = await readDatabase();
    const life = new AbortController();
    const { signal } = life;
    // The second of three conversations is being written.
    whenAdding('pictures', () => life.abort());
    await expect(importFile(file, undefined, watch({ signal }))).rejects.toThrow('abort');
    expect(await readDatabase()).toEqual(before);
    expect(await database.jobs.count()).toBe(0);
  });

  it('takes back what it had added when there is no room left', async () => {
    await fillDatabase();
    const file = await backUp();
    await clearDatabase();
    whenAdding('tree', () => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect(await faultOf(file)).toEqual({ fault: 'storage-full', where: undefined });
    expect(await readDatabase()).toEqual({ conversations: [], messages: [], parts: [], blobs: [] });
    expect(storageTrouble()).toBe(null);
  });

  it('takes back all that a journal names, and nothing else', async () => {
    await fillDatabase();
    await database.conversations.update('empty', { deletedAt: 5000 });
    await database.jobs.put({ id: 'purge:empty', kind: 'purge', conversationId: 'empty' });
    const before = await readDatabase();
    const jobs = await database.jobs.toArray();
    const journal = emptyJournal();
    const add = (id: string, messages = [prompt(`${id}-p`)]) =>
      addConversation(conversationOf(messages, { id }), () => Promise.resolve(undefined), journal);
    await add('new');
    await add('tree');
    await add('empty');
    expect(await database.messages.count()).toBe(before.messages.length + 3);
    await takeBack(journal);
    expect(await readDatabase()).toEqual(before);
    expect(await database.jobs.toArray()).toEqual(jobs);
  });
});
