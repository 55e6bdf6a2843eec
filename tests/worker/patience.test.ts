/** How long the worker waits for a model that says nothing, by what is known of it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Page } from '../round-trip';
import { setUpRoundTrip } from '../round-trip';
import { ask, contexts, openThinker, setUpThinker } from '../thinker';

setUpRoundTrip();
setUpThinker();

const MINUTE = 60_000;

beforeEach(async () => {
  const { providers } = await import('@/lib/providers');
  const lent = providers.pop();
  if (!lent) throw new Error('no provider was lent');
  providers.push({
    ...lent,
    description: { ...lent.description, kind: 'key' },
    guessModel: (id) => ({ id, output: 'text', thinksLong: id === 'deep' }),
  });
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks a model with a clock that stands until it is told to go on. */
async function askSilent(model: string): Promise<Page> {
  const page = await openThinker(model);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await ask(page, 'Why?');
  return page;
}

/** The reply after so many minutes of silence. */
async function after(page: Page, minutes: number) {
  vi.advanceTimersByTime(minutes * MINUTE);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  return page.branch().at(-1);
}

it.each([
  ['eye', 5],
  ['deep', 30],
])('an answer of "%s" in one piece is waited for %i minutes', async (model, minutes) => {
  const page = await askSilent(model);
  contexts.at(-1)?.onWhole?.();
  const reply = await after(page, minutes - 1);
  expect([reply?.state, reply?.retry]).toEqual(['streaming', undefined]);
  expect((await after(page, 1))?.error).toEqual({ kind: 'timeout' });
});

it('an answer word by word has to begin within a minute, or is asked for again', async () => {
  const page = await askSilent('eye');
  expect((await after(page, 1))?.retry).toMatchObject({ attempt: 2, kind: 'timeout' });
  await page.stopReply();
});
