import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/conversation';
import { findInMessages, shownTextOf } from '@/lib/panel/find-in-messages';
import { prompt, reply } from '../../samples';

const saying = (id: string, text: string): Message =>
  reply(id, 'p', { parts: [{ type: 'text', text }] });

async function find(messages: Message[], query: string): Promise<string[]> {
  const hits = await findInMessages(messages, query, new AbortController().signal);
  return hits.map(({ messageId, nth }) => `${messageId}${nth}`);
}

describe('the text that is searched', () => {
  it.each([
    ['marks of Markdown', '**bold** and `code`', 'bold and code'],
    ['addresses', 'see [the page](https://example.com/x) now', 'see the page now'],
    ['fences', '```js\nlet a;\n```', 'let a;'],
    ['the lines of a table', '| a | b |\n|---|---|\n| c | d |', 'a\nb\nc\nd'],
    ['lists in lists', '- one\n  - two\n- three', 'one\ntwo\nthree'],
  ])('is what one reads, without %s', (_, text, shown) => {
    expect(shownTextOf(saying('r', text)).text).toBe(shown);
  });

  it('is a prompt as it was written', () => {
    const message = prompt('p', { parts: [{ type: 'text', text: '**not** bold' }] });
    expect(shownTextOf(message).text).toBe('**not** bold');
  });

  it('is of formulas and diagrams their source, at its place', () => {
    const { text, drawn } = shownTextOf(
      saying('r', 'so $E$ is\n\n$$\nmc^2\n$$\n\n```mermaid\nA-->B\n```\n\nend'),
    );
    expect(text).toBe('so E is\nmc^2\nA-->B\nend');
    expect(drawn.map(({ start, end }) => text.slice(start, end))).toEqual(['E', 'mc^2', 'A-->B']);
  });
});

describe('find in conversation', () => {
  const messages = [saying('a', 'One **t**wo two'), saying('b', 'three'), saying('c', 'Two')];

  it('finds each place, in order, across marks and within words', async () => {
    expect(await find(messages, 'two')).toEqual(['a0', 'a1', 'c0']);
    expect(await find(messages, 'hre')).toEqual(['b0']);
  });

  it('finds what is drawn, each formula and diagram once, also with words around it', async () => {
    const drawn = saying('a', 'An x, $x + x^2$ and $\\frac x y$.\n\n```mermaid\nx-->x\n```\n\nx');
    expect(await find([drawn], 'x')).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
    expect(await find([drawn], 'and \\frac')).toEqual(['a0']);
    expect(await find([drawn], 'x-->x')).toEqual(['a0']);
    expect(await find([drawn], '$')).toEqual([]);
  });

  it('finds what stands where a link would have its address, in code and formulas', async () => {
    const code = [saying('a', '`calls[i](that)`'), saying('b', '$f[x](that)$')];
    expect(await find(code, 'that')).toEqual(['a0', 'b0']);
    expect(await find(code, '[i](that)')).toEqual(['a0']);
  });

  it('finds words on both sides of an address that holds brackets', async () => {
    const linked = saying('a', 'see [the page](https://example.com/?a[]=1) now');
    expect(await find([linked], 'page now')).toEqual(['a0']);
  });

  it.each(['](', '](a', '[x]('])('reads a long text of nothing but %s in one go', async (piece) => {
    expect(await find([saying('a', piece.repeat(200_000))], 'word')).toEqual([]);
  });

  it('finds punctuation alone', async () => {
    expect(await find([saying('a', 'Why? *Because.*')], '?')).toEqual(['a0']);
  });

  it('finds nothing for nothing, in an address, or in what was deleted', async () => {
    expect(await find(messages, '')).toEqual([]);
    expect(await find([saying('a', '[x](https://example.com/secret)')], 'secret')).toEqual([]);
    expect(await find([{ ...saying('a', 'gone'), deletedAt: 1 }], 'gone')).toEqual([]);
  });

  it('ends without hits when it is called off', async () => {
    expect(await findInMessages(messages, 'two', AbortSignal.abort())).toEqual([]);
  });
});
