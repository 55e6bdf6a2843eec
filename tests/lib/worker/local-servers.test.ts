import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { providerSettings } from '@/lib/settings';
import { findLocalServers, probeServer } from '@/lib/worker/local-servers';
import { installExtension, type FakeExtension } from '../../fake-extension';

let extension: FakeExtension;
let asked: string[];
/** What stands where, by address. */
let answers: Record<string, () => Response>;

beforeEach(() => {
  extension = installExtension();
  asked = [];
  answers = {};
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const answer = answers[url];
    return answer ? Promise.resolve(answer()) : Promise.reject(new TypeError('Failed to fetch'));
  });
});

const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });

it('finds those that answer as such programs do', async () => {
  answers['http://localhost:11434/api/tags'] = json({ models: [] });
  answers['http://localhost:1234/v1/models'] = json({ data: [] });
  expect(await findLocalServers()).toEqual([
    { provider: 'ollama', address: 'http://localhost:11434' },
    { provider: 'lm-studio', address: 'http://localhost:1234' },
  ]);
});

it('takes the number where the name leads nowhere', async () => {
  answers['http://127.0.0.1:1234/v1/models'] = json({ data: [] });
  expect(await findLocalServers()).toEqual([
    { provider: 'lm-studio', address: 'http://127.0.0.1:1234' },
  ]);
});

it.each([
  ['another program', json({ hello: 'world' })],
  ['a web page', () => new Response('<!doctype html>')],
  ['a fault', json({ models: [] }, 500)],
  ['a number', json(1)],
])('takes %s for none of them', async (_, answer) => {
  answers['http://localhost:11434/api/tags'] = answer;
  expect(await findLocalServers()).toEqual([]);
});

it('asks nothing of a host that is not allowed', async () => {
  extension.denied.add('http://localhost/*');
  extension.denied.add('http://127.0.0.1/*');
  expect(await findLocalServers()).toEqual([]);
  expect(asked).toEqual([]);
});

it('waits for no silent program', async () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  vi.stubGlobal('fetch', (_: string, { signal }: RequestInit) => {
    if (signal?.aborted) return Promise.reject(new Error('aborted'));
    return new Promise(() => undefined);
  });
  expect(await findLocalServers()).toEqual([]);
  expect(timeout).toHaveBeenCalledWith(1500);
  timeout.mockRestore();
});

const page = () => new Response('Ollama is running');

describe('a server that is set up', () => {
  it.each([
    ['that answers', page, true],
    ['that has nothing at its address', () => new Response('', { status: 404 }), true],
    ['that stands behind a gateway, and is off', () => new Response('', { status: 502 }), false],
    ['that is off', undefined, false],
  ])('%s is there: %j', async (_, answer, isThere) => {
    await providerSettings.setValue({ ollama: { address: 'http://192.168.1.5:11434' } });
    if (answer) answers['http://192.168.1.5:11434'] = answer;
    expect(await probeServer('ollama')).toBe(isThere);
    expect(asked).toEqual(['http://192.168.1.5:11434']);
  });

  it('is not asked where that is not allowed', async () => {
    answers['http://localhost:11434'] = page;
    extension.denied.add('http://localhost/*');
    expect(await probeServer('ollama')).toBe(false);
    expect(asked).toEqual([]);
  });
});
