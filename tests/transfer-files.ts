/** What transfer tests share: a database with something of everything, and files made by hand. */
import 'fake-indexeddb/auto';
import { strToU8, zipSync } from 'fflate';
import { beforeEach, expect } from 'vitest';
import type { Conversation } from '@/lib/conversation';
import { database } from '@/lib/worker/database';
import { readConversation, toRows } from '@/lib/worker/rows';
import { writeBackup, type BackupSources } from '@/lib/worker/transfer/backup-export';
import { BlobWriter, sha256, type Bytes, type Watch } from '@/lib/worker/transfer/bytes';
import { encryptingWriter } from '@/lib/worker/transfer/encryption';
import { importFile } from '@/lib/worker/transfer/import-file';
import { TransferError } from '@/lib/worker/transfer/transfer-error';
import { gif, png } from './fixtures/pictures';
import { chatModel, conversationOf, pictureModel, prompt, reply } from './samples';

/** A transfer that nobody follows. */
export function watch(changes: Partial<Watch> = {}): Watch {
  return { signal: new AbortController().signal, onProgress: () => undefined, ...changes };
}

/** Puts a conversation into the database, as the worker does. */
export async function storeConversation({ messages, ...row }: Conversation): Promise<void> {
  const rows = messages.map((message, index) => toRows(message, row.id, index));
  await database.conversations.put(row);
  await database.messages.bulkPut(rows.map(({ message }) => message));
  await database.parts.bulkPut(rows.flatMap(({ parts }) => parts));
}

export async function storeImage(bytes: Bytes, type: string) {
  const id = await sha256(bytes);
  await database.blobs.put({ id, bytes: new Blob([bytes], { type }), size: bytes.length });
  return { id, mediaType: type, bytes: bytes.length, width: 1, height: 1 };
}

/** Versions, pictures, errors, sources, a long title, none at all, no messages, odd characters. */
export async function fillDatabase(): Promise<void> {
  const first = await storeImage(png, 'image/png');
  const second = await storeImage(gif, 'image/gif');
  const tree = [
    prompt('p1', { source: { title: 'A page', url: 'https://example.com/' }, cutFrom: 300_000 }),
    reply('r1', 'p1', {
      endedAt: 2500,
      usage: { input: 12, output: 30, reasoning: 7 },
      firstAt: 2100,
      isAtLimit: true,
      isFiltered: true,
      isWithoutImages: true,
    }),
    reply('r2', 'p1', {
      state: 'failed',
      error: { kind: 'unauthorized', status: 401, retryAfter: 5, isKeyless: true },
    }),
    prompt('p2', { parentId: 'r1', parts: [{ type: 'text', text: '<script>alert(1)</script>' }] }),
    reply('r3', 'p2', {
      model: pictureModel,
      parts: [
        { type: 'reasoning', text: 'Hm', startedAt: 2000, endedAt: 2100 },
        { type: 'reasoning', text: '', startedAt: 2200 },
        { type: 'text', text: 'two\nlines, "quotes", \u2028, 🙂, \u0000' },
        { type: 'image', prompt: 'a cat', image: first },
        { type: 'image', prompt: 'gone', image: null },
      ],
    }),
  ];
  await storeConversation(
    conversationOf(tree, {
      id: 'tree',
      leafId: 'r1',
      titleBy: 'person',
      options: { temperature: 0, maxTokens: 500, effort: 'low', system: 'Be brief.' },
      isPinned: true,
      folder: 'Work',
      isUnread: true,
      preview: 'reply r1',
      queue: [{ id: 'waits', text: 'and then?', model: chatModel }],
    }),
  );
  const image = { type: 'image' as const, prompt: 'a cat', image: first };
  const other = { type: 'image' as const, prompt: 'a dog', image: second };
  await storeConversation(
    conversationOf([prompt('p3'), reply('r4', 'p3', { parts: [image, other] })], {
      id: 'pictures',
      title: 'T'.repeat(10_000),
    }),
  );
  await storeConversation(conversationOf([], { id: 'empty', title: '' }));
}

/** All that a backup holds, without what is made from it. */
export async function readDatabase() {
  const blobs = await database.blobs.orderBy('id').toArray();
  return {
    conversations: await database.conversations.orderBy('id').toArray(),
    messages: await database.messages.orderBy('id').toArray(),
    parts: await database.parts.toArray(),
    blobs: await Promise.all(
      blobs.map(async ({ id, bytes, size }) => ({
        id,
        size,
        type: bytes.type,
        bytes: new Uint8Array(await bytes.arrayBuffer()),
      })),
    ),
  };
}

export async function clearDatabase(): Promise<void> {
  await Promise.all(database.tables.map((table) => table.clear()));
}

/** What a backup is made of when nothing is in memory alone. */
export const databaseSources: BackupSources = {
  listConversations: () => database.conversations.toCollection().primaryKeys(),
  findConversation: readConversation,
  readImage: async (id) => (await database.blobs.get(id))?.bytes,
};

export async function backUp(passphrase?: string): Promise<Blob> {
  const writer = new BlobWriter();
  const to = passphrase ? await encryptingWriter(passphrase, writer) : writer;
  await writeBackup(to, databaseSources, watch());
  return writer.toBlob('application/zip');
}

export async function restore(file: Blob, passphrase?: string) {
  const { added, merged, skipped } = await importFile(file, passphrase, watch());
  return { added: added.length, merged: merged.length, skipped };
}

/** The fault with which an import ends, and where it was found. */
export async function faultOf(file: Blob, passphrase?: string) {
  try {
    await restore(file, passphrase);
  } catch (error) {
    if (error instanceof TransferError) return { fault: error.fault, where: error.where };
    throw error;
  }
  return undefined;
}

export type Entries = Record<string, string | Bytes>;

/** A zip of these entries. */
export function zipOf(entries: Entries): Blob {
  const files = Object.entries(entries).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ]);
  return new Blob([zipSync(Object.fromEntries(files))]);
}

/** A backup made by hand; `changes` replaces entries, undefined leaves one out. */
export function backupOf(
  conversations: object[],
  messages: object[],
  changes: Record<string, string | Bytes | undefined> = {},
): Blob {
  const blobs = Object.keys(changes).filter((name) => name.startsWith('blobs/')).length;
  const manifest = {
    format: 'aside-backup',
    version: 1,
    createdAt: '2026-11-25T12:00:00.000Z',
    counts: { conversations: conversations.length, messages: messages.length, blobs },
  };
  const entries = {
    'aside.json': JSON.stringify(manifest),
    'conversations.jsonl': linesOf(conversations),
    'messages.jsonl': linesOf(messages),
    ...changes,
  };
  const kept = Object.entries(entries).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, content] as const],
  );
  return zipOf(Object.fromEntries(kept));
}

export function linesOf(values: object[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}

/** What the database holds before each test of `setUpOwnConversation`. */
export let before: Awaited<ReturnType<typeof readDatabase>>;

/** Each test starts with one conversation in the database. */
export function setUpOwnConversation(): void {
  beforeEach(async () => {
    await clearDatabase();
    await storeConversation(conversationOf([prompt('mine')], { id: 'mine' }));
    before = await readDatabase();
  });
}

/** For tests of files that are refused. */
export async function expectNothingChanged(): Promise<void> {
  expect(await readDatabase()).toEqual(before);
  expect(await database.jobs.count()).toBe(0);
}

/** A conversation of two messages as the lines of a backup have it. */
const { messages: _, ...sampleRow } = conversationOf([], { id: 'a', leafId: 'p' });
export const sampleLines = {
  row: sampleRow,
  message: { conversationId: 'a', ...prompt('p') },
  answer: { conversationId: 'a', ...reply('r', 'p') },
};
