import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { errorDataOf } from '@/lib/provider-error';
import { limitsOf, Patience } from '@/lib/worker/patience';

const MINUTE = 60_000;

let patience: Patience;
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  patience = new Patience();
  stop = new AbortController();
});
afterEach(() => {
  vi.useRealTimers();
});

function untilAborted(signal: AbortSignal): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => reject(new Error('the request was aborted')));
  return promise;
}

/** A try that lasts until it is ended; tells what ended it. */
function tryFor(limits: { connect: number; idle: number }): { ended: unknown[] } {
  const ended: unknown[] = [];
  patience
    .during(limits, stop.signal, untilAborted)
    .catch((error: unknown) => void ended.push(errorDataOf(error).kind));
  return { ended };
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

describe('a try', () => {
  const limits = { connect: MINUTE, idle: 5 * MINUTE };

  it('is given up when the service does not answer, and another may help', async () => {
    const { ended } = tryFor(limits);
    await pass(MINUTE - 1);
    expect(ended).toEqual([]);
    await pass(1);
    expect(ended).toEqual(['timeout']);
    expect(patience.isSpent).toBe(false);
  });

  it('that is answered may be silent for longer, but not for ever', async () => {
    const { ended } = tryFor(limits);
    patience.answered();
    await pass(5 * MINUTE - 1);
    expect(ended).toEqual([]);
    await pass(1);
    expect(ended).toEqual(['timeout']);
    expect(patience.isSpent).toBe(true);
  });

  it('goes on as long as something is heard', async () => {
    const { ended } = tryFor(limits);
    for (let word = 0; word < 5; word += 1) {
      patience.heard();
      await pass(4 * MINUTE);
    }
    expect(ended).toEqual([]);
    await pass(MINUTE);
    expect(ended).toEqual(['timeout']);
  });

  it('waits an hour once the person wants to wait longer', async () => {
    const { ended } = tryFor(limits);
    await pass(30_000);
    patience.lift();
    await pass(60 * MINUTE - 1);
    expect(ended).toEqual([]);
    await pass(1);
    expect(ended).toEqual(['timeout']);
  });

  it('waits as long after another that the person waited longer for', async () => {
    tryFor(limits);
    patience.lift();
    const { ended } = tryFor(limits);
    await pass(59 * MINUTE);
    expect(ended).toEqual([]);
  });

  it('is stopped at once', async () => {
    const { ended } = tryFor(limits);
    stop.abort(new Error('stopped'));
    await pass(0);
    expect(ended).toEqual(['unexpected']);
  });

  it('leaves no clock running when it ends by itself', async () => {
    await patience.during(limits, stop.signal, () => Promise.resolve());
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the limits', () => {
  it.each([
    ['key', false, 1, 5],
    ['key', true, 5, 5],
    ['free', false, 5, 5],
    ['local', false, 10, 10],
    ['browser', false, 10, 10],
  ] as const)('of "%s" (a picture: %s) are %i and %i minutes', (kind, isPicture, connect, idle) => {
    const minutes = { connect: connect * MINUTE, idle: idle * MINUTE };
    expect(limitsOf(kind, isPicture)).toEqual(minutes);
  });

  it('of a model that thinks long are half an hour, once its service answers', () => {
    expect(limitsOf('key', false, true)).toEqual({ connect: MINUTE, idle: 30 * MINUTE });
  });
});
