/** The lists of models of the providers whose own protocol has one. */
import { describe, expect, it } from 'vitest';
import { anthropic } from '@/lib/providers/anthropic';
import { builtIn } from '@/lib/providers/built-in';
import { google } from '@/lib/providers/google';
import { lmStudio } from '@/lib/providers/lm-studio';
import { ollama } from '@/lib/providers/ollama';
import { openAICompatible } from '@/lib/providers/openai-compatible';
import { providers } from '@/lib/providers';
import { listModels } from './listing';
import { isRecorded, recordedList } from './recorded';

/** All that ask a service for their models. */
const listing = providers.filter(
  (one) => one.listModels !== undefined && one.description.kind !== 'browser',
);

it.each(listing.filter(({ description: { id } }) => isRecorded(id)))(
  'the list of $description.id is asked for and read as models.json has it',
  async (provider) => {
    const recorded = recordedList(provider.description.id);
    const { settings, url, headers, answers, models, source } = recorded;
    const answer = (path: string) =>
      path in answers ? Response.json(answers[path]) : new Response('', { status: 404 });
    const listed = await listModels(provider, answer, settings && { settings });
    expect(listed.asked[0]).toEqual({ url, method: 'GET', headers, body: '' });
    expect(listed.models).toEqual(models);
    expect(URL.canParse(source)).toBe(true);
  },
);

it.each(listing)(
  'the list of $description.id that is a web page, or refused for its key, fails in words',
  async (provider) => {
    const settings = { address: 'https://own.example' };
    const asked = (answer: Response) => listModels(provider, () => answer, { settings });
    const page = await asked(new Response('<!doctype html>'));
    const refused = await asked(new Response('', { status: 401 }));
    expect([page.kind, refused.kind]).toEqual(['bad-reply', 'unauthorized']);
  },
);

const many = Array.from({ length: 10_000 }, (_, index) => `m${index}`);

const anthropicEntry = (id: string, image?: boolean, thinking?: boolean) => ({
  type: 'model',
  id,
  display_name: id,
  ...(image !== undefined && {
    capabilities: { image_input: { supported: image }, thinking: { supported: thinking } },
  }),
});

const geminiEntry = (name: string, thinking = false, method = 'generateContent') => ({
  name,
  displayName: name,
  supportedGenerationMethods: [method, 'countTokens'],
  ...(thinking && { thinking }),
});

const tags = (...names: string[]) =>
  Response.json({ models: names.map((name) => ({ name, model: name, size: 1 })) });

// https://platform.claude.com/docs/en/api/models/list
describe('Anthropic’s list', () => {
  it('tells what a model can do, by its name where the service does not', async () => {
    const data = [
      anthropicEntry('claude-opus-5', true, true),
      anthropicEntry('odd', false, false),
      anthropicEntry('claude-3-haiku-20240307'),
      anthropicEntry('claude-sonnet-4-5'),
      anthropicEntry('MiniMax-M3'),
      {},
      null,
    ];
    expect((await listModels(anthropic, () => Response.json({ data }))).models).toEqual([
      {
        id: 'claude-opus-5',
        output: 'text',
        seesImages: true,
        reasons: true,
        takes: ['maxTokens'],
      },
      { id: 'odd', output: 'text' },
      { id: 'claude-3-haiku-20240307', output: 'text', seesImages: true },
      {
        id: 'claude-sonnet-4-5',
        output: 'text',
        seesImages: true,
        reasons: true,
        canSkipThinking: true,
      },
      { id: 'MiniMax-M3', output: 'text' },
    ]);
  });

  it('that is none fails in words', async () => {
    const { kind } = await listModels(anthropic, () => Response.json({ models: [] }));
    expect(kind).toBe('bad-reply');
  });
});

// https://ai.google.dev/api/models
describe('Gemini’s list', () => {
  it('names what one can chat or draw with, and what it can do', async () => {
    const models = [
      geminiEntry('models/gemini-2.5-pro', true),
      geminiEntry('models/gemini-2.5-flash', true),
      geminiEntry('models/gemini-3-flash', true),
      geminiEntry('models/gemini-2.5-flash-image'),
      geminiEntry('models/nano-banana-pro-preview'),
      geminiEntry('models/gemma-3-1b-it'),
      geminiEntry('models/gemma-4-31b-it'),
      geminiEntry('models/gemini-2.5-flash-preview-tts'),
      geminiEntry('models/text-embedding-004', false, 'embedContent'),
      geminiEntry('models/gemini-embedding-001'),
      geminiEntry('tunedModels/mine'),
      {},
    ];
    const sizes = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];
    const draws = { output: 'image', seesImages: true, sizes, mostImages: 4 };
    expect((await listModels(google, () => Response.json({ models }))).models).toEqual([
      { id: 'gemini-2.5-pro', output: 'text', seesImages: true, reasons: true },
      {
        id: 'gemini-2.5-flash',
        output: 'text',
        seesImages: true,
        reasons: true,
        canSkipThinking: true,
      },
      { id: 'gemini-3-flash', output: 'text', seesImages: true, reasons: true },
      { id: 'gemini-2.5-flash-image', ...draws },
      { id: 'nano-banana-pro-preview', ...draws },
      { id: 'gemma-3-1b-it', output: 'text' },
      { id: 'gemma-4-31b-it', output: 'text', seesImages: true },
      { id: 'tunedModels/mine', output: 'text' },
    ]);
  });

  it('that is none fails in words', async () => {
    expect((await listModels(google, () => Response.json([]))).kind).toBe('bad-reply');
  });
});

// https://docs.ollama.com/api/tags and https://docs.ollama.com/api-reference/show-model-details
describe('Ollama’s list', () => {
  const abilities: Record<string, string[]> = {
    'qwen3-vl:8b': ['completion', 'vision', 'thinking', 'tools'],
    'gpt-oss:20b': ['completion', 'thinking'],
    'nomic-embed-text:latest': ['embedding'],
  };
  const answer = (path: string, body: string) => {
    if (path === '/api/tags') return tags(...Object.keys(abilities), 'old', 'gone');
    const { model }: { model: string } = JSON.parse(body);
    if (model === 'gone') return new Response('{"error":"not found"}', { status: 404 });
    return Response.json({
      details: {},
      ...(abilities[model] && { capabilities: abilities[model] }),
    });
  };

  it('tells what each model says that it can do', async () => {
    const { models, asked } = await listModels(ollama, answer, { key: '' });
    expect(models).toEqual([
      {
        id: 'qwen3-vl:8b',
        output: 'text',
        seesImages: true,
        reasons: true,
        canSkipThinking: true,
      },
      { id: 'gpt-oss:20b', output: 'text', reasons: true },
      { id: 'old', output: 'text' },
      { id: 'gone', output: 'text' },
    ]);
    expect(asked[0]).toMatchObject({ url: 'http://localhost:11434/api/tags', headers: {} });
    expect(asked[1]).toMatchObject({
      url: 'http://localhost:11434/api/show',
      method: 'POST',
      body: '{"model":"qwen3-vl:8b"}',
    });
  });

  it.each(['http://192.168.1.5:11434', 'http://192.168.1.5:11434/', 'http://192.168.1.5:11434/v1'])(
    'is found from the address %s',
    async (address) => {
      const { asked } = await listModels(ollama, () => tags(), { settings: { address } });
      expect(asked.map(({ url }) => url)).toEqual(['http://192.168.1.5:11434/api/tags']);
    },
  );

  it('of 10,000 models does not ask each of them', async () => {
    const { models, asked } = await listModels(ollama, (path) =>
      path === '/api/tags' ? tags(...many) : Response.json({}),
    );
    expect(models).toHaveLength(10_000);
    expect(asked).toHaveLength(101);
  });
});

// https://openrouter.ai/docs/api/api-reference/api-keys/get-current-key
describe('OpenRouter’s list, which anybody may read', () => {
  const openRouter = openAICompatible.find(({ description: { id } }) => id === 'openrouter');
  if (!openRouter) throw new Error('there is no such row');
  const list = Response.json({ data: [{ id: 'a/b' }] });
  const answer = (status: number) => (path: string) =>
    path === '/api/v1/key' ? new Response('{}', { status }) : list.clone();

  it.each([
    [200, undefined, 1],
    [401, 'unauthorized', 0],
    // A gateway that knows no such path.
    [404, undefined, 1],
  ])('after the key was answered with %i', async (status, kind, count) => {
    const listed = await listModels(openRouter, answer(status));
    expect([listed.kind, listed.models.length]).toEqual([kind, count]);
    expect(listed.asked[0]).toMatchObject({
      url: 'https://openrouter.ai/api/v1/key',
      headers: { authorization: 'Bearer test-key' },
    });
  });

  it('is asked for at once without a key', async () => {
    const { asked } = await listModels(openRouter, answer(401), { key: '' });
    expect(asked.map(({ url }) => url)).toEqual([
      'https://openrouter.ai/api/v1/models?output_modalities=text,image',
    ]);
  });
});

// https://lmstudio.ai/docs/developer/rest/endpoints
describe('LM Studio’s list', () => {
  it('is its own, which tells kinds apart', async () => {
    const { models, asked } = await listModels(lmStudio, () =>
      Response.json({
        data: [
          { id: 'qwen2-vl-7b', type: 'vlm', state: 'not-loaded' },
          { id: 'llama-3.1-8b', type: 'llm', state: 'loaded' },
          { id: 'nomic-embed', type: 'embeddings' },
        ],
      }),
    );
    expect(models).toEqual([
      { id: 'qwen2-vl-7b', output: 'text', seesImages: true },
      { id: 'llama-3.1-8b', output: 'text' },
    ]);
    expect(asked.map(({ url }) => url)).toEqual(['http://localhost:1234/api/v0/models']);
  });

  it('is that of OpenAI’s protocol where it has none', async () => {
    const { models, asked } = await listModels(lmStudio, (path) =>
      path === '/v1/models'
        ? Response.json({ data: [{ id: 'llama-3.1-8b' }] })
        : new Response('{"error":"Unexpected endpoint"}', { status: 404 }),
    );
    expect(models).toEqual([{ id: 'llama-3.1-8b', output: 'text' }]);
    expect(asked).toHaveLength(2);
  });
});

describe('the browser’s own model', () => {
  it.each([
    [undefined, 0],
    ['unavailable', 0],
    ['downloadable', 1],
    ['downloading', 1],
    ['available', 1],
  ])('that says %j is offered so many times: %i', async (availability, count) => {
    const model = availability && {
      builtIn: {
        availability: () => Promise.resolve(availability),
        create: () => Promise.reject(),
      },
    };
    const context = { settings: {}, key: '', fetch: () => Promise.reject(), ...model };
    const { signal } = new AbortController();
    expect(await builtIn.listModels?.(context, signal)).toHaveLength(count);
  });
});
