/** What the recorded answers cannot tell of Responses: what is asked anew, and a server of others. */
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openAIResponsesModel } from '@/lib/protocols/openai-responses';
import { hello, settle } from '../../fake-context';
import { recordedAnswers } from '../../recorded';

const words = recordedAnswers('openai').find(({ name }) => name === 'words');
if (!words) throw new Error('no plain answer is recorded');

const VERIFY =
  'Please go to: https://platform.openai.com/settings/organization/general and click on Verify Organization.';

/** As the service refuses a field of the request: https://github.com/continuedev/continue/issues/9283 */
function refusalOf(param: string, message: string): Response {
  const error = { message, type: 'invalid_request_error', param, code: 'unsupported_value' };
  return Response.json({ error }, { status: 400 });
}
const noSummary = () =>
  refusalOf(
    'reasoning.summary',
    `Your organization must be verified to generate reasoning summaries. ${VERIFY}`,
  );
const noStream = () =>
  refusalOf('stream', `Your organization must be verified to stream this model. ${VERIFY}`);
const noEffort = () =>
  refusalOf(
    'reasoning.effort',
    "Unsupported value: 'low' is not supported with the 'gpt-5-pro' model.",
  );
const answer = () => new Response(words.body, { status: 200 });

/** What was refused so far, and whether it was said that the answer comes in one piece. */
const memory = { fields: new Array<string[]>(), isWhole: false };
beforeEach(() => {
  Object.assign(memory, { fields: [], isWhole: false });
});

/** Asks a model of a service that gives the answers one after the other. */
async function ask(modelId: string, ...answers: Response[]) {
  const asked: Record<string, unknown>[] = [];
  const model = openAIResponsesModel('openai', modelId, {
    refusedFields: () =>
      Promise.resolve({
        fields: memory.fields,
        add: (field) => Promise.resolve(void (memory.fields = [...memory.fields, field])),
      }),
    onWhole: () => (memory.isWhole = true),
    settings: { address: 'https://api.openai.com/v1' },
    key: 'test-key',
    fetch(_, { body }) {
      asked.push(JSON.parse(typeof body === 'string' ? body : ''));
      const next = answers.shift();
      return next ? Promise.resolve(next) : Promise.reject(new Error('asked once too often'));
    },
  });
  const { result, error } = await settle(model.doGenerate({ prompt: hello, reasoning: 'low' }));
  return { asked, content: result?.content, error };
}

it.each([
  ['gpt-5.2', true],
  ['gpt-5-pro', true],
  ['o3-pro', true],
  ['o4-mini-deep-research', true],
  ['codex-mini-latest', true],
  ['ft:o4-mini-2025-04-16:me::1', true],
  ['gpt-5-chat-latest', false],
  ['gpt-4o', false],
  ['gpt-4.1', false],
  ['ft:gpt-4.1-2025-04-14:me::1', false],
])('%s is asked for its thoughts: %s', async (modelId, isAsked) => {
  const { asked } = await ask(modelId, answer());
  const reasoning = { effort: 'low', summary: 'auto' };
  expect(asked[0]?.['reasoning']).toEqual(isAsked ? reasoning : undefined);
});

describe('a refusal to an organisation that is not verified', () => {
  const said = [{ type: 'text', text: words.text }];

  it.each([
    ['of summaries', [noSummary()], { effort: 'low' }, true],
    ['of streams', [noStream()], { effort: 'low', summary: 'auto' }, undefined],
    ['of both', [noStream(), noSummary()], { effort: 'low' }, undefined],
  ])('%s: the same is asked without them', async (_, refusals, reasoning, stream) => {
    const { asked, content } = await ask('gpt-5.2', ...refusals, answer());
    expect(content).toEqual(said);
    expect(asked.at(-1)).toEqual({ ...asked[0], reasoning, stream });
  });

  it.each([
    ['of summaries', [noSummary()], false],
    ['of both', [noStream(), noSummary()], true],
  ])('%s is paid for once: the next prompt is sent without', async (_, refusals, isWhole) => {
    const { asked: before } = await ask('gpt-5.2', ...refusals, answer());
    expect(memory.isWhole).toBe(false);
    const { asked, content } = await ask('gpt-5.2', answer());
    expect(asked).toEqual([before.at(-1)]);
    expect(content).toEqual(said);
    expect(memory.isWhole).toBe(isWhole);
  });

  it('that comes again is told, and not asked a third time', async () => {
    const { asked, error } = await ask('gpt-5.2', noSummary(), noSummary(), answer());
    expect([asked.length, error?.kind]).toEqual([2, 'refused']);
  });

  it('of something that was never asked for is told at once', async () => {
    const { asked, error } = await ask('gpt-4o', noSummary(), answer());
    expect([asked.length, error?.kind]).toEqual([1, 'refused']);
  });
});

it('a refusal of what the person chose is told at once', async () => {
  const { asked, error } = await ask('gpt-5-pro', noEffort(), answer());
  expect([asked.length, error?.kind]).toEqual([1, 'refused']);
  expect(error?.detail).toContain("'low' is not supported");
});

describe('a server that others wrote', async () => {
  const server = new LLMock({ host: '127.0.0.1', port: 0, chunkSize: 1 });
  const text = 'The sky — голубое небо — is blue 🙂';
  server
    .onMessage('Why is the sky blue?', { content: text, reasoning: 'Rayleigh 🙂.' })
    .onMessage('Too many', {
      error: { message: 'Slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' },
      status: 429,
    });
  const url = await server.start();
  afterAll(() => server.stop());

  function say(prompt: string) {
    const model = openAIResponsesModel('openai', 'gpt-5', {
      settings: { address: `${url}/v1` },
      key: 'test-key',
      fetch: (address, init) => fetch(address, init),
    });
    const content = [{ type: 'text' as const, text: prompt }];
    return settle(
      model.doGenerate({
        prompt: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content },
          { role: 'assistant', content: [{ type: 'text', text: 'Hm.' }] },
          { role: 'user', content },
        ],
      }),
    );
  }

  it('is understood in what it thinks and says', async () => {
    const { result } = await say('Why is the sky blue?');
    expect(result?.content).toEqual([
      { type: 'reasoning', text: 'Rayleigh 🙂.' },
      { type: 'text', text },
    ]);
    expect(result?.finishReason.unified).toBe('stop');
  });

  it('understands the conversation', async () => {
    await say('Why is the sky blue?');
    expect(server.getLastRequest()?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Why is the sky blue?' },
        { role: 'assistant', content: 'Hm.' },
        { role: 'user', content: 'Why is the sky blue?' },
      ],
    });
  });

  it('is understood in its refusals', async () => {
    expect((await say('Too many')).error).toMatchObject({ kind: 'rate-limited', status: 429 });
  });
});
