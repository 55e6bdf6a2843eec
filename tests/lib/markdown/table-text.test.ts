/** Tables on their way into other programs. */
import type { Table } from 'mdast';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '@/lib/markdown/parse';
import { tableCsv, tableMarkdown } from '@/lib/markdown/table-text';

function tableOf(text: string): Table {
  const block = parseMarkdown(text).blocks[0]?.node;
  const node = block?.type === 'blockquote' ? block.children[0] : block;
  if (node?.type !== 'table') throw new Error('This is no table');
  return node;
}

const row = (cells: string) =>
  tableCsv(tableOf(`| a | b |\n|---|---|\n| ${cells} |`)).split('\r\n', 2)[1];

describe('as CSV', () => {
  it('has a line for each row', () => {
    expect(tableCsv(tableOf('| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 |'))).toBe('a,b\r\n1,2\r\n3\r\n');
  });

  it.each([
    ['one, two | 2', '"one, two",2'],
    ['say "yes" | 2', '"say ""yes""",2'],
    ['a<br>b | 2', '"a\nb",2'],
    ['**bold** *and* `code` | 2', 'bold and code,2'],
    ['[a link](https://x.org) | ![a picture](https://x.org/a.png)', 'a link,a picture'],
    ['$x^2$ | $5', '$x^2$,$5'],
    ['a \\| b | H<sub>2</sub>O', 'a | b,H2O'],
    ['=1+1 | -2', '=1+1,-2'],
    [' | ', ','],
  ])('%s', (cells, line) => {
    expect(row(cells)).toBe(line);
  });
});

it.each([
  ['| a | b |\n|---|---|\n| 1 | 2 |', '| a | b |\n| --- | --- |\n| 1 | 2 |\n'],
  ['a|b|c\n:-|:-:|-:\n1|2|3', '| a | b | c |\n| :-- | :-: | --: |\n| 1 | 2 | 3 |\n'],
  [
    '| **a** | `b \\| c` |\n|--|--|\n| $x^2$ | a<br>b |',
    '| **a** | `b \\| c` |\n| --- | --- |\n| $x^2$ | a<br>b |\n',
  ],
  ['> | a |\n> |---|\n> |  |', '| a |\n| --- |\n|  |\n'],
])('as Markdown it is what it was: %j', (text, markdown) => {
  expect(tableMarkdown(tableOf(text))).toBe(markdown);
});
