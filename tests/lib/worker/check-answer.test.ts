import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/errors';
import { checkStream } from '@/lib/worker/check-answer';
import { stage } from '../../doctor-stage';

const events = (...pieces: string[]) => ({
  status: 200,
  body: [
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', delta })),
    { type: 'response.completed', response: { status: 'completed' } },
  ]
    .map((event) => `data: ${JSON.stringify(event)}\n\n`)
    .join(''),
});

describe('the test of a model', () => {
  it.each([
    [['Hi'], undefined],
    [['Hi', ' there.'], undefined],
    [['Hi there.'], 'onePiece'],
  ])('that answers in the pieces %j says "%s"', async (pieces, remedy) => {
    const { check } = stage({ answers: { '/v1/responses': events(...pieces) } });
    expect(await checkStream(check, 'm')).toEqual({
      id: 'stream',
      outcome: 'ok',
      ...(remedy && { remedy }),
    });
  });

  it.each([
    ['proxy-failed', 'checkProxy'],
    ['proxy-login', 'checkProxyLogin'],
    ['proxy-blocked', 'allowProxy'],
    ['no-permission', 'allowAccess'],
    ['offline', 'checkConnection'],
  ] as const)('that cannot be asked (%s) says "%s"', async (answers, remedy) => {
    const { check } = stage({ answers });
    expect(await checkStream(check, 'm')).toMatchObject({ outcome: 'failed', remedy });
  });

  it('is well with an answer to a tiny prompt', async () => {
    const { check, asked } = stage({ answers: { '/v1/responses': events('Hi', '!') } });
    expect(await checkStream(check, 'gpt-5')).toEqual({ id: 'stream', outcome: 'ok' });
    const [sent] = asked.map(({ body }) => JSON.parse(body));
    const content = [{ type: 'input_text', text: 'Say hi' }];
    expect(sent).toMatchObject({ model: 'gpt-5', input: [{ role: 'user', content }] });
    expect(sent.max_output_tokens).toBeLessThanOrEqual(16);
  });

  it.each([
    [401, 'wrong', 'checkKey'],
    [402, '{}', 'topUp'],
    [404, 'no such model', 'pickModel'],
    [429, 'slow down', 'waitForServer'],
    [500, 'oops', 'waitForServer'],
    [400, 'bad', 'noAnswer'],
    [403, '', 'checkOrigin'],
    [200, '', 'noAnswer'],
  ])('that is answered with %i "%s" says "%s"', async (status, body, remedy) => {
    const { check } = stage({ answers: { '/v1/responses': { status, body } } });
    expect(await checkStream(check, 'm')).toMatchObject({ outcome: 'failed', remedy });
  });

  it.each([
    ['no-key', 'setKey'],
    ['key-locked', 'unlockKeys'],
    ['unexpected', 'restartBrowser'],
  ] as const)('whose key is not at hand (%s) says "%s"', async (kind, remedy) => {
    const { check } = stage({});
    const openContext = () => Promise.reject(new ProviderError({ kind }));
    expect(await checkStream({ ...check, openContext }, 'm')).toMatchObject({ remedy });
  });
});
