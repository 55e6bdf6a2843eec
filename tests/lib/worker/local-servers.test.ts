import { beforeEach, expect, it, vi } from 'vitest';
import { findLocalServers } from '@/lib/worker/local-servers';
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
