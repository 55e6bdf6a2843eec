import { describe, expect, it } from 'vitest';
import { growMarkdown, parseMarkdown, type ParsedMarkdown } from '@/lib/markdown/parse';
import { growing } from '../../streamed';

/** Parses the text as it grows by pieces of up to `most` characters. */
function stream(text: string, seed: number, most: number): ParsedMarkdown {
  let parsed: ParsedMarkdown | undefined;
  for (const soFar of growing(text, seed, most)) parsed = growMarkdown(soFar, parsed);
  return parseMarkdown(text, parsed);
}

/** What a block is, without where it stands: a part of a text has other positions than the whole. */
function plain({ blocks }: ParsedMarkdown): unknown {
  return JSON.parse(
    JSON.stringify(blocks, (key, value) => (key === 'position' ? undefined : value)),
  );
}

const texts = {
  paragraphs: 'One.\n\nTwo\nlines.\n\nThree *words* here.\n',
  headings: '# One\n\ntext\n\nSetext\n======\n\n### Three\ntext\n\n---\n\nafter\n',
  list: '- one\n- two\n\n- three after a blank line\n\n  its second paragraph\n\ntext\n',
  'ordered list': '1. one\n2. two\n\n10. ten\n\ntext\n\n3. three\n',
  'nested list': '- one\n  - in one\n\n    deep\n  - two in one\n- two\n\ntext\n',
  'task list': '- [ ] open\n- [x] done\n',
  code: 'text\n\n```js\nconst x = 1;\n\n\n# no heading\n```\n\nafter\n\n    indented\n\n    code\n\nend\n',
  'code without an end': 'text\n\n```\nfirst\n\nsecond\n',
  table: 'text\n\n| a | b |\n| - | -: |\n| 1 | 2 |\n| 3 | 4 |\n\nafter\n',
  quote: '> one\nlazy\n\n> two\n\n> - three\n>\n> four\n\nafter\n',
  'raw HTML': '<div>\none\n\ntwo\n</div>\n\n<b>bold</b>\n\n<!-- a\n\ncomment -->\n\nend\n',
  'emphasis over pieces': 'a **bold *and* ~~struck~~** `code` b\n\nand [a link](https://x.org)\n',
  'carriage returns': 'one\r\n\r\n- two\r\n- three\r\n\r\nfour\r\n',
  'indented blocks': '   one\n\n   # two\n\n   - three\n\n     four\n\nfive\n',
  emoji: '👩‍👩‍👧 one\n\n- 🙂\n- Привет\n\n日本語\n',
  'link definitions':
    'See [the page] first.\n\nThen more.\n\nAnd more.\n\n[the page]: https://x.org\n',
  footnotes: 'See this[^1].\n\nThen more.\n\nAnd more.\n\n[^1]: The note.\n',
  'long rules': `one\n\n${'-'.repeat(80)}\n\n*two*\n\n${'* '.repeat(60)}\n\nthree\n`,
  'a long underline': `Heading\n${'-'.repeat(70)}\n\n**bold**\n`,
  'rules in code': `one\n\n\`\`\`\n${'-'.repeat(80)}\n\`\`\`\n\n*two*\n`,
  'a definition in a quote': 'See [it].\n\nMore.\n\nMore.\n\n> [it]: https://x.org\n',
  blanks: '\n\n\n   \n\none\n\n\n\n\ntwo\n\n\n',
  nothing: '',
};

describe.each(Object.entries(texts))('streamed Markdown: %s', (_, text) => {
  it.each([
    [1, 1],
    [2, 3],
    [3, 12],
    [4, 40],
  ])('is the same as at once (seed %i, pieces of up to %i characters)', (seed, most) => {
    expect(plain(stream(text, seed, most))).toEqual(plain(parseMarkdown(text)));
  });
});

/** Grown so far, with the parts of the last block. */
function growParts(text: string, before?: ParsedMarkdown) {
  const parsed = growMarkdown(text, before);
  const node = parsed.blocks.at(-1)?.node;
  return { parsed, parts: node && 'children' in node ? node.children : [] };
}

describe('streamed Markdown', () => {
  it('keeps the settled blocks, by identity', () => {
    const before = parseMarkdown('one\n\ntwo\n\nthree\n\nfo');
    const after = parseMarkdown('one\n\ntwo\n\nthree\n\nfour\n\nfive', before);
    expect(after.blocks).toHaveLength(5);
    expect(after.blocks[0]).toBe(before.blocks[0]);
    expect(after.blocks[1]).toBe(before.blocks[1]);
    expect(after.blocks[3]?.node).not.toBe(before.blocks[3]?.node);
  });

  it('keeps the settled items of a list and the settled rows of a table, by identity', () => {
    for (const [head, part] of [
      ['', '- item\n'],
      ['| a |\n|---|\n', '| b |\n'],
    ] as const) {
      const before = growParts(head + part.repeat(4));
      const after = growParts(head + part.repeat(6), before.parsed);
      expect(after.parts.length).toBe(before.parts.length + 2);
      for (const index of [0, 1]) expect(after.parts[index]).toBe(before.parts[index]);
    }
  });

  it('reads again only what names a definition that comes late', () => {
    const text = 'See [a].\n\nNothing[0] here.\n\n- one\n- [a]\n\nmore\n\nand more\n\n';
    const before = growMarkdown(text);
    const after = growMarkdown(`${text}[a]: https://x.org\n\nend\n\nend\n`, before);
    const [link, other, list, ...rest] = after.blocks;
    expect(JSON.stringify(link)).toContain('https://x.org');
    expect(JSON.stringify(list)).toContain('https://x.org');
    expect(other).toBe(before.blocks[1]);
    expect(rest[0]).toBe(before.blocks[3]);
  });

  it('goes on from an older parse, though another one has gone on from it', () => {
    const before = growMarkdown('one\n\ntw');
    growMarkdown('one\n\ntwo, and *this*', before);
    expect(plain(parseMarkdown('one\n\ntwice', before))).toEqual(
      plain(parseMarkdown('one\n\ntwice')),
    );
  });

  it('is not parsed again when nothing was added', () => {
    const before = parseMarkdown('one\n\ntwo');
    expect(parseMarkdown('one\n\ntwo', before)).toBe(before);
  });

  it('starts anew with a text that is another one', () => {
    const before = parseMarkdown('one\n\ntwo\n\nthree\n\nfour');
    expect(plain(parseMarkdown('other\n\ntext', before))).toEqual(
      plain(parseMarkdown('other\n\ntext')),
    );
  });

  it('gives every block the place where it starts, which no other block has', () => {
    const text = texts['nested list'] + texts.table + texts.code;
    const starts = stream(text, 5, 9).blocks.map(({ start }) => start);
    expect(starts).toEqual([...new Set(starts)].toSorted((one, other) => one - other));
    for (const start of starts) expect(start === 0 || text[start - 1] === '\n').toBe(true);
  });
});

/** All text in a tree, in order. */
function textIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textIn).join('');
  if (typeof value !== 'object' || value === null) return '';
  if ('value' in value && typeof value.value === 'string') return value.value;
  return textIn(Object.values(value));
}

describe('what people write is no attack', () => {
  const code = 'a_b_c_d = e_f_g_h\n'.repeat(300);

  it.each([
    ['rules', texts['long rules'], 'paragraph thematicBreak paragraph thematicBreak paragraph'],
    ['an underline', texts['a long underline'], 'heading paragraph'],
    ['rules in code', texts['rules in code'], 'paragraph code paragraph'],
    ['names in code', `\`\`\`py\n${code}\`\`\`\n\n*end*\n`, 'code paragraph'],
    ['names in code that goes on', `\`\`\`py\n${code}`, 'code'],
  ])('%s', (_, text, types) => {
    const { blocks } = parseMarkdown(text);
    expect(blocks.map(({ node }) => node.type).join(' ')).toBe(types);
  });

  it('and an attack is no more than its own paragraph', () => {
    const { blocks } = parseMarkdown(`# One\n\n${'> '.repeat(500)}deep\n\n- two\n`);
    expect(blocks[0]?.node.type).toBe('heading');
    expect(blocks.at(-1)?.node.type).toBe('list');
  });
});

describe('a very long text', () => {
  it('of many paragraphs is parsed whole, in windows', () => {
    const paragraphs = Array.from(
      { length: 3000 },
      (_, index) => `Paragraph ${index} *with* words.`,
    );
    const { blocks } = parseMarkdown(paragraphs.join('\n\n'));
    expect(blocks).toHaveLength(3000);
    expect(blocks.every(({ node }) => node.type === 'paragraph')).toBe(true);
    expect(textIn(blocks.at(-1)?.node)).toBe('Paragraph 2999 with words.');
  });

  it('in one line is shown as it came', () => {
    const line = '**x** '.repeat(100_000);
    const { blocks } = parseMarkdown(line);
    expect(textIn(blocks.map(({ node }) => node)).length).toBe(line.length);
    expect(new Set(blocks.map(({ node }) => node.type))).toEqual(new Set(['text']));
    expect(blocks.every(({ node }) => textIn(node).length <= 8192)).toBe(true);
  });

  it('of list items or table rows is a list or a table all the same', () => {
    const list = parseMarkdown('- an *item*\n'.repeat(10_000)).blocks[0]?.node;
    const table = parseMarkdown(`| a |\n|---|\n${'| **b** |\n'.repeat(10_000)}`).blocks[0]?.node;
    expect(list?.type === 'list' && list.children.length).toBe(10_000);
    expect(table?.type === 'table' && table.children.length).toBe(10_001);
  });

  it('loses nothing behind a block that is too long', () => {
    const text = `first\n\n${'word '.repeat(20_000)}\n\nlast`;
    const { blocks } = parseMarkdown(text);
    expect(textIn(blocks.map(({ node }) => node))).toMatch(/^first(?:word )+last$/u);
  });

  it.each([
    ['brackets', '['.repeat(50_000)],
    ['links that do not end', '[a]('.repeat(12_500)],
    ['stars that close nothing', '*a_ '.repeat(12_500)],
    ['backticks', '`'.repeat(50_000)],
    ['quotes in quotes', '> '.repeat(25_000)],
    ['lists in lists', '- '.repeat(25_000)],
  ])('of %s neither hangs nor fails', (_, text) => {
    expect(parseMarkdown(text).blocks.length).toBeGreaterThan(0);
  });
});
