/** The contract that every provider keeps, over recorded answers. */
import { describe, expect, it } from 'vitest';
import { settingsOf } from '@/lib/provider';
import { providers } from '@/lib/providers';
import en from '../public/_locales/en/messages.json';
import { contextOf, hello, pictureOf, settle, streamText } from './fake-context';
import { png } from './fixtures/pictures';
import { pinnedRequests, recordedAnswers } from './recorded';

const anyId = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/u;

describe.each(providers.map((provider) => [provider.description.id, provider] as const))(
  'the provider %s',
  (id, provider) => {
    const { description } = provider;
    const answers = recordedAnswers(id);
    const outputOf = (model: string) => description.models.find((one) => one.id === model)?.output;
    const chats = answers.filter(({ model }) => outputOf(model) === 'text');
    const pictures = answers.filter(({ model }) => outputOf(model) === 'image');

    it('has recorded answers for everything it makes, good ones and bad ones', () => {
      for (const { output } of description.models) {
        const recorded = output === 'image' ? pictures : chats;
        expect(recorded.some(({ error }) => error)).toBe(true);
        expect(recorded.some(({ error }) => !error)).toBe(true);
      }
    });

    describe.each(chats.map((answer) => [answer.about, answer] as const))('%s', (_, answer) => {
      it.each([
        ['whole', Infinity],
        ['cut at every byte', 1],
        ['cut at every third byte', 3],
      ])('streams the exact text and ends as it must, %s', async (__, size) => {
        const streamed = await streamText(provider, answer.model, answer, { size });
        expect(streamed).toMatchObject({ text: answer.text ?? '', error: answer.error });
      });

      it('is the same in one piece: doGenerate', async () => {
        const { context } = contextOf(provider, answer);
        const model = provider.languageModel(answer.model, context);
        const content = [{ type: 'text', text: answer.text }];
        expect(await settle(model.doGenerate({ prompt: hello }))).toMatchObject(
          answer.error ? { error: answer.error } : { result: { content } },
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

    describe('a request', () => {
      it.each(pinnedRequests(id).map((request) => [request.about, request] as const))(
        'is as the service expects it: %s',
        async (_, pinned) => {
          const answer = answers.find(({ model, error }) => model === pinned.model && !error);
          if (!answer) throw new Error(`no proper answer of ${pinned.model} is recorded`);
          const { context, asked } = contextOf(provider, answer);
          context.settings = settingsOf(description, pinned.settings);
          const prompt = pinned.prompt.map(({ role, text }) =>
            role === 'system'
              ? { role, content: text }
              : { role, content: [{ type: 'text' as const, text }] },
          );
          await (outputOf(pinned.model) === 'image'
            ? provider
                .imageModel(pinned.model, context)
                .doGenerate(pictureOf(pinned.prompt.at(-1)?.text ?? ''))
            : provider.languageModel(pinned.model, context).doGenerate({ prompt }));
          const { url, init } = asked[0] ?? { url: '', init: {} };
          const body = typeof init.body === 'string' ? init.body : '';
          expect({
            url,
            method: init.method,
            credentials: init.credentials,
            headers: Object.fromEntries(new Headers(init.headers)),
            body: JSON.parse(body.replace(anyId, 'UUID')),
          }).toEqual({
            url: pinned.url,
            method: pinned.method,
            credentials: pinned.credentials,
            headers: pinned.headers,
            body: pinned.body,
          });
        },
      );
    });

    describe('a stream', () => {
      const proper = chats.find(({ error }) => !error);
      if (!proper) throw new Error(`no proper answer of ${id} is recorded`);

      it('is framed as the AI SDK has it: start, deltas, end, finish', async () => {
        const { parts } = await streamText(provider, proper.model, proper, { size: 20 });
        const types = parts.map(({ type }) => type).filter((type, i, all) => type !== all[i - 1]);
        expect(types).toEqual(['stream-start', 'text-start', 'text-delta', 'text-end', 'finish']);
        expect(parts.at(-1)).toMatchObject({ finishReason: { unified: 'stop' } });
      });

      it('that breaks hands out its text first and ends with the error', async () => {
        const cut = { ...proper, isCut: true };
        const { parts, text } = await streamText(provider, proper.model, cut, { size: 5 });
        expect(text).toBe(proper.text);
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
        const { context, asked } = contextOf(provider, proper);
        const model = provider.languageModel(proper.model, context);
        const abortSignal = AbortSignal.abort();
        await expect(model.doStream({ prompt: hello, abortSignal })).rejects.toMatchObject({
          name: 'AbortError',
        });
        expect(asked).toEqual([]);
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

    describe('its description', () => {
      it('is plain data', () => {
        expect(structuredClone(description)).toEqual(description);
        expect(JSON.parse(JSON.stringify(description))).toEqual(description);
      });

      it('names hosts as match patterns of the web, each host by itself', () => {
        expect(description.hosts.length).toBeGreaterThan(0);
        for (const host of description.hosts) {
          expect(host).toMatch(/^https:\/\/(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)+\/\*$/u);
        }
      });

      it('asks at install for the hosts that its requests go to', () => {
        const addresses = description.fields.filter((field) => field.id === 'address');
        expect(description.hosts).toEqual(
          expect.arrayContaining(addresses.map((field) => `${field.default}/*`)),
        );
      });

      it('has an id and models that no other has', () => {
        expect(providers.filter((other) => other.description.id === id)).toHaveLength(1);
        const models = description.models.map((model) => model.id);
        expect(models.length).toBeGreaterThan(0);
        expect(new Set(models).size).toBe(models.length);
      });

      it('has a label for every field, and addresses that are origins', () => {
        const labels = description.fields.map((field) => `providerField_${field.id}`);
        expect(Object.keys(en)).toEqual(expect.arrayContaining(labels));
        const addresses = description.fields.filter((field) => field.id === 'address');
        expect(addresses.map((field) => new URL(field.default).origin)).toEqual(
          addresses.map((field) => field.default),
        );
      });

      it('is what its models say of themselves', () => {
        const { context } = contextOf(provider, { status: 200, headers: {}, body: png });
        for (const { id: modelId, output } of description.models) {
          const model =
            output === 'image'
              ? provider.imageModel(modelId, context)
              : provider.languageModel(modelId, context);
          expect(model).toMatchObject({ specificationVersion: 'v4', provider: id, modelId });
        }
      });
    });
  },
);
