/** What is AI-Chats.org's own; what every provider keeps is in `tests/providers.test.ts`. */
import { describe, expect, it } from 'vitest';
import { aiChats, toPrompt } from '@/lib/providers/ai-chats';
import { bytesOf } from '../../fake-body';
import { streamText } from '../../fake-context';

/** The service's framing, as in its protocol: one `data: ` line for each text. */
function framed(texts: string[], end = '\n'): Uint8Array<ArrayBuffer> {
  return bytesOf(texts.map((text) => `data: ${text.replaceAll('\n', '\\n')}${end}`).join(''));
}

function read(body: Uint8Array<ArrayBuffer>, size = Infinity) {
  return streamText(aiChats, 'gpt-4', { status: 200, headers: {}, body }, { size });
}

const manyLines = Array.from({ length: 5000 }, (_, i) => ` line ${i} é🙂\n`);
const blankLines = Array.from({ length: 500 }, () => ' \n');

describe('a stream is read exactly', () => {
  it.each([
    ['5,000 lines at once', manyLines, '\n', Infinity],
    ['5,000 lines, cut at every 7 bytes', manyLines, '\r\n', 7],
    ['one line of 100,000 characters', ['word '.repeat(20_000)], '\n', Infinity],
    ['a line for every character', Array.from('a👩‍👩‍👧 \n\tя'), '\r\n', 1],
    ['white space held back over many lines', ['a', ...blankLines, 'b'], '\n', 3],
  ])('%s', async (_, texts, end, size) => {
    const { text, error } = await read(framed(texts, end), size);
    expect(error).toBeUndefined();
    expect(text === texts.join('').trim()).toBe(true);
  });

  it('and a piece of many lines is handed on as one delta', async () => {
    const { parts } = await read(framed(manyLines));
    expect(parts.filter(({ type }) => type === 'text-delta').length).toBeLessThanOrEqual(2);
  });
});

it('a reply that never ends is stopped, and what came is kept', async () => {
  const endless = framed(Array.from({ length: 1_000_000 }, () => 'on '));
  const { text, error } = await read(endless, 65_536);
  expect(error?.kind).toBe('too-large');
  expect(text.length).toBeGreaterThan(100_000);
  expect(text.length).toBeLessThan(2_100_000);
});

describe('the prompt', () => {
  it('of one message is its parts of text, joined', () => {
    const content = [
      { type: 'text' as const, text: 'one ' },
      { type: 'text' as const, text: 'two' },
    ];
    expect(toPrompt([{ role: 'user', content }])).toBe('one two');
  });

  it('leaves out what is no text', () => {
    expect(
      toPrompt([
        {
          role: 'user',
          content: [
            { type: 'file', mediaType: 'image/png', data: { type: 'data', data: 'AAAA' } },
            { type: 'text', text: 'What is this?' },
          ],
        },
      ]),
    ).toBe('What is this?');
  });
});
