/** Workers that die, and databases that fail. */
import { describe, expect, it, vi } from 'vitest';
import { png } from '../fixtures/pictures';
import {
  holdDatabase,
  killWorker,
  openPage,
  readLog,
  service,
  setUpRoundTrip,
  storedMessages,
  worker,
} from '../round-trip';
import { pictureModel } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

/** A page with a reply in the middle, whose text so far is in the database. */
async function startReply() {
  const reply = stepped('one two three');
  service.answerNext(reply, { kind: 'text', text: 'second answer' });
  const page = await openPage();
  const conversationId = page.state().conversation?.id ?? '';
  await page.say('Count');
  await reply.release(2);
  await page.last('streaming', 'one two');
  await vi.waitFor(async () => {
    const soFar = { role: 'assistant', state: 'streaming', text: 'one two' };
    expect(await storedMessages(conversationId)).toContainEqual(soFar);
  });
  return { page, conversationId };
}

describe('a worker that dies in mid-reply', () => {
  it('leaves the text so far, marked as interrupted, to the page that watches', async () => {
    const { page, conversationId } = await startReply();
    killWorker();
    const message = await page.last('interrupted', 'one two');
    expect(message.error).toEqual({ kind: 'interrupted' });
    expect(await storedMessages(conversationId)).toEqual([
      { role: 'user', state: 'done', text: 'Count' },
      { role: 'assistant', state: 'interrupted', text: 'one two' },
    ]);
    expect(await readLog()).toContainEqual(
      expect.objectContaining({ event: 'recovered', count: 1 }),
    );
  });

  it('leaves it to a page that opens later', async () => {
    const { page } = await startReply();
    page.close();
    killWorker();
    const late = await openPage();
    await late.last('interrupted', 'one two');
    expect(late.texts()).toEqual(['Count', 'one two']);
  });

  it('can be tried again: a second version beside the first', async () => {
    const { page } = await startReply();
    killWorker();
    const first = await page.last('interrupted');
    await page.regenerateReply(first.id);
    await page.last('done', 'second answer');
    expect(page.texts()).toEqual(['Count', 'second answer']);
    await page.selectVersion(first.id);
    await page.last('interrupted', 'one two');
  });

  it('has the prompt on disk before the request leaves', async () => {
    const { asked } = worker;
    const page = await openPage();
    const release = holdDatabase();
    const saying = page.say('Do not lose me');
    await page.last('streaming');
    await readLog();
    expect(asked).toEqual([]);
    release();
    await saying;
    await page.last('done');
    expect(asked).toHaveLength(1);
  });

  it('has it there with the place of its reply', async () => {
    service.answerNext({ kind: 'silent' });
    const page = await openPage();
    await page.say('Do not lose me');
    await service.waitForRequest(({ method }) => method === 'POST');
    expect(await storedMessages(page.state().conversation?.id ?? '')).toEqual([
      { role: 'user', state: 'done', text: 'Do not lose me' },
      { role: 'assistant', state: 'streaming', text: '' },
    ]);
  });

  it('leaves a picture that was being made as interrupted, too', async () => {
    service.answerNext({ kind: 'silent' });
    const page = await openPage();
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    await service.waitForRequest(({ method }) => method === 'POST');
    killWorker();
    expect((await page.last('interrupted')).parts).toEqual([
      { type: 'image', prompt: 'A cat', image: null },
    ]);
  });

  it('takes the picture with it that was stored a moment before', async () => {
    await startReply();
    await worker.database.blobs.add({ id: 'a1', bytes: new Blob([png]), size: png.length });
    killWorker();
    const page = await openPage();
    await page.last('interrupted');
    expect(await worker.database.blobs.count()).toBe(0);
  });

  it('leaves the finished replies as they are', async () => {
    service.answerNext({ kind: 'text', text: 'whole' });
    const page = await openPage();
    await page.say('Hi');
    await page.last('done', 'whole');
    await vi.waitFor(async () => {
      const whole = { role: 'assistant', state: 'done', text: 'whole' };
      expect(await storedMessages(page.state().conversation?.id ?? '')).toContainEqual(whole);
    });
    killWorker();
    await page.until(({ isConnected }) => !isConnected);
    await page.until(({ isConnected }) => isConnected);
    expect(page.branch().map(({ state }) => state)).toEqual(['done', 'done']);
  });
});

describe('a database that fails', () => {
  it('keeps the reply running, and is noted', async () => {
    const reply = stepped('one two three');
    service.answerNext(reply);
    const page = await openPage();
    await page.say('Count');
    await reply.release();
    await page.last('streaming', 'one');
    worker.database.close();
    await reply.releaseAll();
    await reply.end();
    await page.last('done', 'one two three');
    await vi.waitFor(async () =>
      expect(await readLog()).toContainEqual(
        expect.objectContaining({ level: 'error', event: 'storage-failed' }),
      ),
    );
  });

  it('still lets a new prompt be answered, and a picture be seen', async () => {
    service.pictureNext({ kind: 'bytes', contentType: 'image/png', bytes: png });
    const page = await openPage();
    worker.database.close();
    await page.selectModel(pictureModel);
    await page.until(({ conversation }) => conversation?.model.model === 'dalle');
    await page.say('A cat');
    const [part] = (await page.last('done')).parts;
    const id = part?.type === 'image' ? (part.image?.id ?? '') : '';
    page.loadImage(id);
    const { images } = await page.until((state) => state.images[id] !== undefined);
    expect(images[id]).toBe(`data:image/png;base64,${Buffer.from(png).toString('base64')}`);
  });

  it('says of a picture that it cannot read that it is gone', async () => {
    const page = await openPage();
    worker.database.close();
    page.loadImage('unreadable');
    const { images } = await page.until((state) => state.images['unreadable'] !== undefined);
    expect(images['unreadable']).toBeNull();
  });

  it('at the first read only hides nothing for good, and nothing is written over', async () => {
    service.answerNext({ kind: 'text', text: 'first' });
    const page = await openPage({ conversationId: 'c' });
    await page.say('One');
    await page.last('done', 'first');
    await vi.waitFor(async () => expect(await storedMessages('c')).toHaveLength(2));
    page.close();
    killWorker();
    await readLog();
    vi.spyOn(worker.database.messages, 'where').mockImplementationOnce(() => {
      throw new Error('busy');
    });
    (await openPage({ conversationId: 'c' })).close();
    const again = await openPage({ conversationId: 'c' });
    expect(again.texts()).toEqual(['One', 'first']);
    expect(await worker.database.conversations.get('c')).toMatchObject({ title: 'One' });
  });

  it('at the last save only is tried again by itself', async () => {
    service.answerNext({ kind: 'text', text: 'whole' });
    const page = await openPage();
    const transaction = vi.spyOn(worker.database, 'transaction');
    transaction.mockRejectedValue(new Error('disk full'));
    await page.say('Hi');
    await page.last('done', 'whole');
    await vi.waitFor(() => expect(transaction).toHaveBeenCalledTimes(2));
    transaction.mockRestore();
    await vi.waitFor(
      async () =>
        expect((await storedMessages(page.state().conversation?.id ?? '')).at(-1)).toMatchObject({
          state: 'done',
          text: 'whole',
        }),
      { timeout: 4000 },
    );
  });

  it('writes what it missed as soon as it works again', async () => {
    const transaction = vi.spyOn(worker.database, 'transaction');
    const reply = stepped('one two');
    service.answerNext(reply);
    const page = await openPage();
    transaction.mockRejectedValueOnce(new Error('disk full'));
    await page.say('Count');
    await reply.release();
    await vi.waitFor(async () =>
      expect(await readLog()).toContainEqual(expect.objectContaining({ event: 'storage-failed' })),
    );
    await reply.releaseAll();
    await reply.end();
    await page.last('done');
    await vi.waitFor(async () =>
      expect(await storedMessages(page.state().conversation?.id ?? '')).toEqual([
        { role: 'user', state: 'done', text: 'Count' },
        { role: 'assistant', state: 'done', text: 'one two' },
      ]),
    );
  });
});
