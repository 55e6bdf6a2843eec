import { describe, expect, it } from 'vitest';
import { ProviderError } from '@/lib/errors';
import { readLines } from '@/lib/stream/lines';
import { bodyOf, bytesOf, collect, endlessBody } from '../../fake-body';

const LIMIT = 1_000_000;

async function linesOf(text: string, size?: number): Promise<string[]> {
  const { stream } = bodyOf(text, size ? { size } : {});
  const { values, error } = await collect(readLines(stream, LIMIT));
  expect(error).toBeUndefined();
  return values.flat();
}

describe('lines', () => {
  it.each([
    ['nothing', '', []],
    ['one line without an end', 'a', ['a']],
    ['one line with its end', 'a\n', ['a']],
    ['blank lines', 'a\n\n\nb\n', ['a', '', '', 'b']],
    ['both ends of a line', 'a\r\nb\nc\r\n', ['a', 'b', 'c']],
    ['a carriage return inside a line', 'a\rb\n', ['a\rb']],
    ['characters of two, three and four bytes', 'é\nд\n日本\n🙂👩‍👩‍👧\n', ['é', 'д', '日本', '🙂👩‍👩‍👧']],
    ['white space', '  a \n\tb\n', ['  a ', '\tb']],
  ])('are the same whole and cut at every byte: %s', async (_, text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
    expect(await linesOf(text, 1)).toEqual(lines);
    expect(await linesOf(text, 3)).toEqual(lines);
  });

  it('come together where one piece completed many', async () => {
    const text = 'line\n'.repeat(5000);
    const { values } = await collect(readLines(bodyOf(text).stream, LIMIT));
    expect(values).toEqual([Array.from({ length: 5000 }, () => 'line')]);
  });

  it('show a broken character as one, instead of failing', async () => {
    const bytes = new Uint8Array([...bytesOf('a'), 0xff, ...bytesOf('b\n')]);
    const { values } = await collect(readLines(bodyOf(bytes).stream, LIMIT));
    expect(values.flat()).toEqual(['a\ufffdb']);
  });
});

describe('a connection that breaks', () => {
  it('throws "connection-lost" after all the lines before', async () => {
    const { stream } = bodyOf('one\ntwo\nthr', { size: 2, brokenBy: new TypeError('terminated') });
    const { values, error } = await collect(readLines(stream, LIMIT));
    expect(values.flat()).toEqual(['one', 'two']);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({
      data: { kind: 'connection-lost', detail: 'TypeError: terminated' },
    });
  });

  it('is no loss when it was aborted', async () => {
    const abort = new DOMException('aborted', 'AbortError');
    const { error } = await collect(readLines(bodyOf('one\n', { brokenBy: abort }).stream, LIMIT));
    expect(error).toBe(abort);
  });
});

describe('a body is closed', () => {
  it('when the reader stops early', async () => {
    const body = endlessBody('again\n');
    for await (const lines of readLines(body.stream, LIMIT)) {
      expect(lines).toEqual(['again']);
      break;
    }
    expect(body.isCancelled).toBe(true);
  });

  it.each([
    ['lines without end', 'word\n'],
    ['one line without end', 'word '],
  ])('with "too-large" at the limit: %s', async (_, text) => {
    const body = endlessBody(text.repeat(100));
    const { error } = await collect(readLines(body.stream, 10_000));
    expect(error).toMatchObject({ data: { kind: 'too-large' } });
    expect(body.isCancelled).toBe(true);
    expect(body.taken).toBe(21);
  });
});
