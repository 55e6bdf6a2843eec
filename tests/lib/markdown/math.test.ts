/** What is a formula and what is money, code or text. */
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { mathSource } from '@/lib/markdown/math';
import { parseMarkdown } from '@/lib/markdown/parse';

/** The formulas of a text: `block` or `inline`, how it opens, and its TeX. */
function formulasIn(text: string): string[] {
  const inNode = (node: Nodes): string[] => {
    if (node.type === 'inlineMath') return [`inline ${node.opening} ${node.value}`];
    if (node.type === 'math') {
      return [`block ${node.opening} ${node.value}${node.isClosed ? '' : ' …'}`];
    }
    return 'children' in node ? node.children.flatMap(inNode) : [];
  };
  return parseMarkdown(text).blocks.flatMap(({ node }) => inNode(node));
}

/** The types of the blocks. */
const blocksOf = (text: string) => parseMarkdown(text).blocks.map(({ node }) => node.type);

describe('a formula in a text', () => {
  it.each([
    ['The area is $\\pi r^2$.', 'inline $ \\pi r^2'],
    ['$x$', 'inline $ x'],
    ['$E = mc^2$, he said', 'inline $ E = mc^2'],
    ['**$x$**', 'inline $ x'],
    ['($x$)', 'inline $ x'],
    ['the $n$th element', 'inline $ n'],
    ['$k$-means', 'inline $ k'],
    ['a cost of $5x + 3$ a day', 'inline $ 5x + 3'],
    ['$5 \\text{ apples and pears}$', 'inline $ 5 \\text{ apples and pears}'],
    ['设$x$为', 'inline $ x'],
    ['$a\\$b$', 'inline $ a\\$b'],
    ['\\$$x$', 'inline $ x'],
    ['costs \\$5 and $x$', 'inline $ x'],
    ['$a\nb$', 'inline $ a\nb'],
    ['> $a\n> b$', 'inline $ a\nb'],
    ['$0^+$, then', 'inline $ 0^+'],
    ['$[0, 1)$ and', 'inline $ [0, 1)'],
    ['\\(x^2\\) is', 'inline \\( x^2'],
    ['\\( x^2 \\)', 'inline \\( x^2'],
    ['\\(f(x)\\)', 'inline \\( f(x)'],
    ['\\(a \\\\) b\\)', 'inline \\( a \\\\) b'],
    ['so $$x^2$$ holds', 'inline $$ x^2'],
    ['so \\[x^2\\] holds', 'inline \\[ x^2'],
    ['$$x^2$$ holds', 'inline $$ x^2'],
    ['see $$\na\n$$ where', 'inline $$ a'],
    ['- one $x$', 'inline $ x'],
    ['| a |\n|---|\n| $x\\|y$ |', 'inline $ x|y'],
    ['# The $x$ axis', 'inline $ x'],
  ])('%j', (text, formula) => {
    expect(formulasIn(text)).toEqual([formula]);
  });

  it('stands beside others, and beside prices', () => {
    expect(formulasIn('$a$ and $b$, \\(c\\) for $5 or $6')).toEqual([
      'inline $ a',
      'inline $ b',
      'inline \\( c',
    ]);
    expect(formulasIn('It costs $5 for each of them, and $x$ is one.')).toEqual(['inline $ x']);
  });
});

describe('no formula', () => {
  it.each([
    '$5 and $10',
    'costs $5–$10 and US$ 3',
    'from US$5 to US$10',
    'between $5 and 10$ or so',
    '$100k',
    '$1.2B in 2020, then $3.4B',
    '($5)/($6)',
    '$5/$10',
    '$5,$10',
    'cost:$5;total:$10',
    'a $ b $ c',
    '5$ or 6$',
    'A$ and B$',
    'I have $5 and you have some €$',
    '$HOME/$USER',
    '$PATH:$HOME',
    '${a}${b}',
    '$x and $y are variables',
    'cheap ($), fair ($$), dear ($$$)',
    'Café A ($$), Café B ($$)',
    '$$$',
    '$$$x$$$',
    '$',
    '$$ is what one pays',
    '\\$x\\$',
    '\\\\(x\\\\)',
    '$x `$` y',
    '`$x$`',
    '`` $x$ ` ``',
    '$a `b$` c',
    '$x',
    '\\(x',
    '$x\n\ny$',
    '\\[1\\]',
    'see \\[1\\] and \\[x\\] done',
    '\\[no link\\](https://x.org)',
    '\\(see the note below\\)',
    '\\[see below\\]',
    '\\[Note\\] one',
    '\\(\\)',
    '\\!\\"\\#\\$\\%\\&\\\'\\(\\)\\*\\+',
    '```\n$x$\n```',
    '    $$x$$',
    '[a](https://x.org/$x$)',
  ])('%j', (text) => {
    expect(formulasIn(text)).toEqual([]);
  });

  it('keeps every sign of the text', () => {
    const text = 'costs $5–$10, US$ 3, $100k, a $ b $ c and $$';
    const [block] = parseMarkdown(text).blocks;
    expect(block?.node).toMatchObject({ children: [{ type: 'text', value: text }] });
  });
});

describe('a formula on lines of its own', () => {
  it.each([
    ['$$\nx^2\n$$', 'block $$ x^2'],
    ['$$x^2$$', 'block $$ x^2'],
    ['  $$ x^2 $$  ', 'block $$ x^2'],
    ['$$\na\n\nb\n$$', 'block $$ a\n\nb'],
    ['$$\\begin{aligned}\na &= b \\\\\n- c\n\\end{aligned}$$', null],
    ['\\[x^2\\]', 'block \\[ x^2'],
    ['\\[\nx^2\n\\]', 'block \\[ x^2'],
    ['\\[ a = b\n  + c \\]', 'block \\[ a = b\n  + c'],
    ['\\[\na\n- b\n> c\n\\]', 'block \\[ a\n- b\n> c'],
    ['\\[ n \\]', 'block \\[ n'],
    ['> $$\n> x\n> $$', 'block $$ x'],
    ['- one\n  $$\n  x\n  $$', 'block $$ x'],
    ['1. \\[ x^2 \\]', 'block \\[ x^2'],
    ['$$\na \\\\[2pt] \\$$ b\n$$', 'block $$ a \\\\[2pt] \\$$ b'],
  ])('%j', (text, formula) => {
    const expected = formula ?? `block $$ ${text.slice(2, -2)}`;
    expect(formulasIn(text)).toEqual([expected]);
  });

  it('ends the paragraph before it and begins the next one', () => {
    expect(blocksOf('So:\n$$\nx\n$$\nThen')).toEqual(['paragraph', 'math', 'paragraph']);
    expect(blocksOf('So:\n$$x^2$$\nThen')).toEqual(['paragraph', 'math', 'paragraph']);
    expect(blocksOf('So:\n\\[\nx\n\\]\nThen')).toEqual(['paragraph', 'math', 'paragraph']);
    expect(blocksOf('So\n$$ is what\none pays')).toEqual(['paragraph']);
  });

  it('is unfinished until it is closed', () => {
    expect(formulasIn('$$\nx^')).toEqual(['block $$ x^ …']);
    expect(formulasIn('$$\nx\n\ny\n')).toEqual(['block $$ x\n\ny …']);
    expect(formulasIn('$$\n')).toEqual(['block $$  …']);
    expect(formulasIn('\\[\nx^2\n')).toEqual(['block \\[ x^2 …']);
    expect(formulasIn('$$x^2')).toEqual(['block $$ x^2 …']);
  });

  it('is text where a bracket is not closed before a blank line', () => {
    expect(formulasIn('\\[\nx^2\n\nmore')).toEqual([]);
    expect(blocksOf('\\[\nx^2\n\nmore')).toEqual(['paragraph', 'paragraph']);
  });

  it('ends with its quote', () => {
    expect(blocksOf('> $$\n> x\n\ntext')).toEqual(['blockquote', 'paragraph']);
    expect(blocksOf('> $$\nx')).toEqual(['blockquote', 'paragraph']);
  });
});

it.each(['$x$', '\\(x\\)', '$$x$$', '$$\na\nb\n$$', '\\[\na\nb\n\\]'])(
  'the source of %j is itself',
  (text) => {
    const [block] = parseMarkdown(text).blocks;
    const node = block?.node.type === 'paragraph' ? block.node.children[0] : block?.node;
    const isMath = node?.type === 'math' || node?.type === 'inlineMath';
    expect(isMath && mathSource(node)).toBe(text);
  },
);

it.each([
  ['dollars that open and never close', '$a '],
  ['prices', '$5 each or more '],
  ['double dollars', '$$a '],
  ['brackets', '\\(a '],
  ['brackets on lines', '\\[^\n'],
  ['double dollars on lines', '$$^\n'],
  ['prose between dollars', '$aa bb x$ '],
  ['backslashes', '\\'],
])('50,000 characters of %s cost no more than a moment', (_, piece) => {
  // The square of the length would be minutes, and the test's time would end.
  const text = piece.repeat(Math.floor(49_000 / piece.length));
  expect(parseMarkdown(text).blocks.length).toBeGreaterThan(0);
});
