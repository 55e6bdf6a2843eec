/** The test of a provider's connection, as a page asks for it. */
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { CHECK_PORT, type CheckStep } from '@/lib/check-step';
import { extension, service, setUpRoundTrip } from '../round-trip';
import { providerInfo } from '../samples';

setUpRoundTrip();

function hereAt(path = ''): string {
  return `http://127.0.0.1:${service.port}${path}`;
}

/** All that the page is told, one after the other. */
async function follow(provider: string): Promise<{ told: CheckStep[][]; isWhole: boolean }> {
  const { checkConnection } = await import('@/lib/panel/doctor');
  const told: CheckStep[][] = [];
  const info = providerInfo({ id: provider });
  const { signal } = new AbortController();
  const isWhole = await checkConnection(info, undefined, (steps) => told.push(steps), signal);
  return { told, isWhole };
}

/** Sends the tiny prompt. */
async function prompt(): Promise<CheckStep | undefined> {
  const { checkStream } = await import('@/lib/panel/doctor');
  return checkStream(providerInfo(), 'gpt-4', new AbortController().signal);
}

/** The steps as `step outcome remedy`. */
async function check(provider: string): Promise<string[]> {
  const { told } = await follow(provider);
  return (told.at(-1) ?? []).map(({ id, outcome, remedy }) =>
    [id, outcome, remedy].filter(Boolean).join(' '),
  );
}

describe('the test of a connection', () => {
  it('of the free service looks at its page, and sends it no prompt', async () => {
    expect(await check('ai-chats')).toEqual([
      'access ok',
      'reachable ok',
      'tls skipped',
      'origin ok',
      'path ok',
      'key skipped',
      'model ok',
    ]);
    expect(service.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it('is told step by step', async () => {
    const { told, isWhole } = await follow('ai-chats');
    expect(told.map((steps) => steps.length)).toEqual([1, 3, 7]);
    expect(isWhole).toBe(true);
  });

  it('of a provider that there is no more ends, and says that it did not run', async () => {
    expect(await follow('gone')).toEqual({ told: [], isWhole: false });
  });

  it('ends with the page that asked for it, also in the middle of an answer', async () => {
    const { checkStream } = await import('@/lib/panel/doctor');
    service.answerNext({ kind: 'silent' });
    const page = new AbortController();
    const found = checkStream(providerInfo(), 'gpt-4', page.signal);
    const asked = await service.waitForRequest(({ method }) => method === 'POST');
    page.abort();
    expect(await found).toBeUndefined();
    await service.waitForRequest((one) => one === asked && one.closedByClientAt !== undefined);
  });

  it('is refused to everybody but Aside’s own pages', async () => {
    const port = extension.connectFrom({ id: 'other', url: 'https://evil.example' }, CHECK_PORT);
    await vi.waitFor(() => expect(port.isClosed).toBe(true));
    expect(service.requests).toEqual([]);
  });

  it('sees that a host may not be reached, without asking it', async () => {
    extension.denied.add('http://127.0.0.1/*');
    expect((await check('ai-chats'))[0]).toBe('access failed allowAccess');
    expect(service.requests).toEqual([]);
  });

  it('of a provider that is not in use goes with its rule, too', async () => {
    await fakeBrowser.storage.local.set({ providerSettings: { ollama: { address: hereAt() } } });
    await check('ollama');
    const filters = extension.rules.map(({ condition }) => condition.urlFilter);
    expect(filters).toContain(`|${hereAt('/')}`);
    expect(filters).toContain('|https://ai-chats.org/chat/send2/');
  });

  it('of a service without its key says so', async () => {
    expect((await check('openai')).slice(0, 6)).toContain('key failed setKey');
  });

  it('with a prompt tells that the model begins to answer', async () => {
    service.answerNext({ kind: 'text', text: 'hi' });
    expect(await prompt()).toEqual({ id: 'stream', outcome: 'ok' });
    const [posted] = service.requests.filter(({ method }) => method === 'POST');
    expect(posted?.body).toContain('Say hi');
  });

  it('with a prompt tells the refusal', async () => {
    service.answerNext({ kind: 'status', status: 429 });
    expect(await prompt()).toMatchObject({
      outcome: 'failed',
      remedy: 'topUp',
      status: 429,
    });
  });
});
