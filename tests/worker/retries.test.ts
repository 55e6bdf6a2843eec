/** Another try, before anything of a reply has come: from the service through the worker to the page. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Message } from '@/lib/conversation';
import {
  openPage,
  request,
  service,
  setUpRoundTrip,
  storedMessages,
  worker,
  type Page,
} from '../round-trip';

setUpRoundTrip();

beforeEach(() => {
  // The Node that tests run in does not say whether it has a network.
  vi.stubGlobal('navigator', { onLine: true });
});

const busy = { kind: 'status', status: 500, body: 'oops' } as const;

function posts(): number {
  return service.requests.filter(({ method }) => method === 'POST').length;
}

/** Asks with a clock that stands until it is told to go on. */
async function ask(): Promise<Page> {
  const page = await openPage();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await page.say('Hi');
  return page;
}

/** The reply once this try is waited for. */
async function waitForTry(page: Page, attempt: number): Promise<Message | undefined> {
  await page.until(() => page.branch().at(-1)?.retry?.attempt === attempt);
  return page.branch().at(-1);
}

describe('a service that fails before the first word', () => {
  it('is asked again after one and three seconds, and the wait is shown', async () => {
    service.answerNext(busy, busy, { kind: 'text', text: 'At last.' });
    const before = Date.now();
    const page = await ask();
    const first = await waitForTry(page, 2);
    expect(first).toMatchObject({ state: 'streaming', retry: { kind: 'server-fault' } });
    expect(first?.retry?.at).toBeGreaterThanOrEqual(before + 1000);
    vi.advanceTimersByTime(999);
    expect(posts()).toBe(1);
    vi.advanceTimersByTime(1);
    await waitForTry(page, 3);
    expect(posts()).toBe(2);
    vi.advanceTimersByTime(3000);
    vi.useRealTimers();
    expect(await page.last('done', 'At last.')).not.toHaveProperty('retry');
    expect(page.texts()).toEqual(['Hi', 'At last.']);
    expect(posts()).toBe(3);
  });

  it('three times is told as it failed, and nothing of the tries stays', async () => {
    service.answerNext(busy, busy, busy);
    const page = await ask();
    await waitForTry(page, 2);
    vi.advanceTimersByTime(1000);
    await waitForTry(page, 3);
    vi.advanceTimersByTime(3000);
    vi.useRealTimers();
    const { error, retry } = await page.last('failed');
    expect([error?.kind, retry]).toEqual(['server-fault', undefined]);
    expect(posts()).toBe(3);
    const rows = await worker.database.messages.toArray();
    expect(rows.filter((row) => 'retry' in row)).toEqual([]);
  });

  it('is not asked again after Stop, which ends the wait at once', async () => {
    service.answerNext(busy);
    const page = await ask();
    await waitForTry(page, 2);
    await page.stopReply();
    expect(await page.last('stopped')).not.toHaveProperty('error');
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(posts()).toBe(1);
  });
});

it.each([
  ['when words have come', { kind: 'cut', text: 'So far', after: 6 }, 'interrupted'],
  ['when the free limit is used up', { kind: 'status', status: 429 }, 'failed'],
  ['when it wants to see a human', { kind: 'human-check' }, 'failed'],
] as const)('no service is asked again %s', async (_, behaviour, state) => {
  service.answerNext(behaviour);
  const page = await openPage();
  await page.say('Hi');
  await page.last(state);
  expect(posts()).toBe(1);
});

it('a connection that breaks before the first word is made anew', async () => {
  service.answerNext({ kind: 'raw', cut: true }, { kind: 'text', text: 'Here.' });
  const page = await openPage();
  await page.say('Hi');
  await page.last('done', 'Here.');
  expect(posts()).toBe(2);
});

it('a server of the local network that does not answer is not asked again', async () => {
  const provider = 'openai-compatible';
  await fakeBrowser.storage.local.set({
    providerSettings: { [provider]: { address: 'http://192.168.1.5:8000/v1' } },
    modelLists: { [provider]: { models: [{ id: 'm', output: 'text' }], at: 1 } },
    activeProviders: [provider],
  });
  const page = await openPage();
  await page.selectModel({ provider, model: 'm' });
  await page.until(({ conversation }) => conversation?.model.model === 'm');
  await page.say('Hi');
  expect((await page.last('failed')).error?.kind).toBe('offline');
  expect(worker.asked).toHaveLength(1);
});

describe('"Wait longer"', () => {
  it('lifts the limit of the reply that runs', async () => {
    service.answerNext({ kind: 'silent', headersFirst: true });
    const page = await ask();
    await service.waitForRequest(({ method }) => method === 'POST');
    vi.advanceTimersByTime(60_000);
    await page.waitLonger();
    vi.advanceTimersByTime(59 * 60_000);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(page.branch().at(-1)?.state).toBe('streaming');
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect((await page.last('failed')).error).toEqual({ kind: 'timeout' });
    expect(posts()).toBe(1);
  });

  it('does nothing where no reply runs', async () => {
    await request('waitLonger', { conversationId: 'nowhere' });
    expect(await storedMessages('nowhere')).toEqual([]);
  });
});
