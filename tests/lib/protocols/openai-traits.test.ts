import { describe, expect, it } from 'vitest';
import { openAIChatModel } from '@/lib/protocols/openai-chat';
import { guessByName } from '@/lib/protocols/model-names';
import { withOpenAITraits } from '@/lib/protocols/openai-traits';

/** https://platform.openai.com/docs/guides/reasoning */
const models: [id: string, takesTemperature: boolean, least: string | undefined][] = [
  ['gpt-4o', true, undefined],
  ['gpt-5-chat-latest', true, undefined],
  ['gpt-5.1-chat-latest', true, undefined],
  ['o3', false, undefined],
  ['o4-mini', false, undefined],
  ['gpt-5', false, 'minimal'],
  ['gpt-5-2025-08-07', false, 'minimal'],
  ['gpt-5-nano', false, 'minimal'],
  ['gpt-5-pro', false, undefined],
  ['gpt-5-codex', false, undefined],
  ['gpt-5.1', false, 'none'],
  ['gpt-5.4-mini-2026-03-17', false, 'none'],
  ['gpt-5.3-codex', false, undefined],
  ['gpt-5.5-pro', false, undefined],
];

describe.each(models)('%s', (id, takesTemperature, least) => {
  it(`takes a temperature: ${takesTemperature}; answers without thinking by: ${least}`, () => {
    expect(withOpenAITraits({ id, output: 'text' })).toEqual({
      id,
      output: 'text',
      ...(!takesTemperature && { takes: ['maxTokens'] }),
      ...(least && { canSkipThinking: true }),
    });
  });

  it('is asked so', async () => {
    const sent: string[] = [];
    const context = {
      settings: { address: 'https://api.example/v1' },
      key: 'k',
      fetch: (_: string, { body }: RequestInit) => {
        if (typeof body === 'string') sent.push(body);
        return Promise.resolve(new Response('data: [DONE]\n\n'));
      },
    };
    const model = openAIChatModel('openai', id, context, { isOpenAI: true });
    await model.doStream({ prompt: [], reasoning: 'none' });
    const word = least && `"reasoning_effort":"${least}"`;
    expect(/"reasoning_effort":"\w+"/u.exec(sent.join('\n'))?.[0]).toBe(word);
  });
});

it('a model for research thinks long, and takes no word on how hard', () => {
  expect(withOpenAITraits(guessByName('o4-mini-deep-research'))).toMatchObject({
    reasons: false,
    thinksLong: true,
  });
  expect(withOpenAITraits(guessByName('o4-mini'))).toMatchObject({ reasons: true });
});

it('a model that draws is left as it is', () => {
  const model = { id: 'gpt-5-image', output: 'image' as const };
  expect(withOpenAITraits(model)).toBe(model);
});
