import { describe, expect, it } from 'vitest';
import { applyEvent, type Conversation, type ConversationEvent } from '@/lib/conversation';
import { canContinue, outcomeOf } from '@/lib/message-reply';
import { conversationOf, frozen, prompt, reply } from '../samples';

function apply(conversation: Conversation, ...events: ConversationEvent[]): Conversation {
  return events.reduce((before, event) => applyEvent(frozen(before), event), conversation);
}

const asked = conversationOf([prompt('p'), reply('r', 'p', { state: 'streaming', parts: [] })]);

describe('a reply', () => {
  it('ends with what is known of it, and forgets that when it starts again', () => {
    const remarks = { isAtLimit: true, isFiltered: true, isWithoutImages: true };
    const known = { usage: { input: 1, output: 2 }, firstAt: 7, ...remarks };
    const ended = apply(asked, {
      type: 'reply-end',
      messageId: 'r',
      state: 'done',
      at: 9,
      ...known,
    });
    expect(ended.messages[1]).toMatchObject({ state: 'done', endedAt: 9, ...known });
    const again = apply(ended, { type: 'reply-start', messageId: 'r', at: 10 });
    for (const key of Object.keys(known)) expect(again.messages[1]).not.toHaveProperty(key);
  });

  it.each([
    ['stopped', {}, true],
    ['interrupted', {}, true],
    ['done', {}, false],
    ['done', { isAtLimit: true }, true],
  ] as const)('that is %s %o can go on: %s', (state, changes, expected) => {
    expect(canContinue(reply('r', 'p', { state, ...changes }))).toBe(expected);
  });
});

describe('what lists say of a reply without a text', () => {
  const page = { ...prompt('p'), source: { title: 'Pharology', url: 'https://a.example' } };

  it.each([
    ['a picture', reply('r', 'p'), true, prompt('p'), { kind: 'image' }],
    ['the page of a picture', reply('r', 'p'), true, page, { kind: 'image', page: 'Pharology' }],
    ['a failure', reply('r', 'p', { state: 'failed' }), false, page, { kind: 'failed' }],
    ['a stop', reply('r', 'p', { state: 'stopped' }), false, undefined, { kind: 'stopped' }],
    ['nothing while it runs', reply('r', 'p', { state: 'streaming' }), false, page, undefined],
    ['nothing of a deleted one', reply('r', 'p', { deletedAt: 1 }), true, page, undefined],
    ['nothing of a prompt', page, false, undefined, undefined],
  ])('%s', (_, message, hasImage, before, outcome) => {
    expect(outcomeOf(message, hasImage, before)).toEqual(outcome);
  });
});
