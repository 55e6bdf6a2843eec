import { expect, it } from 'vitest';
import { jsonPieces } from '@/lib/worker/transfer/json-pieces';

/** All pieces of a text that comes in parts of this many characters. */
async function piecesIn(text: string, size: number) {
  async function* parts() {
    for (let at = 0; at < text.length; at += size) {
      yield await Promise.resolve(text.slice(at, at + size));
    }
  }
  const found: [string, unknown][] = [];
  for await (const { key, value } of jsonPieces(parts(), (name) => name !== 'left out')) {
    found.push([key, value]);
  }
  return found;
}

const sizes = [1, 2, 3, 7, 1000];

it.each<[string, [string, unknown][]]>([
  ['[]', []],
  [
    ' [ 1 , "a,]" , {"b":[1,2]}, [[]] ] \n',
    [
      ['', 1],
      ['', 'a,]'],
      ['', { b: [1, 2] }],
      ['', [[]]],
    ],
  ],
  [
    '["\\\\", "\\"", "\\u005d"]',
    [
      ['', '\\'],
      ['', '"'],
      ['', ']'],
    ],
  ],
  ['{}', []],
  [
    '{"a":1,"b":"x,}","c":{"d":[1]}}',
    [
      ['a', 1],
      ['b', 'x,}'],
      ['c', { d: [1] }],
    ],
  ],
  [
    '{"a":[1,{"b":[2]}],"c":[],"d":[[3]],"e":null}',
    [
      ['a', 1],
      ['a', { b: [2] }],
      ['d', [3]],
      ['e', null],
    ],
  ],
  [
    '{"left out":[1,{"a":[2]}],"left out":{"x":[1]},"a":[3],"b":4}',
    [
      ['a', 3],
      ['b', 4],
    ],
  ],
  [
    '{"a\\"b":[1],"c:d":2}',
    [
      ['a"b', 1],
      ['c:d', 2],
    ],
  ],
])('%s is read piece by piece, however it comes', async (text, pieces) => {
  for (const size of sizes) expect(await piecesIn(text, size)).toEqual(pieces);
});

it.each([
  ['', 'unknown-format'],
  ['hello', 'unknown-format'],
  ['"text"', 'unknown-format'],
  ['12', 'unknown-format'],
  ['[1', 'damaged'],
  ['["a', 'damaged'],
  ['[1] 2', 'damaged'],
  ['[1][2]', 'damaged'],
  ['[1],', 'damaged'],
  ['{"a":[1]', 'damaged'],
  ['{"a":[1] x}', 'damaged'],
  ['{a:1}', 'damaged'],
  ['[{"a":1,}]', 'damaged'],
  ['{"a" 1}', 'damaged'],
])('%j is refused as %s', async (text, fault) => {
  for (const size of sizes) {
    await expect(piecesIn(text, size)).rejects.toMatchObject({ fault });
  }
});
