/** What models think before they answer: from a provider through the worker to the page and the disk. */
import { describe, expect, it, vi } from 'vitest';
import type { Message, Part } from '@/lib/conversation';
import { killWorker, openPage, request, service, setUpRoundTrip, worker } from '../round-trip';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  ask,
  end,
  openThinker,
  prompts,
  say,
  send,
  setUpThinker,
  shownParts,
  start,
  stop,
  streams,
  think,
} from '../thinker';

setUpRoundTrip();

setUpThinker();

async function storedParts(): Promise<Part[]> {
  const { toMessages } = await import('@/lib/worker/rows');
  const rows = await worker.database.messages.toArray();
  const replies = toMessages(rows, await worker.database.parts.toArray()).filter(
    ({ role }: Message) => role === 'assistant',
  );
  return replies.at(-1)?.parts ?? [];
}

async function found(query: string): Promise<string> {
  return JSON.stringify(await request('searchMessages', { query }));
}

describe('what a model thinks', () => {
  it('is in the page as it comes, ends with the first word of the answer, and is stored', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(start);
    await vi.waitFor(() => expect(shownParts(page)).toEqual([{ thought: '', isEnded: false }]));
    send(think('Hm'), think(', so'));
    await vi.waitFor(() =>
      expect(shownParts(page)).toEqual([{ thought: 'Hm, so', isEnded: false }]),
    );
    send(stop, say('Be'), say('cause.'));
    end();
    await page.last('done', 'Because.');
    const whole = [
      { thought: 'Hm, so', isEnded: true },
      { type: 'text', text: 'Because.' },
    ];
    expect(shownParts(page)).toEqual(whole);
    await vi.waitFor(async () => {
      expect(await storedParts()).toEqual(page.branch().at(-1)?.parts);
    });
  });

  it('may come in paragraphs, and again between the texts', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(start, think('a'), stop, start, think('b'), stop, say('One.'), think('c'), say('Two.'));
    end();
    await page.last('done', 'One.\n\nTwo.');
    expect(shownParts(page)).toEqual([
      { thought: 'a\n\nb', isEnded: true },
      { type: 'text', text: 'One.' },
      { thought: 'c', isEnded: true },
      { type: 'text', text: 'Two.' },
    ]);
  });

  it('is not sent back to the model, and gives no hit', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(think('a zebra'), say('Because.'));
    end();
    await page.last('done');
    await ask(page, 'And then?');
    expect(prompts.at(-1)?.map(({ content }) => content)).toEqual([
      [{ type: 'text', text: 'Why?' }],
      [{ type: 'text', text: 'Because.' }],
      [{ type: 'text', text: 'And then?' }],
    ]);
    send(say('Nothing.'));
    end();
    await page.last('done');
    await vi.waitFor(async () => expect(await found('because')).toContain('Because'));
    expect(await found('zebra')).not.toContain('zebra');
  });

  it('stays when the reply is stopped in the middle of it, and there is nothing to go on with', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(think('Hm'));
    await vi.waitFor(() => expect(shownParts(page)).toHaveLength(1));
    await page.stopReply();
    const { id: replyId } = await page.last('stopped');
    expect(shownParts(page)).toEqual([{ thought: 'Hm', isEnded: true }]);
    await page.continueReply(replyId);
    expect(streams).toHaveLength(1);
  });

  it('is left out when a reply goes on, so that the sentence has no gap', async () => {
    const page = await openThinker();
    await ask(page, 'Count');
    send(think('Numbers'), say('one two'));
    await page.last('streaming', 'one two');
    await page.stopReply();
    const { id: replyId } = await page.last('stopped');
    const going = page.continueReply(replyId);
    await vi.waitFor(() => expect(streams).toHaveLength(2));
    send(start, think('Where was I?'), stop, say('one two three'));
    end();
    await going;
    await page.last('done', 'one two three');
    expect(shownParts(page)).toEqual([
      { thought: 'Numbers', isEnded: true },
      { type: 'text', text: 'one two three' },
    ]);
  });
});

it('what stands in think tags is thought, and survives the end of the worker', async () => {
  const reply = stepped('<think> One by one. </think> one two');
  service.answerNext(reply);
  const page = await openPage();
  await page.say('Count');
  await reply.release(4);
  await vi.waitFor(() => expect(shownParts(page)).toMatchObject([{ isEnded: false }]));
  const thought = page.branch().at(-1)?.parts;
  expect(JSON.stringify(thought)).toContain('One by');
  await vi.waitFor(async () => expect(await storedParts()).toEqual(thought));
  killWorker();
  await page.last('interrupted', '');
  expect(page.branch().at(-1)?.parts).toEqual(thought);
});
