import { describe, expect, it } from 'vitest';
import { errorDataOf } from '@/lib/provider-error';
import { DONE, readJsonEvents } from '@/lib/stream/json-events';
import { bodyOf, collect, endlessBody } from '../../fake-body';

async function read(text: string, size = Infinity) {
  const { values, error } = await collect(readJsonEvents(bodyOf(text, { size }).stream));
  return { values, kind: error === undefined ? undefined : errorDataOf(error).kind };
}

describe('the events of a stream', () => {
  it.each([
    ['one a blank line', 'data: {"a":1}\n\ndata: 2\n\n', [{ a: 1 }, 2]],
    ['without a blank behind the colon', 'data:{"a":1}\n\n', [{ a: 1 }]],
    ['over several lines', 'data: {"a":\ndata: 1}\n\n', [{ a: 1 }]],
    ['with names, numbers and times', 'event: x\nid: 7\nretry: 9\ndata: 1\n\n', [1]],
    ['with CR LF and a byte order mark', '\uFEFFdata: 1\r\n\r\ndata: 2\r\n\r\n', [1, 2]],
    ['with comments and without data', ': hello\n\nevent: ping\n\ndata: 1\n\n:\n\n', [1]],
    ['without the last blank line', 'data: 1\n\ndata: 2', [1, 2]],
    [
      'up to the end marker, and nothing behind it',
      'data: 1\n\ndata: [DONE]\n\ndata: 2\n\n',
      [1, DONE],
    ],
    [
      'with two end markers, and a blank behind the first',
      'data: 1\n\ndata: [DONE] \n\ndata: [DONE]\n\n',
      [1, DONE],
    ],
    ['with blanks for data, to keep the connection', 'data:\n\ndata: 1\n\ndata:  \n\n', [1]],
    [
      'without blank lines between them',
      'data: {"a":1}\ndata: {"a":2}\ndata: [DONE]\n',
      [{ a: 1 }, { a: 2 }, DONE],
    ],
    [
      'that are lines of JSON',
      '{"a":1}\r\n\r\n{"a":2}\n{"a":"🙂"}',
      [{ a: 1 }, { a: 2 }, { a: '🙂' }],
    ],
    ['in one list', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
    ['in one list over many lines', '[{\n "a": 1\n},\n{\n "a": 2\n}]\n', [{ a: 1 }, { a: 2 }]],
    ['with an end marker that ends the file', 'data: 1\n\ndata: [DONE]', [1, DONE]],
    ['after blank lines', '\n\n  \ndata: "🙂"\n\n', ['🙂']],
    ['none', '', []],
  ])('%s', async (_, text, values) => {
    for (const size of [1, 3, Infinity]) {
      expect(await read(text, size)).toEqual({ values, kind: undefined });
    }
  });

  it.each([
    ['a web page', '\n<!doctype html>\n<p>data: 1\n\n', [], 'bad-reply'],
    ['no JSON', 'data: 1\n\ndata: {oops}\n\ndata: 2\n\n', [1], 'bad-reply'],
    ['an end within a value', 'data: 1\n\ndata: {"a":', [1], 'connection-lost'],
    ['a word', 'Not here\n', [], 'bad-reply'],
    [
      'lines of JSON, the last of which breaks off',
      '{"a":1}\n{"a":',
      [{ a: 1 }],
      'connection-lost',
    ],
    ['JSON that breaks off', '{"error": {', [], 'bad-reply'],
  ])('that are %s end in words', async (_, text, values, kind) => {
    expect(await read(text)).toEqual({ values, kind });
  });

  it('may be one JSON over many lines, where the server does not stream', async () => {
    const { values } = await read('{\n  "error": {\n    "code": 429\n  }\n}\n', 2);
    expect(values).toEqual([{ error: { code: 429 } }]);
  });

  it('are not read behind the end marker: the connection is let go', async () => {
    const body = bodyOf('data: [DONE]\n\ndata: 1\n\n', { size: 14 });
    await collect(readJsonEvents(body.stream));
    expect(body.isCancelled).toBe(true);
  });

  it('without an end are cut off', async () => {
    const { error } = await collect(readJsonEvents(endlessBody('data: '.padEnd(1e7, 'x')).stream));
    expect(errorDataOf(error).kind).toBe('too-large');
  });
});
