/** Details, the few tags that are elements, notes: from the blocks of a text. */
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { groupDetails } from '@/lib/markdown/details';
import { footnotesOf } from '@/lib/markdown/footnotes';
import { pairInlineHtml } from '@/lib/markdown/inline-html';
import { parseMarkdown, type ParsedMarkdown } from '@/lib/markdown/parse';
import { shownLines } from '@/lib/markdown/shown-text';

/** A tree as one line: `details(Title open){paragraph list}`. */
function outline(node: Nodes): string {
  if (node.type === 'text' || node.type === 'html') return `${node.type}:${node.value}`;
  if (node.type !== 'details') return node.type;
  const facts = [node.summary, node.isOpen && 'open', !node.isClosed && 'unclosed'];
  return `details(${facts.filter(Boolean).join(' ')}){${node.children.map(outline).join(' ')}}`;
}

const outlineOf = (text: string) =>
  groupDetails(parseMarkdown(text).blocks).map(({ node }) => outline(node));

describe('details', () => {
  it.each([
    [
      'around blocks',
      '<details>\n<summary>A</summary>\n\none\n\n- two\n\n</details>\n\nafter',
      ['details(A){paragraph list}', 'paragraph'],
    ],
    [
      'on one line',
      '<details><summary>A</summary>\n\none\n\n</details>',
      ['details(A){paragraph}'],
    ],
    [
      'that are open',
      '<details open>\n<summary>A</summary>\n\none\n\n</details>',
      ['details(A open){paragraph}'],
    ],
    [
      'with attributes, which do not count',
      '<details class="x" onclick="y()" open="">\n<summary id="z">A</summary>\n\none\n\n</details>',
      ['details(A open){paragraph}'],
    ],
    [
      'with a bold summary',
      '<details>\n<summary><b>A</b> b</summary>\n\none\n\n</details>',
      ['details(A b){paragraph}'],
    ],
    [
      'without blank lines',
      '<details>\n<summary>A</summary>\none **two**\n</details>',
      ['details(A){paragraph}'],
    ],
    ['without a summary', '<details>\n\none\n\n</details>', ['details(){paragraph}']],
    [
      'one after the other in one block of HTML',
      '<details>\n<summary>A</summary>\n\none\n\n</details>\n<details>\n<summary>B</summary>\n\ntwo\n\n</details>',
      ['details(A){paragraph}', 'details(B){paragraph}'],
    ],
    [
      'in details',
      '<details>\n<summary>A</summary>\n\n<details>\n<summary>B</summary>\n\none\n\n</details>\n\ntwo\n\n</details>',
      ['details(A){details(B){paragraph} paragraph}'],
    ],
    [
      'with words behind their end',
      '<details>\n\none\n\n</details>\nmore',
      ['details(){paragraph}', 'paragraph'],
    ],
    [
      'that go on',
      '<details>\n<summary>A</summary>\n\none\n\n- tw',
      ['details(A unclosed){paragraph list}'],
    ],
    ['whose summary goes on', '<details>\n<summary>A b', ['details(A b unclosed){}']],
  ])('%s', (_, text, outlines) => {
    expect(outlineOf(text)).toEqual(outlines);
  });

  it.each([
    ['</details>', ['html:</details>']],
    ['<summary>A</summary>', ['html:<summary>A</summary>']],
    ['<div>\none\n</div>', ['html:<div>\none\n</div>']],
    ['```html\n<details>\n```', ['code']],
  ])('are none in %j', (text, outlines) => {
    expect(outlineOf(text)).toEqual(outlines);
  });

  it('nested without end do not become as deep', () => {
    let depth = 0;
    let [node] = groupDetails(parseMarkdown('<details>\n\n'.repeat(500)).blocks).map(
      (one) => one.node,
    );
    for (; node?.type === 'details'; depth += 1) [node] = node.children;
    expect(depth).toBeLessThan(10);
  });

  it('have places that no other block has', () => {
    const text = '<details>\n\none\n\n</details>\n<details>\n\ntwo\n\n</details>\n\nthree';
    const starts = groupDetails(parseMarkdown(text).blocks).map(({ start }) => start);
    expect(new Set(starts).size).toBe(3);
  });
});

/** A paragraph as one line, with elements as `sub(…)`. */
function shapeOf(text: string): string {
  const [block] = parseMarkdown(text).blocks;
  const shape = (node: Nodes): string => {
    if (node.type === 'inlineElement') return `${node.name}(${node.children.map(shape).join('')})`;
    if (node.type === 'break') return '⏎';
    return 'value' in node ? node.value : `${node.type}(${inner(node)})`;
  };
  const inner = (node: Nodes): string =>
    'children' in node ? pairInlineHtml(node.children).map(shape).join('') : '';
  return block ? inner(block.node) : '';
}

describe('tags in a text', () => {
  it.each([
    ['a<br>b<br/>c<BR />d', 'a⏎b⏎c⏎d'],
    ['H<sub>2</sub>O', 'Hsub(2)O'],
    ['x<sup>*n*</sup>', 'xsup(emphasis(n))'],
    ['<kbd>Ctrl</kbd>+<KBD>C</KBD>', 'kbd(Ctrl)+kbd(C)'],
    ['a<sup>b<sub>c</sub></sup>', 'asup(bsub(c))'],
    ['a<sub>b', 'a<sub>b'],
    ['a</sub>b', 'a</sub>b'],
    ['a<sub>b<sup>c</sub>d</sup>', 'asub(b<sup>c)d</sup>'],
    ['a<sub class="x">b</sub>', 'a<sub class="x">b</sub>'],
    ['a<b>b</b><script>c</script>', 'a<b>b</b><script>c</script>'],
    ['a<sub>*b</sub>c*', 'a<sub>*b</sub>c*'.replace('*b</sub>c*', 'emphasis(b</sub>c)')],
  ])('%s', (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });
});

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(wordsOf).join('') : '';
}

const notesOf = (text: string) =>
  footnotesOf(parseMarkdown(text).blocks).map(({ number, definition, reference }) => [
    number,
    definition.identifier,
    wordsOf(definition),
    reference !== undefined,
  ]);

describe('footnotes', () => {
  it('are in the order in which the text speaks of them', () => {
    const text = 'One[^b], two[^a], one again[^b].\n\n[^a]: A note.\n[^b]: B note.';
    expect(notesOf(text)).toEqual([
      [1, 'b', 'B note.', true],
      [2, 'a', 'A note.', true],
    ]);
  });

  it('of footnotes come behind them, and those that nothing speaks of at the end', () => {
    const text = 'One[^a].\n\n[^c]: C.\n[^b]: B.\n[^a]: A, see[^b].';
    expect(notesOf(text).map(([, name]) => name)).toEqual(['a', 'b', 'c']);
  });

  it('that are not there are text as it was written', () => {
    expect(notesOf('One[^a].')).toEqual([]);
    expect(shownLines('One[^a].')).toEqual([['One[^a].']]);
  });
});

/** Random, and the same on every run. */
function pieceSizes(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (state % 9);
  };
}

const streamed = [
  'Text\n\n$$\na\n\nb\n$$\n\nmore $x$ and $5 and $6\n\n\\[\nx^2\n\\]\n\nend\n',
  'So:\n\\[\nx\n\nno formula\n\n$$ is money\n\nend $$x$$ of it\n',
  '<details>\n<summary>A</summary>\n\n- one\n\n```\ncode\n```\n\n</details>\n\nafter H<sub>2</sub>O\n\nend\n',
  '> $$\n> x\n> $$\n\n- $$\n  y\n  $$\n\n  z\n\nend\n',
  '```mermaid\ngraph TD\n\nA-->B\n```\n\nafter\n\n```mermaid\nA\n',
];

const plain = ({ blocks }: ParsedMarkdown): unknown =>
  JSON.parse(
    JSON.stringify(groupDetails(blocks), (key, value) => (key === 'position' ? undefined : value)),
  );

it.each(streamed)('streamed it is the same as at once: %j', (text) => {
  for (const seed of [1, 2, 3]) {
    const next = pieceSizes(seed);
    let parsed: ParsedMarkdown | undefined;
    for (let end = 0; end < text.length;) {
      end = Math.min(text.length, end + next());
      parsed = parseMarkdown(text.slice(0, end), parsed);
    }
    expect(plain(parsed ?? parseMarkdown(''))).toEqual(plain(parseMarkdown(text)));
  }
});
