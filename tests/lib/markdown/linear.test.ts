/** A growing text costs what it is long, whatever it is made of: counted in characters that the parser gets. */
import { describe, expect, it, vi } from 'vitest';
import { growMarkdown, parseMarkdown, type ParsedMarkdown } from '@/lib/markdown/parse';
import { growing } from '../../streamed';

const parser = vi.hoisted(() => ({ characters: 0 }));

vi.mock('mdast-util-from-markdown', async (importOriginal) => {
  const original = await importOriginal<typeof import('mdast-util-from-markdown')>();
  return {
    ...original,
    fromMarkdown(...[text, ...others]: Parameters<typeof original.fromMarkdown>) {
      parser.characters += text.length;
      return original.fromMarkdown(text, ...others);
    },
  };
});

/** Characters that the parser gets while the text grows, and at its end. */
function costOf(text: string): number {
  parser.characters = 0;
  let parsed: ParsedMarkdown | undefined;
  for (const soFar of growing(text, 1, 400)) parsed = growMarkdown(soFar, parsed);
  parseMarkdown(text, parsed);
  return parser.characters;
}

const LENGTH = 80_000;

const texts = {
  paragraphs: 'Some words with *emphasis* and [a link](https://x.org) in them.\n\n',
  list: '- An item with **words** in it.\n',
  'loose list': '1. An item.\n\n   And more of it.\n\n',
  table: '| one | two |\n',
  code: 'const value = items[3] * 2;\n',
  'one paragraph': 'Some words that go on and on. ',
  'one quote': '> Some words that go on.\n',
  definitions: '[name]: https://x.org\n',
  'references and definitions': 'See [a] and [b].\n\n[c]: https://x.org\n\n',
  brackets: '[',
  'stars that close nothing': '*a_ ',
  headings: 'a\n=\n',
};
const starts: Record<string, string> = { table: '| a | b |\n|---|---|\n', code: '```js\n' };

describe('a text of 80,000 characters', () => {
  it.each(Object.entries(texts))(
    'of %s is parsed so many times over and no more',
    (name, unit) => {
      const text = (starts[name] ?? '') + unit.repeat(LENGTH / unit.length);
      const cost = costOf(text);
      expect(cost).toBeLessThan(25 * LENGTH);
      expect(cost).toBeLessThan(2.5 * costOf(text.slice(0, LENGTH / 2)));
    },
    60_000,
  );
});

it('names that are defined late cost no more than a few looks at what names them', () => {
  const names = Array.from({ length: 400 }, (_, index) => `[n${index}]`);
  const paragraph = `${names.join(' ')}\n\n`;
  const definitions = names.map((name) => `${name}: https://x.org\n`).join('\n');
  const text = paragraph.repeat(10) + definitions;
  expect(costOf(text)).toBeLessThan(40 * text.length);
}, 60_000);
