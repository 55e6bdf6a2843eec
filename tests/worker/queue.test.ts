/** Prompts that are sent while a reply runs. */
import { describe, expect, it, vi } from 'vitest';
import { killWorker, openPage, request, service, setUpRoundTrip, worker } from '../round-trip';
import { chatModel } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

/** A page whose first reply runs, and two prompts that wait for it. */
async function startQueue() {
  const reply = stepped('one two');
  service.answerNext(reply, { kind: 'text', text: 'second' }, { kind: 'text', text: 'third' });
  const page = await openPage();
  await page.say('First?');
  await reply.release();
  await page.last('streaming', 'one');
  await page.say('Second?');
  await page.say('Third?');
  await page.until(({ conversation }) => conversation?.queue.length === 2);
  const conversationId = page.state().conversation?.id ?? '';
  return { page, reply, conversationId };
}

const queueOf = (page: Awaited<ReturnType<typeof openPage>>) =>
  page.state().conversation?.queue.map(({ text }) => text);

describe('a prompt sent during a reply', () => {
  it('waits, visibly, and goes when the reply has ended, one after the other', async () => {
    const { page, reply } = await startQueue();
    expect(queueOf(page)).toEqual(['Second?', 'Third?']);
    expect(page.texts()).toEqual(['First?', 'one']);
    await reply.releaseAll();
    await reply.end();
    await page.last('done', 'third');
    expect(page.texts()).toEqual(['First?', 'one two', 'Second?', 'second', 'Third?', 'third']);
    expect(queueOf(page)).toEqual([]);
  });

  it('is on disk as soon as the worker says that it has it', async () => {
    const { page, conversationId } = await startQueue();
    await page.say('Fourth?');
    killWorker();
    await request('listProviders');
    const row = await worker.database.conversations.get(conversationId);
    expect(row?.queue.map(({ text }) => text)).toEqual(['Second?', 'Third?', 'Fourth?']);
  });

  it('can be withdrawn: it comes back into the prompt box and is not sent', async () => {
    const { page, reply } = await startQueue();
    page.setDraft('typed meanwhile');
    const [first] = page.state().conversation?.queue ?? [];
    await page.withdrawPrompt(first?.id ?? '');
    await page.until(({ conversation }) => conversation?.queue.length === 1);
    expect(page.state().draft).toBe('Second?\ntyped meanwhile');
    await reply.releaseAll();
    await reply.end();
    await page.last('done', 'second');
    expect(page.texts()).toEqual(['First?', 'one two', 'Third?', 'second']);
  });

  it('is taken once, however often it arrives', async () => {
    const { page, conversationId } = await startQueue();
    const again = { conversationId, messageId: 'm', text: 'Fourth?', model: chatModel };
    await request('sendPrompt', again);
    await request('sendPrompt', again);
    await page.until(({ conversation }) => conversation?.queue.length === 3);
    expect(queueOf(page)).toEqual(['Second?', 'Third?', 'Fourth?']);
  });

  it('waits on after Stop, until it is sent by hand', async () => {
    const { page } = await startQueue();
    await page.stopReply();
    await page.last('stopped', 'one');
    expect(queueOf(page)).toEqual(['Second?', 'Third?']);
    await page.sendQueue();
    await page.last('done', 'third');
    expect(page.texts().slice(2)).toEqual(['Second?', 'second', 'Third?', 'third']);
  });

  it('goes before one that is sent after a reply that did not end well', async () => {
    const { page } = await startQueue();
    await page.stopReply();
    await page.last('stopped');
    service.answerNext({ kind: 'text', text: 'second' });
    await page.say('Fourth?');
    await page.until(({ conversation }) => conversation?.queue.length === 0);
    await page.until(() => page.texts().length === 8 && page.branch().at(-1)?.state === 'done');
    expect(page.texts().filter((_, index) => index % 2 === 0)).toEqual([
      'First?',
      'Second?',
      'Third?',
      'Fourth?',
    ]);
  });

  it('is still there when the worker was killed, and not sent by itself', async () => {
    const { page, conversationId } = await startQueue();
    await vi.waitFor(async () => {
      const row = await worker.database.conversations.get(conversationId);
      expect(row?.queue).toHaveLength(2);
    });
    killWorker();
    await page.last('interrupted', 'one');
    expect(queueOf(page)).toEqual(['Second?', 'Third?']);
  });

  it('as a new version of an earlier one is refused', async () => {
    const { conversationId } = await startQueue();
    const version = { conversationId, messageId: 'm', text: 'x', model: chatModel, parentId: null };
    await expect(request('sendPrompt', version)).rejects.toThrow('a reply is running');
  });
});
