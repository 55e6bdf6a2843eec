/** What models think before they answer: from a provider through the worker to the page and the disk. */
import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message, ModelRef, Part } from '@/lib/conversation';
import type { Provider } from '@/lib/provider';
import {
  killWorker,
  openPage,
  request,
  service,
  setUpRoundTrip,
  worker,
  type Page,
} from '../round-trip';
import { providerInfo } from '../samples';
import { stepped } from '../stand-ins/ai-chats.ts';

setUpRoundTrip();

const deep: ModelRef = { provider: 'thinker', model: 'deep' };

/** Puts parts on the stream of the running reply. */
let streams: ReadableStreamDefaultController<LanguageModelV4StreamPart>[];
let prompts: LanguageModelV4Prompt[];

/** A provider whose streams the test writes. */
const thinker: Provider = {
  description: {
    ...providerInfo(),
    id: 'thinker',
    name: 'Thinker',
    models: [{ id: 'deep', output: 'text' }],
  },
  languageModel: () => ({
    specificationVersion: 'v4',
    provider: 'thinker',
    modelId: 'deep',
    supportedUrls: {},
    doStream({ prompt, abortSignal }) {
      prompts.push(prompt);
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          streams.push(controller);
          abortSignal?.addEventListener('abort', () => controller.error(abortSignal.reason));
        },
      });
      return Promise.resolve({ stream });
    },
    doGenerate: () => Promise.reject(new Error('nobody asks for it')),
  }),
  imageModel: () => {
    throw new Error('it draws nothing');
  },
};

beforeEach(async () => {
  streams = [];
  prompts = [];
  await lendThinker();
});

/** To the worker that started last. */
async function lendThinker(): Promise<void> {
  const { providers } = await import('@/lib/providers');
  providers.push(thinker);
}

async function ask(page: Page, text: string): Promise<void> {
  const count = streams.length;
  await page.say(text);
  await vi.waitFor(() => expect(streams).toHaveLength(count + 1));
}

async function openThinker(): Promise<Page> {
  const page = await openPage();
  await page.selectModel(deep);
  await page.until(({ conversation }) => conversation?.model.model === 'deep');
  return page;
}

function send(...parts: LanguageModelV4StreamPart[]): void {
  for (const part of parts) streams.at(-1)?.enqueue(part);
}

const id = 'x';
const start = { type: 'reasoning-start', id } as const;
const think = (delta: string) => ({ type: 'reasoning-delta', id, delta }) as const;
const stop = { type: 'reasoning-end', id } as const;
const say = (delta: string) => ({ type: 'text-delta', id, delta }) as const;

/** The parts without times, but with whether there is an end that comes after the beginning. */
function shown(parts: Part[]) {
  return parts.map((part) => {
    if (part.type !== 'reasoning') return part;
    const { text, startedAt, endedAt } = part;
    return { thought: text, isEnded: endedAt !== undefined && endedAt >= startedAt };
  });
}

const partsOf = (page: Page) => shown(page.branch().at(-1)?.parts ?? []);

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
    await vi.waitFor(() => expect(partsOf(page)).toEqual([{ thought: '', isEnded: false }]));
    send(think('Hm'), think(', so'));
    await vi.waitFor(() => expect(partsOf(page)).toEqual([{ thought: 'Hm, so', isEnded: false }]));
    send(stop, say('Be'), say('cause.'));
    streams.at(-1)?.close();
    await page.last('done', 'Because.');
    const whole = [
      { thought: 'Hm, so', isEnded: true },
      { type: 'text', text: 'Because.' },
    ];
    expect(partsOf(page)).toEqual(whole);
    await vi.waitFor(async () => {
      expect(await storedParts()).toEqual(page.branch().at(-1)?.parts);
    });
  });

  it('may come in paragraphs, and again between the texts', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(start, think('a'), stop, start, think('b'), stop, say('One.'), think('c'), say('Two.'));
    streams.at(-1)?.close();
    await page.last('done', 'One.\n\nTwo.');
    expect(partsOf(page)).toEqual([
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
    streams.at(-1)?.close();
    await page.last('done');
    await ask(page, 'And then?');
    expect(prompts.at(-1)?.map(({ content }) => content)).toEqual([
      [{ type: 'text', text: 'Why?' }],
      [{ type: 'text', text: 'Because.' }],
      [{ type: 'text', text: 'And then?' }],
    ]);
    streams.at(-1)?.close();
    await page.last('done');
    await vi.waitFor(async () => expect(await found('because')).toContain('Because'));
    expect(await found('zebra')).not.toContain('zebra');
  });

  it('stays when the reply is stopped in the middle of it, and there is nothing to go on with', async () => {
    const page = await openThinker();
    await ask(page, 'Why?');
    send(think('Hm'));
    await vi.waitFor(() => expect(partsOf(page)).toHaveLength(1));
    await page.stopReply();
    const { id: replyId } = await page.last('stopped');
    expect(partsOf(page)).toEqual([{ thought: 'Hm', isEnded: true }]);
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
    streams.at(-1)?.close();
    await going;
    await page.last('done', 'one two three');
    expect(partsOf(page)).toEqual([
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
  await vi.waitFor(() => expect(partsOf(page)).toMatchObject([{ isEnded: false }]));
  const thought = page.branch().at(-1)?.parts;
  expect(JSON.stringify(thought)).toContain('One by');
  await vi.waitFor(async () => expect(await storedParts()).toEqual(thought));
  killWorker();
  await page.last('interrupted', '');
  expect(page.branch().at(-1)?.parts).toEqual(thought);
});
