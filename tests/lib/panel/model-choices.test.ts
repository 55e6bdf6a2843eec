import { describe, expect, it } from 'vitest';
import type { ModelRef } from '@/lib/conversation';
import type { ProviderInfo } from '@/lib/messages';
import { chooseModels, countModels, modelsNear } from '@/lib/panel/model-choices';
import { chatModel, pictureModel, providerInfo } from '../../samples';

const open = providerInfo({
  id: 'open',
  name: 'Open',
  models: ['a/fast', 'a/Große', 'b:free 🦊'].map((id) => ({ id, output: 'text' })),
});
const unused = providerInfo({ id: 'unused', name: 'Unused', isActive: false });
const providers = [providerInfo(), open, unused];

function shown(query: string, favourites = [pictureModel], among: ProviderInfo[] = providers) {
  const { groups } = chooseModels({ providers: among, favourites, current: chatModel, query });
  return groups.map(({ provider, choices }) => [provider, ...choices.map(({ ref }) => ref.model)]);
}

describe('the models to pick from', () => {
  it('are those of the providers in use, favourites first and only there', () => {
    expect(shown('')).toEqual([
      [null, 'dalle'],
      ['ai-chats', 'gpt-4'],
      ['open', 'a/fast', 'a/Große', 'b:free 🦊'],
    ]);
    expect(countModels(providers)).toBe(5);
  });

  it.each([
    ['by the model, whatever the case', 'GPT', [['ai-chats', 'gpt-4']]],
    ['by the provider', 'open', [['open', 'a/fast', 'a/Große', 'b:free 🦊']]],
    ['by all words in any order', 'fast open', [['open', 'a/fast']]],
    ['without accents', 'grosse', [['open', 'a/Große']]],
    ['by a sign', '🦊', [['open', 'b:free 🦊']]],
    ['among the favourites too', 'dalle', [[null, 'dalle']]],
    ['not by some of the words', 'open gpt', []],
    ['not among those out of use', 'unused', []],
  ])('are found %s', (_, query, expected) => {
    expect(shown(query)).toEqual(expected);
  });

  it('of two providers with the same names are told apart', () => {
    const twin = providerInfo({ id: 'twin', name: 'Twin' });
    expect(shown('', [{ provider: 'twin', model: 'gpt-4' }], [providerInfo(), twin])).toEqual([
      [null, 'gpt-4'],
      ['ai-chats', 'gpt-4', 'dalle'],
      ['twin', 'dalle'],
    ]);
  });
});

describe('of ten thousand models', () => {
  const many = providerInfo({
    id: 'many',
    models: Array.from({ length: 10_000 }, (_, index) => ({ id: `m${index}`, output: 'text' })),
  });
  const current = { provider: 'many', model: 'm9000' };
  const choose = (query: string) =>
    chooseModels({ providers: [many, providerInfo()], favourites: [], current, query });

  it('a hundred are shown, each provider has its share, and the chosen one is there', () => {
    const { groups, count } = choose('');
    expect(count).toBe(10_002);
    expect(groups.map(({ provider, choices }) => [provider, choices.length])).toEqual([
      ['many', 99],
      ['ai-chats', 2],
    ]);
    expect(groups[0]?.choices.at(-1)?.ref).toEqual(current);
  });

  it('those that do not make what is asked for are none', () => {
    const { groups, count } = chooseModels({
      providers: [many, providerInfo()],
      favourites: [],
      current: null,
      query: '',
      output: 'image',
    });
    expect(count).toBe(1);
    expect(groups.map(({ provider }) => provider)).toEqual(['ai-chats']);
  });

  it('any is found by its name', () => {
    const { groups, count } = choose('m8765');
    expect(count).toBe(1);
    expect(groups[0]?.choices[0]?.ref.model).toBe('m8765');
  });
});

function near(answeredBy: ModelRef, favourites: ModelRef[] = [], asked: ModelRef[] = []): string[] {
  const messages = [{}, ...asked.map((model) => ({ model }))];
  return modelsNear({ providers, favourites, messages, answeredBy }).near.map(({ model }) => model);
}

describe('for another answer', () => {
  it('there are favourites, then those that answered here, then the first ones of each', () => {
    const starred = { provider: 'open', model: 'b:free 🦊' };
    const asked = { provider: 'open', model: 'a/Große' };
    expect(near(chatModel, [starred], [asked, chatModel])).toEqual([
      'b:free 🦊',
      'a/Große',
      'a/fast',
    ]);
  });

  it('there are none that make something else, or are out of use', () => {
    expect(near(pictureModel, [chatModel, { provider: 'unused', model: 'dalle' }])).toEqual([]);
  });
});
