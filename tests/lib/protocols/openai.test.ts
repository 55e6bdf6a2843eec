import { describe, expect, it } from 'vitest';
import { listOpenAIModels } from '@/lib/protocols/openai';
import { errorDataOf } from '@/lib/provider-error';

/** Lists the models of a service that answers with this. */
async function list(body: unknown, key = '', dialect = {}) {
  const asked: { url: string; headers: Headers }[] = [];
  const context = {
    settings: { address: 'https://api.example/v1' },
    key,
    fetch: (url: string, { headers }: RequestInit) => {
      asked.push({ url, headers: new Headers(headers) });
      return Promise.resolve(Response.json(body));
    },
  };
  const signal = new AbortController().signal;
  return { models: await listOpenAIModels(context, signal, dialect), asked };
}

/** As Mistral describes its models. */
const ofMistral = (id: string, completion_chat: boolean, vision: boolean) => ({
  id,
  object: 'model',
  capabilities: { completion_chat, completion_fim: false, function_calling: true, vision },
  type: 'base',
});

const named = (...ids: string[]) => ({ data: ids.map((id) => ({ id, object: 'model' })) });

describe('the list of models', () => {
  it('is asked for under the address, with the key where there is one', async () => {
    const [plain] = (await list(named('a'))).asked;
    expect(plain?.url).toBe('https://api.example/v1/models');
    expect(plain?.headers.has('authorization')).toBe(false);
    expect((await list(named('a'), 'sk-1')).asked[0]?.headers.get('authorization')).toBe(
      'Bearer sk-1',
    );
    const { asked } = await list(named('a'), 'sk-1', { keyHeader: 'api-key' });
    expect(asked[0]?.headers.get('api-key')).toBe('sk-1');
    expect(asked[0]?.headers.has('authorization')).toBe(false);
  });

  it('is asked for with what the service wants to be told', async () => {
    const { asked } = await list(named('a'), '', { modelsQuery: '?output_modalities=text,image' });
    expect(asked[0]?.url).toBe('https://api.example/v1/models?output_modalities=text,image');
  });

  it.each([
    ['gpt-4o', { output: 'text', seesImages: true }],
    ['модель 🙂', { output: 'text' }],
    ['black-forest-labs/FLUX.1-dev', { output: 'image', mostImages: 4 }],
  ])('that has names alone tells by the name what %s is', async (id, about) => {
    expect((await list(named(id))).models).toEqual([{ id, ...about }]);
  });

  it.each([
    'text-embedding-3-small',
    'whisper-1',
    'tts-1',
    'omni-moderation-latest',
    'computer-use-preview',
  ])('leaves out %s, which nobody can talk to', async (id) => {
    expect((await list(named(id, 'chat'))).models.map((model) => model.id)).toEqual(['chat']);
  });

  it('believes a service that tells more', async () => {
    const { models } = await list({
      data: [
        {
          id: 'x/plain',
          architecture: { input_modalities: ['text', 'image'], output_modalities: ['text'] },
          supported_parameters: ['temperature', 'reasoning'],
        },
        {
          id: 'x/painter',
          architecture: { input_modalities: ['text'], output_modalities: ['image'] },
          supported_parameters: [],
        },
        {
          id: 'x/both',
          architecture: { input_modalities: ['image'], output_modalities: ['image', 'text'] },
        },
        { id: 'x/voice', architecture: { output_modalities: ['audio'] } },
      ],
    });
    expect(models).toEqual([
      { id: 'x/plain', output: 'text', seesImages: true, reasons: true },
      { id: 'x/painter', output: 'image', mostImages: 4 },
      { id: 'x/both', output: 'image', seesImages: true, mostImages: 4 },
    ]);
  });

  // https://github.com/mistralai/client-ts/blob/main/docs/models/components/modelcapabilities.md
  it('of Mistral says what chats and what sees', async () => {
    const { models } = await list({
      data: [
        ofMistral('mistral-new', true, true),
        ofMistral('pixtral-blind', true, false),
        ofMistral('mistral-ocr-latest', false, false),
      ],
    });
    expect(models).toEqual([
      { id: 'mistral-new', output: 'text', seesImages: true },
      { id: 'pixtral-blind', output: 'text' },
    ]);
  });

  // https://github.com/togethercomputer/together-typescript/blob/main/src/resources/models.ts
  it('of Together says of what type each is', async () => {
    const types = ['chat', 'language', 'code', 'image', 'embedding', 'moderation', 'rerank'];
    const { models } = await list(types.map((type) => ({ id: `one/${type}`, type })));
    expect(models.map(({ id, output }) => [id, output])).toEqual([
      ['one/chat', 'text'],
      ['one/language', 'text'],
      ['one/code', 'text'],
      ['one/image', 'image'],
    ]);
  });

  // https://github.com/huggingface/pi-llama/pull/29
  it('of an older llama.cpp says in a second list what sees', async () => {
    const { models } = await list({
      models: [
        { name: 'a.gguf', model: 'a.gguf', capabilities: ['completion', 'multimodal'] },
        { name: 'gemma-3-4b.gguf', model: 'gemma-3-4b.gguf', capabilities: ['completion'] },
      ],
      ...named('a.gguf', 'gemma-3-4b.gguf'),
    });
    expect(models).toEqual([
      { id: 'a.gguf', output: 'text', seesImages: true },
      { id: 'gemma-3-4b.gguf', output: 'text' },
    ]);
  });

  it('may be a bare list, and what has no name is left out', async () => {
    const { models } = await list([{ id: 'a' }, {}, null, { id: 7 }, { id: '' }]);
    expect(models.map(({ id }) => id)).toEqual(['a']);
  });

  it.each([[{ object: 'none' }], ['words'], [null]])(
    'that is none fails in words: %j',
    async (body) => {
      const error: unknown = await list(body).catch((thrown: unknown) => thrown);
      expect(errorDataOf(error).kind).toBe('bad-reply');
    },
  );
});
