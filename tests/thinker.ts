/** A provider whose streams the test writes, lent to the worker that runs. */
import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { beforeEach, expect, vi } from 'vitest';
import type { Part } from '@/lib/conversation';
import type { Provider, ProviderContext } from '@/lib/provider';
import { activeProviders } from '@/lib/settings';
import { openPage, type Page } from './round-trip';
import { providerInfo } from './samples';

/** Of every reply that was asked for: puts parts on its stream. */
export const streams: ReadableStreamDefaultController<LanguageModelV4StreamPart>[] = [];
export const prompts: LanguageModelV4Prompt[] = [];
export const contexts: ProviderContext[] = [];

const thinker: Provider = {
  description: {
    ...providerInfo(),
    id: 'thinker',
    name: 'Thinker',
    models: [
      { id: 'deep', output: 'text' },
      { id: 'eye', output: 'text', seesImages: true },
    ],
  },
  languageModel: (_, context) => ({
    specificationVersion: 'v4',
    provider: 'thinker',
    modelId: 'deep',
    supportedUrls: {},
    doStream({ prompt, abortSignal }) {
      prompts.push(prompt);
      contexts.push(context);
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

/** Lends it to the worker that `setUpRoundTrip` starts before each test. */
export function setUpThinker(): void {
  beforeEach(async () => {
    for (const list of [streams, prompts, contexts]) list.length = 0;
    const { providers } = await import('@/lib/providers');
    providers.push(thinker);
    await activeProviders.setValue(['ai-chats', 'thinker']);
  });
}

export async function openThinker(model = 'deep'): Promise<Page> {
  const page = await openPage();
  await page.selectModel({ provider: 'thinker', model });
  await page.until(({ conversation }) => conversation?.model.model === model);
  return page;
}

export async function ask(page: Page, text: string): Promise<void> {
  const count = streams.length;
  await page.say(text);
  await vi.waitFor(() => expect(streams).toHaveLength(count + 1));
}

export function send(...parts: LanguageModelV4StreamPart[]): void {
  for (const part of parts) streams.at(-1)?.enqueue(part);
}

/** Ends the reply as a model does that has said everything. */
export function end(): void {
  const tokens = { total: undefined, text: undefined, reasoning: undefined };
  const inputTokens = {
    ...tokens,
    noCache: undefined,
    cacheRead: undefined,
    cacheWrite: undefined,
  };
  send({
    type: 'finish',
    finishReason: { unified: 'stop', raw: 'stop' },
    usage: { inputTokens, outputTokens: tokens },
  });
  streams.at(-1)?.close();
}

const id = 'x';
export const start = { type: 'reasoning-start', id } as const;
export const think = (delta: string) => ({ type: 'reasoning-delta', id, delta }) as const;
export const stop = { type: 'reasoning-end', id } as const;
export const say = (delta: string) => ({ type: 'text-delta', id, delta }) as const;

/** The last message's parts without times, but with whether there is an end that comes after the beginning. */
export function shownParts(page: Page) {
  return (page.branch().at(-1)?.parts ?? []).map(shown);
}

function shown(part: Part) {
  if (part.type !== 'reasoning') return part;
  const { text, startedAt, endedAt } = part;
  return { thought: text, isEnded: endedAt !== undefined && endedAt >= startedAt };
}
