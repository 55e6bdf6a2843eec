/** A transfer from end to end: the page's port and channel, the worker, the database. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TRANSFER_PORT } from '@/lib/transfer';
import { exportFile, importFile, type ExportRequest } from '@/lib/panel/transfer';
import { database } from '@/lib/worker/database';
import { acceptTransfers } from '@/lib/worker/transfers';
import { FakeExtension, installExtension } from '../../fake-extension';
import { conversationOf, prompt } from '../../samples';
import {
  backUp,
  clearDatabase,
  databaseSources,
  fillDatabase,
  readDatabase,
  storeConversation,
} from '../../transfer-files';

let extension: FakeExtension;
let saved: { name: string; content: Blob }[];
let imported: string[][];

beforeEach(async () => {
  extension = installExtension();
  await clearDatabase();
  imported = [];
  saved = [];
  const contents = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    const url = `blob:${contents.size}`;
    if (blob instanceof Blob) contents.set(url, blob);
    return url;
  });
  vi.stubGlobal('document', {
    createElement: () => ({
      href: '',
      download: '',
      click() {
        const content = contents.get(this.href);
        if (content) saved.push({ name: this.download, content });
      },
    }),
  });
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  acceptTransfers({
    ...databaseSources,
    onImported: (ids) => Promise.resolve(void imported.push(ids)),
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const nothing = () => undefined;
const all: ExportRequest = { type: 'export-all' };

describe('a backup', () => {
  it('is saved by the page, and what the page hands back is imported', async () => {
    await fillDatabase();
    const before = await readDatabase();
    expect(await exportFile(all, nothing).done).toMatchObject({ type: 'exported' });
    const [file] = saved;
    await clearDatabase();
    const content = new File([file?.content ?? ''], 'backup.zip');
    expect(await importFile(content, '', nothing).done).toEqual({
      type: 'imported',
      added: 3,
      merged: 0,
      skipped: 0,
    });
    expect(await readDatabase()).toEqual(before);
    expect(imported).toEqual([['empty', 'pictures', 'tree']]);
  });

  it('tells how far it is', async () => {
    await fillDatabase();
    const onProgress = vi.fn<(done: number, total: number) => void>();
    await exportFile(all, onProgress).done;
    expect(onProgress).toHaveBeenCalledWith(0, 3);
  });

  it('ends with the port: nothing is left open', async () => {
    await exportFile(all, nothing).done;
    expect(extension.ports.map(({ isClosed }) => isClosed)).toEqual([true]);
  });
});

describe('a fault', () => {
  it.each([
    ['a foreign file', new File(['hello'], 'x'), '', { fault: 'unknown-format' }],
    [
      'a damaged file',
      new File(['[{"mapping":{}'], 'x'),
      '',
      { fault: 'damaged', where: 'JSON[0]: end of the file' },
    ],
  ])('comes as data: %s', async (_, file, passphrase, fault) => {
    expect(await importFile(file, passphrase, nothing).done).toEqual({ type: 'failed', ...fault });
    expect(imported).toEqual([]);
  });

  it('is a passphrase that is missing or wrong, and the right one helps', async () => {
    await storeConversation(conversationOf([prompt('p')]));
    const file = new File([await backUp('right')], 'backup.aside');
    await clearDatabase();
    const wrong = { type: 'failed', fault: 'passphrase' };
    expect(await importFile(file, '', nothing).done).toEqual(wrong);
    expect(await importFile(file, 'wrong', nothing).done).toEqual(wrong);
    expect(await importFile(file, 'right', nothing).done).toMatchObject({ added: 1 });
  });

  it('is a conversation that is gone', async () => {
    const request: ExportRequest = {
      type: 'export-conversation',
      conversationId: 'gone',
      format: 'html',
    };
    expect(await exportFile(request, nothing).done).toEqual({ type: 'failed', fault: 'not-found' });
  });

  it('is a worker that goes away', async () => {
    const transfer = exportFile(all, nothing);
    extension.ports[0]?.break();
    expect(await transfer.done).toEqual({ type: 'failed', fault: 'unexpected' });
  });
});

it('a page that cancels an import gets its database back as it was', async () => {
  await fillDatabase();
  const file = new File([await backUp()], 'backup.zip');
  await clearDatabase();
  const transfer = importFile(file, '', nothing);
  const added = Promise.withResolvers<void>();
  const cancel = (id: string) => {
    if (id === 'pictures') added.resolve(transfer.cancel());
  };
  database.conversations.hook('creating', cancel);
  await added.promise;
  expect(await transfer.done).toEqual({ type: 'cancelled' });
  database.conversations.hook('creating').unsubscribe(cancel);
  await vi.waitFor(async () => expect(await database.conversations.count()).toBe(0));
  expect(await readDatabase()).toEqual({ conversations: [], messages: [], parts: [], blobs: [] });
  expect(imported).toEqual([]);
});

it.each([
  { id: 'another-extension', url: 'chrome-extension://other/page.html' },
  { url: 'https://example.com/' },
])('a stranger gets nothing: %j', async (sender) => {
  await fillDatabase();
  const port = extension.connectFrom(sender, TRANSFER_PORT);
  await vi.waitFor(() => expect(port.isClosed).toBe(true));
});

it('ports of other names are left to others', async () => {
  const port = extension.connectFrom(extension.ownPage, 'conversation');
  await Promise.resolve();
  expect(port.isClosed).toBe(false);
});
