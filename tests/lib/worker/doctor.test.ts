import { describe, expect, it } from 'vitest';
import { ProviderError, type ErrorKind } from '@/lib/errors';
import type { CheckStep } from '@/lib/check-step';
import { settingsOf, type Provider } from '@/lib/provider';
import { providers } from '@/lib/providers';
import { checkProvider, checkStream } from '@/lib/worker/doctor';

/** An answer by path; a path that is not here is 404. A word is why there is none. */
type Answers = Record<string, { status: number; body?: string; type?: string }> | ErrorKind;

interface Case {
  provider?: string;
  address?: string;
  answers?: Answers;
  key?: string;
  isAllowed?: boolean;
  model?: string;
}

function find(id: string): Provider {
  const provider = providers.find(({ description }) => description.id === id);
  if (!provider) throw new Error(`there is no ${id}`);
  return provider;
}

const list = (...ids: string[]) => ({
  status: 200,
  body: JSON.stringify({ data: ids.map((id) => ({ id })) }),
});
const PAGE = { status: 200, body: '<!doctype html><title>Welcome</title>', type: 'text/html' };
const CHUNKS = {
  status: 200,
  body: 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n',
};

function stage({ provider: id = 'openai', address, answers = {}, key = 'k', ...rest }: Case) {
  const provider = find(id);
  const settings = settingsOf(provider.description, address ? { address } : {});
  const asked: { method: string; path: string; body: string }[] = [];
  const check = {
    provider,
    address: settings['address'] ?? '',
    model: rest.model,
    isAllowed: () => Promise.resolve(rest.isAllowed ?? true),
    openContext: () => {
      const isNeeded = provider.description.fields.some(
        (one) => one.id === 'key' && !one.isOptional,
      );
      if (isNeeded && !key) return Promise.reject(new ProviderError({ kind: 'no-key' }));
      return Promise.resolve({ settings, key, fetch });
    },
  };
  function fetch(url: string, { method = 'GET', body }: RequestInit): Promise<Response> {
    const { pathname: path, host } = new URL(url);
    asked.push({ method, path, body: typeof body === 'string' ? body : '' });
    if (typeof answers === 'string') {
      return Promise.reject(new ProviderError({ kind: answers, host }));
    }
    const answer = answers[`${method} ${path}`] ??
      answers[path] ?? { status: 404, body: 'nothing' };
    const headers = { 'content-type': answer.type ?? 'application/json' };
    return Promise.resolve(new Response(answer.body ?? '', { status: answer.status, headers }));
  }
  return { check, asked };
}

/** Only what is not skipped, in the order of the steps. */
function told(steps: CheckStep[]): string[] {
  return steps.flatMap(({ id, outcome, remedy }) =>
    outcome === 'skipped' ? [] : [remedy ? `${id}: ${remedy}` : id],
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

describe('the test of a model', () => {
  it('is well with the first piece of an answer to a tiny prompt', async () => {
    const { check, asked } = stage({ answers: { '/v1/chat/completions': CHUNKS } });
    expect(await checkStream(check, 'gpt-5')).toEqual({ id: 'stream', outcome: 'ok' });
    const [sent] = asked.map(({ body }) => JSON.parse(body));
    expect(sent).toMatchObject({ model: 'gpt-5', messages: [{ role: 'user', content: 'Say hi' }] });
    expect(sent.max_completion_tokens).toBeLessThanOrEqual(16);
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
    const { check } = stage({ answers: { '/v1/chat/completions': { status, body } } });
    expect(await checkStream(check, 'm')).toMatchObject({ outcome: 'failed', remedy });
  });

  it('says that a key is wanting', async () => {
    const { check } = stage({ key: '' });
    expect(await checkStream(check, 'm')).toMatchObject({ remedy: 'setKey' });
  });
});
