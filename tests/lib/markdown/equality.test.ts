/** However a text arrives, it ends as the tree that one run of the parser makes of it. */
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { growMarkdown, parseMarkdown, type ParsedMarkdown } from '@/lib/markdown/parse';
import { syntax, trees } from '@/lib/markdown/syntax';
import { addDefinitions, resolveReferences, type Definitions } from '@/lib/markdown/references';
import { specExamples } from '../../spec-examples';
import { growing, randomFrom } from '../../streamed';

/** Without places: those in a piece of a text are others than in the whole. */
function treeOf(nodes: unknown): unknown {
  return JSON.parse(
    JSON.stringify(nodes, (key, value) => (key === 'position' ? undefined : value)),
  );
}

function inOneRun(text: string): unknown {
  const { children } = fromMarkdown(text, {
    extensions: syntax,
    mdastExtensions: trees,
  });
  const known: Definitions = new Map();
  addDefinitions(children, known);
  resolveReferences(children, known);
  return treeOf(children);
}

function streamed(text: string, seed: number, most: number, read: typeof parseMarkdown): unknown {
  let parsed: ParsedMarkdown | undefined;
  for (const soFar of growing(text, seed, most)) parsed = read(soFar, parsed);
  return treeOf(parseMarkdown(text, parsed).blocks.map(({ node }) => node));
}

/** The trees that a text ends as, by character and in random pieces, as a page streams it and parsed whole each time. */
function treesOf(text: string): unknown[] {
  const sizes = [1, 3, 12, 40];
  return [
    ...sizes.map((most, seed) => streamed(text, seed, most, growMarkdown)),
    streamed(text, 5, 7, parseMarkdown),
  ];
}

describe('every example of the specifications, streamed by character and in random pieces', () => {
  it.each(specExamples)('$name', ({ markdown }) => {
    const whole = inOneRun(markdown);
    for (const tree of treesOf(markdown)) expect(tree).toEqual(whole);
  });
});

describe('examples that follow each other in one text, at random', () => {
  it.each(Array.from({ length: 60 }, (_, index) => index + 1))('text %i', (seed) => {
    const random = randomFrom(seed);
    const pick = () => specExamples[Math.floor(random() * specExamples.length)]?.markdown ?? '';
    const texts = Array.from({ length: 2 + Math.floor(random() * 4) }, () => {
      const text = random() < 0.2 ? pick().replaceAll('\n', '\r\n') : pick();
      return random() < 0.5 ? `${text}\n` : text;
    });
    const whole = inOneRun(texts.join(''));
    for (const tree of treesOf(texts.join(''))) expect(tree).toEqual(whole);
  });
});

describe('what the whole text decides', () => {
  it.each([
    [
      'a definition at the end',
      'See [a].\n\n- [a]\n- b\n\n| [a] |\n| - |\n| [a] |\n\n[a]: https://x.org',
    ],
    ['a definition that is none in the end', 'See [a].\n\nb\n\n[a]: https://x.org is where\n'],
    ['a title on the next line', 'See [a].\n\n[a]: https://x.org\n"The\ntitle"\n\nb\n'],
    ['a title that does not end', "See [a].\n\n[a]: https://x.org\n'The\ntitle\n\nb\n"],
    ['the first of two definitions', '[a]\n\n[a]: https://x.org/1\n\nb\n\n[a]: https://x.org/2\n'],
    ['a footnote', 'One[^1] and [^2].\n\nb\n\n[^1]: The *note*.\n\n    More.\n\nc\n'],
    ['a list that becomes loose', '- a\n- b\n- c\n\n- d\n\ne\n'],
    ['a list with blank lines after it', '- a\n- b\n\n\nc\n'],
    ['an item that takes in a paragraph', '- a\n\n  b\n- c\n'],
    ['a rule that was going to be an item', '- a\n- b\n\n---\n\n- c\n'],
    ['a table without its bars', 'a | b\n--|--\nc | d\ne\n\nf\n'],
    ['a table that a heading ends', '| a |\n|---|\n| b |\n# c\n'],
    ['fences in fences', '````\n```\na\n```\n````\nb\n'],
    ['a fence that a longer one closes', '~~~ js\na\n~~~~~ \nb\n'],
    ['a mark at the start that is no text', '\uFEFFa\n\n\uFEFFb\n'],
    ['zeros', 'a\0b\n\n```\nc\0d\n```\n'],
  ])('%s', (_, text) => {
    const whole = inOneRun(text);
    for (const tree of treesOf(text)) expect(tree).toEqual(whole);
  });

  it('across more than one piece of the parser', () => {
    const [item, row] = ['- An *item* with [a] in it.\n', '| [a] | **b** |\n'];
    const text = `# Top\n\n${item.repeat(400)}\n| a | b |\n|---|---|\n${row.repeat(400)}\n\`\`\`\n${item.repeat(400)}\`\`\`\n\n[a]: https://x.org\n`;
    const whole = inOneRun(text);
    expect(streamed(text, 1, 900, growMarkdown)).toEqual(whole);
    expect(streamed(text, 2, text.length, parseMarkdown)).toEqual(whole);
  });
});

describe('what is Markdown in chats alone', () => {
  it.each([
    'Inline $e^{i\\pi}$, \\(a_b\\) and prices: $5, $10 and US$ 3.\n\nNext $x$.\n',
    '$$\nx^2\n\ny\n$$\n\nafter\n\n$$ a $$\n\nand $$b$$ within\n',
    '\\[\nx\n\\]\n\n\\[ never closed\n\nafter\n',
    '$$\nnever closed\n\n- a\n- b\n',
    '- $a$\n- $$\n  b\n  $$\n\n> $$\n> c\n> $$\n\n| $a$ | b |\n| - | - |\n| $c|d$ | `$e$` |\n',
    '<details>\n<summary>More</summary>\n\n*one*\n\n</details>\n\nafter<br>b, H<sub>2</sub>O\n',
    '```mermaid\ngraph TD\n  A --> B\n```\n\n- ```js\n  a\n  ```\n- b\n',
  ])('%j', (text) => {
    const whole = inOneRun(text);
    for (const tree of treesOf(text)) expect(tree).toEqual(whole);
  });
});
