import { describe, expect, it } from 'vitest';
import { applyEvent, type ConversationEvent, type Part } from '@/lib/conversation';
import { previewOf, textOf } from '@/lib/message-text';
import { conversationOf, frozen, prompt, reply } from '../samples';

/** A change to the reply, without its id. */
type Change<Event = ConversationEvent> = Event extends { messageId: string }
  ? Omit<Event, 'messageId'>
  : never;

const think = (text: string, at: number): Change => ({ type: 'reasoning-delta', text, at });
const stopThinking = (at: number): Change => ({ type: 'reasoning-end', at });
const say = (text: string): Change => ({ type: 'text-delta', text });
const end = (at: number): Change => ({ type: 'reply-end', state: 'stopped', at });

function partsAfter(parts: Part[], changes: Change[]): Part[] | undefined {
  const asked = conversationOf([prompt('p'), reply('r', 'p', { state: 'streaming', parts })]);
  const after = changes.reduce(
    (before, change) => applyEvent(frozen(before), { ...change, messageId: 'r' }),
    asked,
  );
  return after.messages[1]?.parts;
}

describe('what a model thinks', () => {
  it.each<[string, Change[], Part[]]>([
    [
      'begins with its first words, at their time',
      [think('Hm', 100)],
      [{ type: 'reasoning', text: 'Hm', startedAt: 100 }],
    ],
    [
      'may begin without a word',
      [think('', 100), think('Hm', 200)],
      [{ type: 'reasoning', text: 'Hm', startedAt: 100 }],
    ],
    [
      'grows and keeps its beginning',
      [think('Hm', 100), think(', so', 200)],
      [{ type: 'reasoning', text: 'Hm, so', startedAt: 100 }],
    ],
    [
      'ends before the answer, which has a part of its own',
      [think('Hm', 100), stopThinking(300), say('It'), say(' is')],
      [
        { type: 'reasoning', text: 'Hm', startedAt: 100, endedAt: 300 },
        { type: 'text', text: 'It is' },
      ],
    ],
    [
      'may come again after a piece of the answer',
      [think('a', 1), stopThinking(2), say('b'), think('c', 3), stopThinking(4), say('d')],
      [
        { type: 'reasoning', text: 'a', startedAt: 1, endedAt: 2 },
        { type: 'text', text: 'b' },
        { type: 'reasoning', text: 'c', startedAt: 3, endedAt: 4 },
        { type: 'text', text: 'd' },
      ],
    ],
    [
      'is another one after its end',
      [think('a', 1), stopThinking(2), think('b', 3)],
      [
        { type: 'reasoning', text: 'a', startedAt: 1, endedAt: 2 },
        { type: 'reasoning', text: 'b', startedAt: 3 },
      ],
    ],
    [
      'ends with the reply',
      [think('a', 1), end(9)],
      [{ type: 'reasoning', text: 'a', startedAt: 1, endedAt: 9 }],
    ],
    [
      'ends once',
      [think('a', 1), stopThinking(2), stopThinking(5), end(9)],
      [{ type: 'reasoning', text: 'a', startedAt: 1, endedAt: 2 }],
    ],
    ['has no end without a beginning', [stopThinking(2)], []],
  ])('%s', (_, changes, parts) => {
    expect(partsAfter([], changes)).toEqual(parts);
  });

  it('is no text of the message, and no start of it in lists', () => {
    const parts: Part[] = [
      { type: 'reasoning', text: 'Secret', startedAt: 1, endedAt: 2 },
      { type: 'text', text: 'Said' },
    ];
    expect(textOf({ parts })).toBe('Said');
    expect(previewOf({ parts })).toBe('Said');
  });

  it('parts the texts before and after it as paragraphs', () => {
    const thought = { type: 'reasoning', text: 'Secret', startedAt: 1 } as const;
    const [one, two] = [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ] as const;
    expect(textOf({ parts: [thought, one, thought, two, thought] })).toBe('one\n\ntwo');
  });
});

it('text goes on in its own part', () => {
  expect(partsAfter([{ type: 'text', text: 'a' }], [say('b')])).toEqual([
    { type: 'text', text: 'ab' },
  ]);
});
