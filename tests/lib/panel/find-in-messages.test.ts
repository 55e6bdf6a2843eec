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
    expect(shownTextOf(saying('r', text))).toBe(shown);
  });

  it('is a prompt as it was written', () => {
    const message = prompt('p', { parts: [{ type: 'text', text: '**not** bold' }] });
    expect(shownTextOf(message)).toBe('**not** bold');
  });
});

describe('find in conversation', () => {
  const messages = [saying('a', 'One **t**wo two'), saying('b', 'three'), saying('c', 'Two')];

  it('finds each place, in order, across marks and within words', async () => {
    expect(await find(messages, 'two')).toEqual(['a0', 'a1', 'c0']);
    expect(await find(messages, 'hre')).toEqual(['b0']);
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
