import { expect, it } from 'vitest';
import { toReadableStream } from '@/lib/stream/readable';
import { collect } from '../../fake-body';

async function* count() {
  yield* [1, 2, 3];
}

it('gives what the generator yields, in order, and ends with it', async () => {
  expect(await collect(toReadableStream(count()))).toEqual({
    values: [1, 2, 3],
    error: undefined,
  });
});

it('fails only after everything that came before the failure was read', async () => {
  const failure = new Error('no more');
  async function* fail() {
    yield 'first';
    yield 'second';
    throw failure;
  }
  const stream = toReadableStream(fail());
  expect(await collect(stream)).toEqual({ values: ['first', 'second'], error: failure });
});

it('lets the generator clean up when the reader cancels', async () => {
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield 'x';
    } finally {
      isClosed = true;
    }
  }
  const reader = toReadableStream(endless()).getReader();
  await reader.read();
  await reader.cancel();
  expect(isClosed).toBe(true);
});

it('asks for no more than is read', async () => {
  let made = 0;
  async function* endless() {
    for (;;) yield (made += 1);
  }
  const reader = toReadableStream(endless()).getReader();
  await reader.read();
  await reader.read();
  // One is made ahead: a stream keeps one value ready.
  expect(made).toBeLessThanOrEqual(3);
  await reader.cancel();
});
