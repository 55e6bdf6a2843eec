import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { refusedFields } from '@/lib/worker/refused-fields';

type Asked = [address: string, key: string, modelId: string];

const own: Asked = ['https://api.openai.com/v1', 'sk-one', 'o3'];
const summary = ['reasoning', 'summary'];

beforeEach(() => {
  fakeBrowser.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each<[string, Asked, string[][]]>([
  ['the same', own, [summary, ['stream']]],
  ['another address', ['https://eu.api.openai.com/v1', own[1], own[2]], []],
  ['another key', [own[0], 'sk-two', own[2]], []],
  ['another model', [own[0], own[1], 'o4-mini'], []],
])('what was refused is known of %s', async (_, asked, expected) => {
  const refused = await refusedFields(...own);
  await refused.add(summary);
  await refused.add(['stream']);
  expect((await refusedFields(...asked)).fields).toEqual(expected);
});

it.each([
  ['for a day', '2026-11-02T11:59:00Z', [summary]],
  ['no longer', '2026-11-02T12:00:00Z', []],
  ['nor by a clock that was set back', '2026-10-01T12:00:00Z', []],
])('what was refused is remembered %s', async (_, now, expected) => {
  await (await refusedFields(...own)).add(summary);
  vi.setSystemTime(now);
  expect((await refusedFields(...own)).fields).toEqual(expected);
});

it('a day begins with the first refusal', async () => {
  await (await refusedFields(...own)).add(summary);
  vi.setSystemTime('2026-11-02T11:00:00Z');
  await (await refusedFields(...own)).add(['stream']);
  vi.setSystemTime('2026-11-02T12:00:00Z');
  expect((await refusedFields(...own)).fields).toEqual([]);
});

it('where nothing can be read nothing is known, and the prompt goes on', async () => {
  const reads = vi
    .spyOn(fakeBrowser.storage.session, 'get')
    .mockRejectedValue(new Error('no memory'));
  const refused = await refusedFields(...own);
  expect(refused.fields).toEqual([]);
  await refused.add(summary);
  reads.mockRestore();
});

it('the key is not kept with it', async () => {
  await (await refusedFields(...own)).add(summary);
  expect(JSON.stringify(await fakeBrowser.storage.session.get())).not.toContain('sk-one');
});
