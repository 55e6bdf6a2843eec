/** Which of OpenAI's two protocols is spoken; what every provider keeps is in `tests/providers.test.ts`. */
import { expect, it } from 'vitest';
import { openAI } from '@/lib/providers/openai';
import { contextOf, hello } from '../../fake-context';
import { recordedAnswers } from '../../recorded';

/** Where the model is asked at the address, and with what. */
async function askedOf(model: string, address: string) {
  const [answer] = recordedAnswers('openai').filter(({ name }) => name === 'words');
  if (!answer) throw new Error('no plain answer is recorded');
  const { context, asked } = contextOf(openAI, answer);
  context.settings = { address };
  await openAI
    .languageModel(model, context)
    .doStream({ prompt: hello, reasoning: 'low', maxOutputTokens: 5 });
  const { url, init } = asked[0] ?? { url: '', init: {} };
  const body: unknown = JSON.parse(typeof init.body === 'string' ? init.body : '');
  return { path: url.replace(address, ''), body };
}

const own = 'https://api.openai.com/v1';

it.each([
  ['gpt-4o', own, '/responses'],
  ['o3-pro', own, '/responses'],
  ['gpt-6-of-the-future', own, '/responses'],
  ['gpt-5.2', 'https://eu.api.openai.com/v1', '/responses'],
  ['gpt-4o-search-preview-2025-03-11', own, '/chat/completions'],
  ['gpt-5-search-api', own, '/chat/completions'],
  ['gpt-5.2', 'https://gateway.example/v1', '/chat/completions'],
  ['gpt-5.2', 'https://gateway.example/api.openai.com/v1', '/chat/completions'],
  ['gpt-5.2', 'https://api.openai.com.example/v1', '/chat/completions'],
  ['gpt-5.2', 'https://notapi.openai.com/v1', '/chat/completions'],
  ['gpt-5.2', 'http://127.0.0.1:4000/v1', '/chat/completions'],
])('%s at %s is asked at %s', async (model, address, path) => {
  expect((await askedOf(model, address)).path).toBe(path);
});

it('a gateway gets chat completions as the models of OpenAI want them', async () => {
  expect((await askedOf('gpt-5.2', 'https://gateway.example/v1')).body).toEqual({
    model: 'gpt-5.2',
    messages: [{ role: 'user', content: 'Hello' }],
    stream: true,
    stream_options: { include_usage: true },
    max_completion_tokens: 5,
    reasoning_effort: 'low',
  });
});
