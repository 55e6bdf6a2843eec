/** Lists of models, and those whose names the person typed: by a server that lists them, lists others, or lists none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { CheckStep } from '@/lib/check-step';
import type { ProviderInfo } from '@/lib/messages';
import { openPage, otherHosts, request, setUpRoundTrip } from '../round-trip';
import { startModelService, type ModelStandIn } from '../stand-ins/model-server.ts';
import { ollama } from '../stand-ins/ollama.ts';

setUpRoundTrip();

const provider = 'openai-compatible';
const NAME = 'my org/llama:70b 🦙';
let server: ModelStandIn;
let tells: Record<string, unknown>;

beforeEach(async () => {
  tells = {};
  // Its chat is OpenAI's, as that of most servers of one's own.
  const { folder, prompts, nowhere } = ollama;
  server = await startModelService({ folder, prompts, nowhere, tells });
  otherHosts.add(`127.0.0.1:${server.port}`);
  await fakeBrowser.storage.local.set({
    providerSettings: { [provider]: { address: `http://127.0.0.1:${server.port}/v1` } },
    activeProviders: [provider],
  });
});
afterEach(async () => {
  otherHosts.clear();
  await server.close();
});

/** From now on the server lists these. */
function list(...ids: string[]): void {
  tells['GET /v1/models'] = { object: 'list', data: ids.map((id) => ({ id })) };
}

async function addTyped(...models: string[]): Promise<void> {
  const { addTypedModel } = await import('@/lib/panel/provider-settings');
  for (const model of models) await addTypedModel({ provider, model });
}

async function told(): Promise<ProviderInfo | undefined> {
  const { sendMessage } = await import('@/lib/messages');
  return (await sendMessage('listProviders')).find(({ id }) => id === provider);
}

const ids = async () => (await told())?.models.map(({ id }) => id);

describe('a list', () => {
  it('counts as checked at the address alone where it was asked for', async () => {
    list('a');
    await request('refreshModels', { provider });
    expect((await told())?.modelsAt).toEqual(expect.any(Number));
    const address = `http://127.0.0.1:${server.port}`;
    await request('saveAddress', { provider, address, keepsKey: false });
    expect((await told())?.modelsAt).toBeNull();
    expect(await ids()).toEqual(['a']);
  });
});

describe('a typed model', () => {
  it('stands before those of the list, once, and a refresh leaves it there', async () => {
    list('a', 'b');
    await addTyped(NAME, 'b', NAME);
    await request('refreshModels', { provider });
    expect(await ids()).toEqual([NAME, 'b', 'a']);
    expect((await told())?.typedModels).toEqual([NAME, 'b']);
  });

  it('is what the list says of it, where it has it too', async () => {
    tells['GET /v1/models'] = {
      data: [{ id: 'x', architecture: { input_modalities: ['text', 'image'] } }],
    };
    await addTyped('x');
    expect((await told())?.models).toEqual([{ id: 'x', output: 'text' }]);
    await request('refreshModels', { provider });
    expect((await told())?.models).toEqual([{ id: 'x', output: 'text', seesImages: true }]);
  });

  it('is there at once in a page that is open', async () => {
    const page = await openPage();
    await fakeBrowser.storage.local.set({ typedModels: { [provider]: [NAME] } });
    const isThere = () =>
      page.state().providers.some(({ models }) => models.some(({ id }) => id === NAME));
    await expect.poll(isThere).toBe(true);
  });

  it('is gone when its name is taken back', async () => {
    const { removeTypedModel } = await import('@/lib/panel/provider-settings');
    await addTyped(NAME, 'b');
    await removeTypedModel({ provider, model: NAME });
    expect(await ids()).toEqual(['b']);
  });

  it('is asked by its exact name, by a server without a list', async () => {
    await addTyped(NAME);
    expect(await request('refreshModels', { provider })).toMatchObject({ kind: 'not-found' });
    const page = await openPage();
    await page.selectModel({ provider, model: NAME });
    await page.say('Hello');
    await page.last('done');
    const posted = server.requests.find(({ method }) => method === 'POST');
    expect(JSON.parse(posted?.body ?? '')).toMatchObject({ model: NAME });
  });

  it('draws where its name is that of one that draws', async () => {
    const { taskOf } = await import('@/lib/worker/models');
    await addTyped('gpt-image-1', 'deployment-7');
    expect(await taskOf({ provider, model: 'gpt-image-1' })).toMatchObject({ output: 'image' });
    expect(await taskOf({ provider, model: 'deployment-7' })).toEqual({ output: 'text' });
  });

  it('cannot be had of a provider whose models are known', async () => {
    await fakeBrowser.storage.local.set({ typedModels: { 'ai-chats': ['gpt-9'] } });
    const { sendMessage } = await import('@/lib/messages');
    const known = (await sendMessage('listProviders')).find(({ id }) => id === 'ai-chats');
    expect(known?.typedModels).toBeNull();
    expect(known?.models.map(({ id }) => id)).toEqual(['gpt-4', 'dalle']);
  });
});

/** What the test finds from the address on, as `step outcome remedy`. */
async function check(model: string): Promise<string[]> {
  const { checkConnection } = await import('@/lib/panel/doctor');
  let steps: CheckStep[] = [];
  const info = await told();
  if (!info) throw new Error('there is no such provider');
  await checkConnection(info, model, (found) => (steps = found), new AbortController().signal);
  return steps
    .slice(steps.findIndex(({ id }) => id === 'path'))
    .map(({ id, outcome, remedy }) => [id, outcome, remedy].filter(Boolean).join(' '));
}

describe('the test of a connection', () => {
  it('leaves a missing list to the tiny prompt', async () => {
    expect((await check(NAME))[0]).toBe('path failed checkAddress');
    await addTyped(NAME);
    expect(await check(NAME)).toEqual(['path untested', 'key untested', 'model untested']);
    const { checkStream } = await import('@/lib/panel/doctor');
    const info = await told();
    const { signal } = new AbortController();
    expect(info && (await checkStream(info, NAME, signal))).toMatchObject({ outcome: 'ok' });
  });

  it('leaves a model that the list lacks to the tiny prompt', async () => {
    list('a');
    expect((await check(NAME)).at(-1)).toBe('model failed pickModel');
    await addTyped(NAME);
    expect((await check(NAME)).at(-1)).toBe('model untested');
    expect((await check('a')).at(-1)).toBe('model ok');
  });
});
