/** What every provider says of itself, and what the rows of a table share. */
import { describe, expect, it } from 'vitest';
import { settingsOf } from '@/lib/provider';
import { providers } from '@/lib/providers';
import { openAICompatible } from '@/lib/providers/openai-compatible';
import en from '../public/_locales/en/messages.json';
import { contextOf, hello, streamText } from './fake-context';
import { png } from './fixtures/pictures';
import { isRecorded, recordedAnswers } from './recorded';

const all = providers.map((provider) => [provider.description.id, provider] as const);

describe.each(all)('the description of %s', (id, provider) => {
  const { description } = provider;
  const addresses = description.fields.filter((field) => field.id === 'address');

  it('is plain data', () => {
    expect(structuredClone(description)).toEqual(description);
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });

  it('asks for hosts at install only where no click comes first, each by itself', () => {
    expect(description.hosts.length > 0).toBe(description.kind === 'free');
    for (const host of description.hosts) {
      expect(host).toMatch(/^https:\/\/(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)+\/\*$/u);
    }
    const isAsked = addresses.every((field) => description.hosts.includes(`${field.default}/*`));
    expect(isAsked).toBe(/^(?:free|browser)$/u.test(description.kind));
  });

  it('has an id that no other has, and models or a way to ask for them', () => {
    expect(providers.filter((other) => other.description.id === id)).toHaveLength(1);
    const models = description.models.map((model) => model.id);
    expect(models.length > 0 || provider.listModels !== undefined).toBe(true);
    expect(new Set(models).size).toBe(models.length);
  });

  it('has a label for every field', () => {
    const labels = description.fields.map((field) => `providerField_${field.id}`);
    expect(Object.keys(en)).toEqual(expect.arrayContaining(labels));
  });

  it('has an address that a path can be added to: on this computer, or behind TLS', () => {
    for (const { default: address } of addresses.filter((field) => field.default)) {
      const { origin, pathname, protocol, hostname } = new URL(address);
      expect(address).toBe(origin + (pathname === '/' ? '' : pathname));
      expect(address.endsWith('/')).toBe(false);
      expect(protocol === 'https:').toBe(description.kind !== 'local');
      expect(hostname === 'localhost').toBe(description.kind === 'local');
    }
    expect(addresses).toHaveLength(description.kind === 'browser' ? 0 : 1);
  });

  it('asks for a key where one is needed, and leads to the page that gives it', () => {
    const keys = description.fields.filter((field) => field.id === 'key');
    const optional = keys.map(({ isOptional = false }) => isOptional);
    // Of the programs on this computer some know no key.
    const fitting = { free: [[]], browser: [[]], local: [[], [true]], key: [[false], [true]] };
    expect(fitting[description.kind]).toContainEqual(optional);
    // Whose server has no address from the start has nobody's page.
    const isAnybodys = description.kind === 'key' && optional[0] === true;
    expect(description.homePage).toMatch(isAnybodys ? /^$/u : /^(?:https:\/)?\/./u);
  });

  it('is what its models say of themselves', () => {
    const { context } = contextOf(provider, { status: 200, headers: {}, body: png });
    const chat = provider.languageModel('a/b:c 🙂', context);
    expect(chat).toMatchObject({
      specificationVersion: 'v4',
      provider: id,
      modelId: 'a/b:c 🙂',
    });
    for (const { id: modelId, output } of description.models) {
      const model =
        output === 'image'
          ? provider.imageModel(modelId, context)
          : provider.languageModel(modelId, context);
      expect(model).toMatchObject({ specificationVersion: 'v4', provider: id, modelId });
    }
  });
});

it('every provider has answers of its own, or is a row of the table whose answers are shared', () => {
  const others = providers.filter((provider) => !openAICompatible.includes(provider));
  const without = others.map(({ description: { id } }) => id).filter((id) => !isRecorded(id));
  expect(without, 'ids whose folder tests/fixtures/<id>/ is missing').toEqual([]);
  expect(isRecorded('openai-compatible')).toBe(true);
});

describe.each(openAICompatible.map((row) => [row.description.id, row] as const))(
  'the row %s',
  (id, provider) => {
    const words = recordedAnswers('openai-compatible').find(({ name }) => name === 'words');
    if (!words) throw new Error('no plain answer is recorded');

    it('gives the shared answer', async () => {
      const { text, end } = await streamText(provider, words.model, words, { size: 7 });
      expect([text, end?.finishReason.unified]).toEqual([words.text, 'stop']);
    });

    it('sends its request to its own address, with its key where the service looks for it', async () => {
      const { context, asked } = contextOf(provider, words);
      const address = settingsOf(provider.description)['address'] || 'https://own.example/x/v1';
      context.settings = { address };
      await provider
        .languageModel('m', context)
        .doGenerate({ prompt: hello, maxOutputTokens: 9, temperature: 0.5 });
      const { url, init } = asked[0] ?? { url: '', init: {} };
      expect([url, init.method]).toEqual([`${address}/chat/completions`, 'POST']);
      const isAzure = id === 'azure-openai';
      expect(Object.fromEntries(new Headers(init.headers))).toEqual({
        'content-type': 'application/json',
        ...(isAzure ? { 'api-key': 'test-key' } : { authorization: 'Bearer test-key' }),
      });
      expect(JSON.parse(typeof init.body === 'string' ? init.body : '')).toEqual({
        model: 'm',
        messages: [{ role: 'user', content: 'Hello' }],
        stream: true,
        // Mistral answers 422 to it.
        ...(id !== 'mistral' && { stream_options: { include_usage: true } }),
        temperature: 0.5,
        [isAzure ? 'max_completion_tokens' : 'max_tokens']: 9,
      });
    });

    it('sends no empty key', async () => {
      const { context, asked } = contextOf(provider, words);
      context.key = '';
      await provider.languageModel('m', context).doGenerate({ prompt: hello });
      const names = [...new Headers(asked[0]?.init.headers).keys()];
      expect(names).toEqual(['content-type']);
    });
  },
);
