/** What is said when nothing can be written down. */
import { describe, expect, it, vi } from 'vitest';
import { png } from '../fixtures/pictures';
import {
  killWorker,
  openPage,
  request,
  service,
  setUpRoundTrip,
  storedMessages,
  worker,
} from '../round-trip';
import { chatModel, pictureModel } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

/** An error as Dexie throws it: the browser's own stands inside. */
function failure(name: string, inner?: Error): Error {
  return Object.assign(new Error(name), { name, ...(inner && { inner }) });
}

describe('a database that takes nothing', () => {
  it.each([
    ['full', failure('AbortError', failure('QuotaExceededError'))],
    ['full', failure('QuotaExceededError')],
    ['blocked', failure('VersionChangeError')],
    ['broken', failure('UnknownError')],
  ])('is told to the page as %s, and the reply goes on', async (trouble, error) => {
    const reply = stepped('one two');
    service.answerNext(reply);
    const page = await openPage();
    const writes = vi.spyOn(worker.database.parts, 'bulkPut').mockRejectedValue(error);
    await page.say('Count');
    await page.until(({ storageTrouble }) => storageTrouble !== null);
    expect(page.state().storageTrouble).toBe(trouble);
    await reply.releaseAll();
    await reply.end();
    await page.last('done', 'one two');
    writes.mockRestore();
  });

  it('gets the pictures that it did not take as soon as it takes something again', async () => {
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    service.answerNext({ kind: 'default' }, { kind: 'text', text: 'two' });
    const page = await openPage();
    const writes = vi.spyOn(worker.database.blobs, 'add').mockRejectedValue(new Error('full'));
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    await page.last('done');
    writes.mockRestore();
    await page.selectModel(chatModel);
    await page.until(({ conversation }) => conversation?.model.model === 'gpt-4');
    await page.say('Hi');
    await page.last('done', 'two');
    await vi.waitFor(async () => expect(await worker.database.blobs.count()).toBe(1));
    expect(await request('checkDatabase')).toEqual([]);
  });

  it('and could not be read is joined to what is written meanwhile', async () => {
    service.answerNext({ kind: 'text', text: 'one' }, { kind: 'text', text: 'two' });
    const page = await openPage({ conversationId: 'c' });
    await page.say('First?');
    await page.last('done', 'one');
    await vi.waitFor(async () => expect(await storedMessages('c')).toHaveLength(2));
    page.close();
    killWorker();
    await request('listProviders');
    const reads = vi
      .spyOn(worker.database.conversations, 'get')
      .mockRejectedValue(new Error('busy'));
    const blind = await openPage({ conversationId: 'c' });
    expect(blind.texts()).toEqual([]);
    await blind.say('Second?');
    await blind.last('done', 'two');
    reads.mockRestore();
    // What has a list of what is stored writes what is not: two at once.
    await Promise.all([request('listImages'), request('listImages')]);
    await vi.waitFor(async () => expect(await storedMessages('c')).toHaveLength(4), {
      timeout: 4000,
    });
    const late = await openPage({ conversationId: 'c', windowId: 2 });
    expect(late.state().conversation?.messages).toHaveLength(4);
    expect((await storedMessages('c')).map(({ text }) => text)).toEqual([
      'First?',
      'one',
      'Second?',
      'two',
    ]);
    expect(await request('checkDatabase')).toEqual([]);
  });

  it('and does not give the keys either takes no provider away', async () => {
    const { keyDatabase } = await import('@/lib/worker/database');
    const reads = vi.spyOn(keyDatabase.keyring, 'get').mockRejectedValue(new Error('broken'));
    service.answerNext({ kind: 'text', text: 'one' });
    const page = await openPage();
    await page.until(({ storageTrouble }) => storageTrouble === 'broken');
    expect(page.state().providers.map(({ id }) => id)).toContain('openai');
    await page.say('Hi');
    await page.last('done', 'one');
    reads.mockRestore();
  });

  it('is told to pages that come later, and that it works again', async () => {
    service.answerNext({ kind: 'text', text: 'one' }, { kind: 'text', text: 'two' });
    const page = await openPage();
    const writes = vi
      .spyOn(worker.database.parts, 'bulkPut')
      .mockRejectedValue(failure('QuotaExceededError'));
    await page.say('Hi');
    await page.last('done', 'one');
    const late = await openPage({ windowId: 2 });
    await late.until(({ storageTrouble }) => storageTrouble !== null);
    expect(late.state().storageTrouble).toBe('full');
    writes.mockRestore();
    await page.say('Hi again');
    await late.until(({ storageTrouble }) => storageTrouble === null);
  });
});
