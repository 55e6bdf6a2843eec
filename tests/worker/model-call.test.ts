/** What a model is called with, what it tells at its end, and the sums of that. */
import { monthOf } from '@/lib/month';
import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatOptions } from '@/lib/chat-options';
import type { ModelRef } from '@/lib/conversation';
import type { Provider } from '@/lib/provider';
import { activeProviders, monthlyUse, systemPrompt } from '@/lib/settings';
import {
  killWorker,
  openPage,
  request,
  setUpRoundTrip,
  storedMessages,
  worker,
} from '../round-trip';
import { providerInfo } from '../samples';

setUpRoundTrip();

const deep: ModelRef = { provider: 'counter', model: 'deep' };
const swift: ModelRef = { provider: 'counter', model: 'swift' };
const plain: ModelRef = { provider: 'counter', model: 'plain' };

let calls: LanguageModelV4CallOptions[];
/** Models that were asked, in order. */
let models: string[];
let finishReason: LanguageModelV4FinishReason;
let tokens: { input?: number; output?: number; reasoning?: number };

/** Says one word and ends as told. */
const counter: Provider = {
  description: {
    ...providerInfo(),
    id: 'counter',
    name: 'Counter',
    models: [
      { id: 'plain', output: 'text' },
      { id: 'deep', output: 'text', reasons: true },
      { id: 'swift', output: 'text', reasons: true, canSkipThinking: true },
    ],
  },
  languageModel: (modelId) => ({
    specificationVersion: 'v4',
    provider: 'counter',
    modelId,
    supportedUrls: {},
    doStream(options) {
      calls.push(options);
      models.push(modelId);
      const { input, output, reasoning } = tokens;
      const inputTokens = {
        total: input,
        noCache: input,
        cacheRead: undefined,
        cacheWrite: undefined,
      };
      const outputTokens = { total: output, text: output, reasoning };
      const parts: LanguageModelV4StreamPart[] = [
        { type: 'text-delta', id: '1', delta: 'word' },
        { type: 'finish', finishReason, usage: { inputTokens, outputTokens } },
      ];
      const stream = new ReadableStream<LanguageModelV4StreamPart>({
        start(controller) {
          for (const part of parts) controller.enqueue(part);
          controller.close();
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
  calls = [];
  models = [];
  finishReason = { unified: 'stop', raw: 'stop' };
  tokens = {};
  const { providers } = await import('@/lib/providers');
  providers.push(counter);
  await activeProviders.setValue(['ai-chats', 'counter']);
});

async function openCounter(model = plain) {
  const page = await openPage();
  await page.selectModel(model);
  await page.until(({ conversation }) => conversation?.model.model === model.model);
  return page;
}

async function setOptions(page: Awaited<ReturnType<typeof openPage>>, options: ChatOptions) {
  await request('setOptions', { conversationId: page.state().conversation?.id ?? '', options });
}

describe('how a model answers', () => {
  it.each<[string, ModelRef, ChatOptions, Partial<LanguageModelV4CallOptions>]>([
    ['as its makers mean it', deep, {}, {}],
    [
      'as it was set',
      deep,
      { temperature: 0, maxTokens: 500, effort: 'high' },
      { temperature: 0, maxOutputTokens: 500, reasoning: 'high' },
    ],
    [
      'without effort where it does not reason',
      plain,
      { effort: 'low', temperature: 1.5 },
      { temperature: 1.5 },
    ],
    ['without thinking where it can', swift, { effort: 'none' }, { reasoning: 'none' }],
    ['with thinking where it cannot do without', deep, { effort: 'none' }, {}],
    [
      'within what a service may take',
      plain,
      { temperature: 9, maxTokens: -3, system: '  ' },
      { temperature: 2 },
    ],
  ])('%s', async (_, model, options, expected) => {
    const page = await openCounter(model);
    await setOptions(page, options);
    await page.say('Hello');
    await page.last('done');
    const { prompt, abortSignal, ...called } = calls[0] ?? { prompt: [] };
    expect(abortSignal).toBeDefined();
    expect(prompt.map(({ role }) => role)).toEqual(['user']);
    expect(called).toEqual(expected);
  });

  it('follows the word of Settings, and that of the conversation in its place', async () => {
    await systemPrompt.setValue('Answer in rhyme.');
    const page = await openCounter();
    await page.say('Hello');
    await page.last('done');
    await setOptions(page, { system: 'Be brief.' });
    await page.say('Again');
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    await page.last('done');
    expect(calls.map(({ prompt }) => prompt[0])).toEqual([
      { role: 'system', content: 'Answer in rhyme.' },
      { role: 'system', content: 'Be brief.' },
    ]);
  });

  it('is kept with the conversation, also when the worker ends', async () => {
    const page = await openCounter();
    await setOptions(page, { temperature: 0.3, system: 'Be brief.' });
    await page.say('Hello');
    await page.last('done');
    const conversationId = page.state().conversation?.id ?? '';
    await vi.waitFor(async () => {
      expect((await storedMessages(conversationId)).at(-1)?.state).toBe('done');
    });
    killWorker();
    const again = await openPage({ conversationId });
    expect(again.state().conversation?.options).toEqual({ temperature: 0.3, system: 'Be brief.' });
    await setOptions(again, {});
    const { conversation } = await again.until((state) => !state.conversation?.options);
    expect(conversation).not.toHaveProperty('options');
  });

  it('may be another model for one version, and the conversation stays with its own', async () => {
    const page = await openCounter();
    await page.say('Hello');
    const { id } = await page.last('done');
    await page.regenerateReply(id, deep);
    await page.until(() => page.branch().at(-1)?.id !== id);
    expect((await page.last('done')).model).toEqual(deep);
    expect(models).toEqual(['plain', 'deep']);
    expect(page.state().conversation?.model).toEqual(plain);
  });
});

it('a conversation goes on with another model, which reads what was said before', async () => {
  const page = await openCounter();
  await page.say('Hello');
  await page.last('done');
  await page.selectModel(deep);
  await page.until(({ conversation }) => conversation?.model.model === 'deep');
  await page.say('Again');
  await page.until(() => page.branch().length === 4);
  expect((await page.last('done')).model).toEqual(deep);
  expect(models).toEqual(['plain', 'deep']);
  expect(calls[1]?.prompt).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
    { role: 'assistant', content: [{ type: 'text', text: 'word' }] },
    { role: 'user', content: [{ type: 'text', text: 'Again' }] },
  ]);
});

describe('what a model tells at its end', () => {
  it('stands in the reply, in the page and on disk', async () => {
    tokens = { input: 12, output: 30, reasoning: 7 };
    const page = await openCounter();
    await page.say('Hello');
    const reply = await page.last('done');
    expect(reply.usage).toEqual({ input: 12, output: 30, reasoning: 7 });
    expect(reply.firstAt).toBeGreaterThanOrEqual(reply.createdAt);
    expect(reply.firstAt).toBeLessThanOrEqual(reply.endedAt ?? 0);
    await vi.waitFor(async () => {
      expect(await worker.database.messages.get(reply.id)).toMatchObject({
        usage: { input: 12, output: 30, reasoning: 7 },
        firstAt: reply.firstAt,
      });
    });
  });

  it.each([
    ['nothing', {}],
    ['nonsense', { input: NaN, output: -1 }],
  ])('may be %s', async (_, told) => {
    tokens = told;
    const page = await openCounter();
    await page.say('Hello');
    expect(await page.last('done')).not.toHaveProperty('usage');
  });

  it('may be that the answer was cut at its limit: then it can go on', async () => {
    finishReason = { unified: 'length', raw: 'length' };
    const page = await openCounter();
    await page.say('Hello');
    const { id, isAtLimit } = await page.last('done', 'word');
    expect(isAtLimit).toBe(true);
    finishReason = { unified: 'stop', raw: 'stop' };
    await page.continueReply(id);
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    await page.until(
      () => page.branch().at(-1)?.state === 'done' && !page.branch().at(-1)?.isAtLimit,
    );
    const stored = await storedMessages(page.state().conversation?.id ?? '');
    expect(stored.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });

  it('may be that a filter cut the answer', async () => {
    finishReason = { unified: 'content-filter', raw: 'SAFETY' };
    const page = await openCounter();
    await page.say('Hello');
    expect(await page.last('done', 'word')).toMatchObject({ isFiltered: true });
  });

  it('is no more to be continued where the answer was whole', async () => {
    const page = await openCounter();
    await page.say('Hello');
    const { id } = await page.last('done');
    await page.continueReply(id);
    expect(calls).toHaveLength(1);
  });
});

describe('the sums of a month', () => {
  it('count replies and tokens of each provider, of twelve months', async () => {
    const old = Object.fromEntries(
      Array.from({ length: 12 }, (_, month) => [`2001-${String(month + 1).padStart(2, '0')}`, {}]),
    );
    await monthlyUse.setValue(old);
    tokens = { input: 10, output: 3 };
    const page = await openCounter();
    await page.say('One');
    await page.last('done');
    tokens = {};
    await page.say('Two');
    await vi.waitFor(async () => {
      const all = await monthlyUse.getValue();
      expect(all[monthOf(Date.now())]).toEqual({ counter: { replies: 2, input: 10, output: 3 } });
      expect(Object.keys(all)).toHaveLength(12);
      expect(all).not.toHaveProperty('2001-01');
    });
  });
});
