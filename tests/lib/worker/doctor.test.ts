import { describe, expect, it, vi } from 'vitest';
import { ProviderError } from '@/lib/errors';
import type { CheckStep } from '@/lib/check-step';
import { checkProvider } from '@/lib/worker/doctor';
import { stage, type Case } from '../../doctor-stage';

const list = (...ids: string[]) => ({
  status: 200,
  body: JSON.stringify({ data: ids.map((id) => ({ id })) }),
});
const PAGE = { status: 200, body: '<!doctype html><title>Welcome</title>', type: 'text/html' };

/** Only what was looked at, in the order of the steps. */
function told(steps: CheckStep[]): string[] {
  return steps.flatMap(({ id, outcome, remedy }) =>
    /^(?:skipped|untested)$/u.test(outcome) ? [] : [remedy ? `${id}: ${remedy}` : id],
  );
}

const whole = ['access', 'reachable', 'tls', 'origin', 'path', 'key', 'model'];
const REFUSED = { status: 403 };

const cases: [string, Case, string[]][] = [
  ['finds everything in order', { answers: { '/v1/models': list('gpt-5') } }, whole],
  ['needs the host first', { isAllowed: false }, ['access: allowAccess']],
  ['cannot test without an address', { provider: 'azure-openai' }, ['access: checkAddress']],
  ['needs a key', { key: '' }, ['access', 'key: setKey']],
  ['cannot reach a service', { answers: 'offline' }, ['access', 'reachable: checkConnection']],
  ['has a proxy that is dead', { answers: 'proxy-failed' }, ['access', 'reachable: checkProxy']],
  [
    'has a proxy that wants another password',
    { answers: 'proxy-login' },
    ['access', 'reachable: checkProxyLogin'],
  ],
  [
    'has a proxy that may not be used',
    { answers: 'proxy-blocked' },
    ['access', 'reachable: allowProxy'],
  ],
  [
    'has the password of its proxy locked',
    { answers: 'key-locked' },
    ['access', 'reachable: unlockKeys'],
  ],
  [
    'cannot reach a program on this computer',
    { provider: 'ollama', answers: 'offline' },
    ['access', 'reachable: startServer'],
  ],
  [
    'cannot reach a server of the local network',
    { provider: 'openai-compatible', address: 'http://192.168.1.5:8000/v1', answers: 'offline' },
    ['access', 'reachable: startServer'],
  ],
  [
    'is refused by a server of the local network for its origin',
    {
      provider: 'openai-compatible',
      address: 'http://192.168.1.5:8000/v1',
      answers: { '/v1/models': list('m'), 'POST /v1/chat/completions': { status: 403 } },
    },
    ['access', 'reachable', 'origin: checkOrigin', 'path', 'key', 'model'],
  ],
  [
    'has a wrong key for a list that anybody may read',
    {
      provider: 'openrouter',
      answers: { '/api/v1/key': { status: 401, body: '{}' }, '/api/v1/models': list('m') },
    },
    ['access', 'reachable', 'tls', 'origin', 'path', 'key: checkKey'],
  ],
  [
    'only draws, so that nobody can be asked whether it lets extensions in',
    {
      provider: 'automatic1111',
      key: '',
      answers: { '/sdapi/v1/sd-models': { status: 200, body: '[{"model_name":"m"}]' } },
    },
    ['access', 'reachable', 'path', 'model'],
  ],
  [
    'has a key that is not accepted',
    { answers: { '/v1/models': { status: 401, body: '{"error":{"message":"Incorrect"}}' } } },
    ['access', 'reachable', 'tls', 'origin', 'path', 'key: checkKey'],
  ],
  [
    'has no credit',
    { answers: { '/v1/models': { status: 402, body: '{}' } } },
    ['access', 'reachable', 'tls', 'origin', 'path', 'key: topUp'],
  ],
  [
    'has the key of a local server missing',
    { provider: 'vllm', key: '', answers: { '/v1/models': { status: 401, body: '{}' } } },
    ['access', 'reachable', 'origin', 'path', 'key: setKey'],
  ],
  [
    'forgot /v1 where nothing is',
    { address: 'https://x.example', answers: { '/v1/models': list('m') } },
    ['access', 'reachable', 'tls', 'origin', 'path: useAddress'],
  ],
  [
    'forgot /v1 where a page is',
    { address: 'https://x.example', answers: { '/models': PAGE, '/v1/models': list('m') } },
    ['access', 'reachable', 'tls', 'origin', 'path: useAddress'],
  ],
  [
    "forgot the service's own path",
    {
      provider: 'google',
      address: 'https://generativelanguage.googleapis.com',
      answers: { '/v1beta/models': { status: 200, body: '{"models":[]}' } },
    },
    ['access', 'reachable', 'tls', 'origin', 'path: useAddress'],
  ],
  [
    'is at a wrong address altogether',
    { address: 'https://x.example/api' },
    ['access', 'reachable', 'tls', 'origin', 'path: checkAddress'],
  ],
  [
    'is at an address with a version that is wrong',
    { address: 'https://x.example/v1' },
    ['access', 'reachable', 'tls', 'origin', 'path: checkAddress'],
  ],
  [
    'has a fault',
    { answers: { '/v1/models': { status: 500, body: 'oops' } } },
    ['access', 'reachable', 'tls', 'origin', 'path: waitForServer'],
  ],
  [
    'has a model that is gone',
    { answers: { '/v1/models': list('other') }, model: 'gpt-4' },
    [...whole.slice(0, -1), 'model: pickModel'],
  ],
  [
    'has no model yet',
    { provider: 'ollama', answers: { '/api/tags': { status: 200, body: '{"models":[]}' } } },
    ['access', 'reachable', 'origin', 'path', 'key', 'model: loadModel'],
  ],
  [
    'refuses every request that names its origin',
    {
      provider: 'ollama',
      answers: {
        '/api/tags': { status: 200, body: '{"models":[{"model":"m"}]}' },
        'POST /v1/chat/completions': REFUSED,
      },
    },
    ['access', 'reachable', 'origin: originSetting', 'path', 'key', 'model'],
  ],
  [
    'refuses Aside, and no setting for it is known',
    { provider: 'vllm', answers: { '/v1/models': REFUSED } },
    ['access', 'reachable', 'origin: checkOrigin'],
  ],
  [
    'has no list, and its page answers',
    { provider: 'ai-chats', answers: { '/': PAGE } },
    ['access', 'reachable', 'tls', 'origin', 'path', 'key', 'model'],
  ],
  [
    'has no list, and wants to see a human',
    { provider: 'ai-chats', answers: { '/': { ...PAGE, status: 403 } } },
    ['access', 'reachable', 'tls', 'origin', 'path: openSite'],
  ],
];

describe('the test of a provider', () => {
  it.each([
    [{ kind: 'key-locked' }, 'unlockKeys'],
    [{ kind: 'unexpected' }, 'restartBrowser'],
  ] as const)('whose key is not at hand (%o) says "%s"', async (data, remedy) => {
    const { check } = stage({});
    const openContext = () => Promise.reject(new ProviderError(data));
    const steps = await checkProvider({ ...check, openContext });
    expect(told(steps)).toEqual(['access', `key: ${remedy}`]);
  });

  it('tells what needs no look from what could not be looked at', async () => {
    const { check } = stage({ provider: 'ollama', answers: { '/api/tags': { status: 500 } } });
    const outcomes = (await checkProvider(check)).map(({ id, outcome }) => `${id} ${outcome}`);
    expect(outcomes).toEqual([
      'access ok',
      'reachable ok',
      'tls skipped',
      'origin ok',
      'path failed',
      'key untested',
      'model untested',
    ]);
  });

  it.each([
    ['that is off', { answers: 'offline' }],
    ['that may not be reached', { isAllowed: false }],
  ] as const)('needs no certificate of a server %s at an address with http', async (_, how) => {
    const tlsOf = async (provider: string) => {
      const steps = await checkProvider(stage({ provider, ...how }).check);
      return steps.find(({ id }) => id === 'tls')?.outcome;
    };
    expect(await tlsOf('ollama')).toBe('skipped');
    expect(await tlsOf('openai')).toBe('untested');
  });

  it('ends when nobody waits for it any more', async () => {
    const { check, end } = stage({});
    const waiting: AbortSignal[] = [];
    const fetch = (_: string, { signal }: RequestInit) => {
      const { promise, reject } = Promise.withResolvers<Response>();
      if (signal) waiting.push(signal);
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      return promise;
    };
    const context = await check.openContext();
    const openContext = () => Promise.resolve({ ...context, fetch });
    const checked = checkProvider({ ...check, openContext });
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    end();
    expect(told(await checked)).not.toContain('path');
  });

  it.each(cases)('that %s', async (_, how, expected) => {
    const { check } = stage({ ...how, ...(how.provider === 'ai-chats' && { key: 'none' }) });
    expect(told(await checkProvider(check))).toEqual(expected);
  });

  it('tells each step as it is found, before the next is asked for', async () => {
    const { check, asked } = stage({ answers: { '/v1/models': list('m') } });
    const seen: [string, number][] = [];
    const onSteps = (steps: CheckStep[]) => seen.push([told(steps).join(' '), asked.length]);
    const steps = await checkProvider({ ...check, onSteps });
    expect(seen).toEqual([
      ['access', 0],
      ['access reachable tls', 1],
    ]);
    expect(told(steps)).toEqual(whole);
  });

  it('tells of a server that does not answer no more than was found', async () => {
    const { check } = stage({ answers: 'offline' });
    const seen: string[][] = [];
    await checkProvider({ ...check, onSteps: (steps) => seen.push(told(steps)) });
    expect(seen).toEqual([['access']]);
  });

  it('names the address at which the models are, and asks no other host', async () => {
    const { check, asked } = stage({
      address: 'https://x.example',
      answers: { '/v1/models': list('m') },
    });
    const path = (await checkProvider(check)).find(({ id }) => id === 'path');
    expect(path).toMatchObject({ status: 404, address: 'https://x.example/v1' });
    expect(asked.map((one) => one.path)).toEqual(['/models', '/v1/models']);
  });

  it('tells how many models there are, and the status', async () => {
    const { check } = stage({ answers: { '/v1/models': list('a', 'b') } });
    const steps = await checkProvider(check);
    expect(steps).toContainEqual({ id: 'model', outcome: 'ok', count: 2 });
    expect(steps).toContainEqual({ id: 'path', outcome: 'ok', status: 200 });
  });

  it('sends no prompt, and no model its name', async () => {
    const answers = {
      '/v1/models': list('m'),
      '/v1/chat/completions': { status: 400, body: '{}' },
    };
    const { check, asked } = stage({ provider: 'vllm', answers });
    await checkProvider(check);
    const posted = asked.filter(({ method }) => method === 'POST');
    expect(posted.map(({ body }) => JSON.parse(body))).toMatchObject([{ model: '', messages: [] }]);
  });

  it.each([
    ['available', undefined],
    ['downloadable', 'prepareModel'],
  ])("of the browser's own model that is %s asks no server", async (availability, remedy) => {
    const { check, asked } = stage({ provider: 'built-in' });
    const builtIn = {
      availability: () => Promise.resolve(availability),
      create: () => Promise.reject(new Error('nobody asks for it')),
    };
    const context = await check.openContext();
    const openContext = () => Promise.resolve({ ...context, builtIn });
    const steps = await checkProvider({ ...check, openContext });
    expect(told(steps)).toEqual([remedy ? `model: ${remedy}` : 'model']);
    expect(asked).toEqual([]);
  });
});
