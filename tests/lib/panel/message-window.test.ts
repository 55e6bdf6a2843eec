import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/conversation';
import { Heights, isWhole, messagesNear, segmentsOf, topOf } from '@/lib/panel/message-window';
import { prompt, reply } from '../../samples';

const spacing = { before: 16, between: 10 };

/** Messages 0 to n - 1, each 100 pixels high. */
function column(count: number): { messages: Message[]; heights: Heights } {
  const heights = new Heights();
  const messages = Array.from({ length: count }, (_, index) => prompt(String(index)));
  for (const { id } of messages) heights.measure(id, 100);
  return { messages, heights };
}

describe('what stands in the document', () => {
  it.each([
    ['few messages, however high', 30, 10_000, true],
    ['many that are not high', 100, 100, true],
    ['many that are', 100, 1000, false],
  ])('is all of %s: %i of %i pixels, %s', (_, count, height, expected) => {
    const { messages, heights } = column(count);
    for (const { id } of messages) heights.measure(id, height);
    expect(isWhole(messages, heights)).toBe(expected);
  });

  it('is what lies within one view of the view, and the newest two', () => {
    const { messages, heights } = column(100);
    const view = { top: 16 + 50 * 110, bottom: 16 + 50 * 110 + 220 };
    const near = messagesNear(messages, heights, spacing, view, new Set());
    expect([...near].map(Number)).toEqual([48, 49, 50, 51, 52, 53, 98, 99]);
  });

  it('stays within two views, so that nothing comes and goes at an edge', () => {
    const { messages, heights } = column(100);
    const view = { top: 16 + 50 * 110, bottom: 16 + 50 * 110 + 220 };
    const near = messagesNear(messages, heights, spacing, view, new Set(['46', '47', '45', '20']));
    expect([...near].map(Number)).toEqual([46, 47, 48, 49, 50, 51, 52, 53, 98, 99]);
  });
});

describe('gaps', () => {
  it('are as high as what is left out, so that the list has the height of all', () => {
    const { messages, heights } = column(6);
    const segments = segmentsOf(messages, new Set(['2']), heights, spacing);
    expect(segments.map((one) => (one.type === 'gap' ? one.height : one.message.id))).toEqual([
      210,
      '2',
      100,
      '4',
      '5',
    ]);
    expect(segments.map((one) => one.type === 'gap' && one.messages.map(({ id }) => id))).toEqual([
      ['0', '1'],
      false,
      ['3'],
      false,
      false,
    ]);
  });

  it('follow what was measured, until the width is another', () => {
    const { messages, heights } = column(3);
    expect(topOf(messages, heights, spacing, '2')).toBe(16 + 220);
    heights.setWidth(300);
    expect(topOf(messages, heights, spacing, '2')).not.toBe(16 + 220);
  });

  it('are guessed from the length of the text and the shape of a picture', () => {
    const heights = new Heights();
    heights.setWidth(400);
    const short = prompt('s');
    const parts = [{ type: 'text' as const, text: 'word '.repeat(2000) }];
    const long = reply('l', 's', { parts });
    const image = { id: 'i', mediaType: 'image/png', bytes: 1, width: 1024, height: 512 };
    const picture = prompt('p', { parts: [{ type: 'image', prompt: '', image }] });
    expect(heights.of(long)).toBeGreaterThan(20 * heights.of(short));
    expect(heights.of(picture)).toBeGreaterThanOrEqual(200);
    expect(heights.of(picture)).toBeLessThan(300);
    // It is folded.
    expect(heights.of(prompt('p', { parts }))).toBeLessThan(600);
  });
});
