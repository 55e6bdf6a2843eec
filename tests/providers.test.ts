/** The contract that every provider keeps, over recorded answers. */
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { settingsOf, type Provider } from '@/lib/provider';
import { providers } from '@/lib/providers';
import { contextOf, hello, pictureOf, settle, streamText } from './fake-context';
import { png } from './fixtures/pictures';
import {
  isRecorded,
  pinnedRequests,
  recordedAnswers,
  recordsWords,
  type PinnedRequest,
  type RecordedAnswer,
} from './recorded';

const anyId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/u;

/** Those that chat, and whose answers are their own: the rows of a table share those of one. */
const recorded = providers.filter(({ description: { id } }) => recordsWords(id));

it.each(providers.filter((one) => isRecorded(one.description.id) && !recorded.includes(one)))(
  'the provider $description.id, of which no words are recorded, says that it does not chat',
  async (provider) => {
    const { context, asked } = contextOf(provider, { status: 200, headers: {}, body: png });
    const { error } = await settle(
      provider.languageModel('m', context).doStream({ prompt: hello }),
    );
    expect([error?.kind, asked]).toEqual(['unsupported', []]);
  },
);

/** A model that no description names is one of a list, for chat. */
function outputOf({ description }: Provider, model: string): 'text' | 'image' {
  return description.models.find((one) => one.id === model)?.output ?? 'text';
}

describe.each(recorded.map((provider) => [provider.description.id, provider] as const))(
  'the provider %s',
  (id, provider) => {
    const { description } = provider;
    const answers = recordedAnswers(id);
    const chats = answers.filter(({ model }) => outputOf(provider, model) === 'text');
    const pictures = answers.filter(({ model }) => outputOf(provider, model) === 'image');

    it('has recorded answers for everything it makes, good ones and bad ones', () => {
      expect(chats.some(({ error }) => error)).toBe(true);
      for (const { output } of description.models) {
        const some = output === 'image' ? pictures : chats;
        expect(some.some(({ error }) => error)).toBe(true);
        expect(some.some(({ error }) => !error)).toBe(true);
      }
    });

    describe.each(chats.map((answer) => [answer.about, answer] as const))('%s', (_, answer) => {
      it.each([
        ['whole', Infinity],
        ['cut at every byte', 1],
        ['cut at every third byte', 3],
      ])('streams exactly what was said and ends as it must, %s', async (__, size) => {
        const streamed = await streamText(provider, answer.model, answer, { size });
        expect(streamed).toMatchObject({
          text: answer.text ?? '',
          reasoning: answer.reasoning ?? '',
          images: answer.inlineImages ?? [],
          error: answer.error,
          end: answer.error ? undefined : endOf(answer),
        });
      });

      it('is the same in one piece: doGenerate', async () => {
        const { context } = contextOf(provider, answer);
        const model = provider.languageModel(answer.model, context);
        expect(await settle(model.doGenerate({ prompt: hello }))).toMatchObject(
          answer.error
            ? { error: answer.error }
            : { result: { content: contentOf(answer), ...endOf(answer) } },
        );
      });
    });

    describe.each(pictures.map((answer) => [answer.about, answer] as const))('%s', (_, answer) => {
      it.each([
        ['whole', Infinity],
        ['cut at every byte', 1],
      ])('draws or says why not, %s', async (__, size) => {
        const { context, asked } = contextOf(provider, answer, { size });
        const model = provider.imageModel(answer.model, context);
        expect(await settle(model.doGenerate(pictureOf('cat')))).toMatchObject(
          answer.error ? { error: answer.error } : { result: { images: [png] } },
        );
        expect(asked.slice(1).map(({ url, init }) => [url, init.credentials])).toEqual(
          answer.picture ? [[answer.picture.url, 'omit']] : [],
        );
      });
    });

    it('has pinned requests, unless nothing leaves this computer', () => {
      expect(pinnedRequests(id).length > 0).toBe(description.kind !== 'browser');
    });

    for (const pinned of pinnedRequests(id)) {
      it(`sends what the service expects: ${pinned.about}`, async () => {
        const answer = answers.find(({ error }) => !error);
        const own = answers.find(({ model, error }) => model === pinned.model && !error);
        expect(await sentFor(provider, pinned, own ?? answer)).toEqual({
          url: pinned.url,
          method: pinned.method,
          credentials: pinned.credentials,
          headers: pinned.headers,
          body: pinned.body,
        });
      });
    }

    describe('a stream', () => {
      const proper = chats.find(({ name }) => name === 'words');
      const broken = chats.find(({ name }) => name === 'cut');
      if (!proper || !broken) throw new Error(`${id} has no answer "words" or none "cut"`);

      it('is framed as the AI SDK has it: start, deltas, end, finish', async () => {
        const { parts } = await streamText(provider, proper.model, proper, { size: 20 });
        const types = parts.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
        expect(types).toEqual(['stream-start', 'text-start', 'text-delta', 'text-end', 'finish']);
        expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } });
      });

      it('that breaks hands out its text first and ends with the error', async () => {
        const { parts, text } = await streamText(provider, broken.model, broken, { size: 500 });
        expect(text).toBe(broken.text);
        expect(parts.at(-1)?.type).toBe('error');
        expect(parts.some(({ type }) => type === 'finish')).toBe(false);
      });

      it('closes the body when its reader lets go', async () => {
        const { context, bodies } = contextOf(provider, proper, { size: 8 });
        const model = provider.languageModel(proper.model, context);
        const { stream } = await model.doStream({ prompt: hello });
        for await (const part of stream) if (part.type === 'text-delta') break;
        expect(bodies[0]?.isCancelled).toBe(true);
      });

      it('is never asked for when it was aborted before', async () => {
        const { context, asked, bodies } = contextOf(provider, proper);
        const model = provider.languageModel(proper.model, context);
        const abortSignal = AbortSignal.abort();
        await expect(model.doStream({ prompt: hello, abortSignal })).rejects.toMatchObject({
          name: 'AbortError',
        });
        expect([asked, bodies]).toEqual([[], []]);
      });

      it('aborted in the middle keeps what came and fails with the abort', async () => {
        const { context } = contextOf(provider, proper, { size: 14 });
        const controller = new AbortController();
        const model = provider.languageModel(proper.model, context);
        const abortSignal = controller.signal;
        const { stream } = await model.doStream({ prompt: hello, abortSignal });
        const types: string[] = [];
        const reading = (async () => {
          for await (const part of stream) {
            types.push(part.type);
            if (part.type === 'text-delta') controller.abort();
          }
        })();
        await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
        expect(types.filter((type) => type === 'text-delta')).toHaveLength(1);
        expect(types).not.toContain('finish');
      });
    });
  },
);

/** What the service gets to see of a prompt. */
async function sentFor(
  provider: Provider,
  pinned: PinnedRequest,
  answer: RecordedAnswer | undefined,
) {
  if (!answer) throw new Error(`no proper answer of ${provider.description.id} is recorded`);
  const { context, asked } = contextOf(provider, answer);
  context.settings = settingsOf(provider.description, pinned.settings);
  await (outputOf(provider, pinned.model) === 'image'
    ? provider
        .imageModel(pinned.model, context)
        .doGenerate(pictureOf(pinned.prompt.at(-1)?.text ?? ''))
    : provider
        .languageModel(pinned.model, context)
        .doGenerate({ prompt: toPrompt(pinned), ...pinned.options }));
  const { url, init } = asked[0] ?? { url: '', init: {} };
  const body = typeof init.body === 'string' ? init.body : '';
  return {
    url,
    method: init.method,
    credentials: init.credentials,
    headers: Object.fromEntries(new Headers(init.headers)),
    body: JSON.parse(body.replace(anyId, 'UUID')),
  };
}

function toPrompt({ prompt }: PinnedRequest): LanguageModelV4Prompt {
  return prompt.map(({ role, text, image, more }) => {
    if (role === 'system') return { role, content: text };
    const data = { type: 'data' as const, data: Buffer.from(image ?? '', 'base64') };
    return {
      role,
      content: [
        { type: 'text' as const, text },
        ...(image ? [{ type: 'file' as const, mediaType: 'image/png', data }] : []),
        ...(more ? [{ type: 'text' as const, text: more }] : []),
      ],
    };
  });
}

function contentOf({ text, reasoning, inlineImages = [] }: RecordedAnswer) {
  return [
    ...(reasoning ? [{ type: 'reasoning', text: reasoning }] : []),
    ...(text ? [{ type: 'text', text }] : []),
    ...inlineImages.map((data) => ({ type: 'file', mediaType: 'image/png', data: { data } })),
  ];
}

function endOf({ finish = 'stop', usage }: RecordedAnswer) {
  return {
    finishReason: { unified: finish },
    ...(usage && {
      usage: {
        inputTokens: { total: usage.input, cacheRead: usage.cached },
        outputTokens: { total: usage.output, reasoning: usage.reasoning },
      },
    }),
  };
}
