import { describe, expect, it } from 'vitest';
import {
  activeBranch,
  applyEvent,
  branchTo,
  emptyConversation,
  newestLeafBelow,
  streamingReply,
  textOf,
  versionsOf,
  type Conversation,
  type ConversationEvent,
  type ImageInfo,
} from '@/lib/conversation';
import { chatModel, conversationOf, frozen, pictureModel, prompt, reply } from '../samples';

const image: ImageInfo = { id: 'i', mediaType: 'image/png', bytes: 3, width: 2, height: 1 };

function apply(conversation: Conversation, ...events: ConversationEvent[]): Conversation {
  return events.reduce((before, event) => applyEvent(frozen(before), event), conversation);
}

describe('an event', () => {
  const empty = emptyConversation('c', chatModel, 500);
  const streaming = reply('r', 'p', { state: 'streaming', parts: [] });
  const asked = conversationOf([prompt('p'), streaming]);

  it('adds a message as the new end of the branch, and dates the conversation by it', () => {
    const after = apply(empty, { type: 'message-add', message: prompt('p', { createdAt: 700 }) });
    expect(after).toMatchObject({ leafId: 'p', createdAt: 500, updatedAt: 700 });
    expect(after.messages.map(({ id }) => id)).toEqual(['p']);
  });

  it('starts a text with the first delta and extends it with the next ones', () => {
    const after = apply(
      asked,
      { type: 'text-delta', messageId: 'r', text: 'Hel' },
      { type: 'text-delta', messageId: 'r', text: 'lo' },
    );
    expect(after.messages[1]?.parts).toEqual([{ type: 'text', text: 'Hello' }]);
  });

  it('begins a new text after a picture', () => {
    const drawn = reply('r', 'p', { parts: [{ type: 'image', prompt: 'cat', image }] });
    const after = apply(conversationOf([prompt('p'), drawn]), {
      type: 'text-delta',
      messageId: 'r',
      text: 'a cat',
    });
    expect(after.messages[1]?.parts).toEqual([
      { type: 'image', prompt: 'cat', image },
      { type: 'text', text: 'a cat' },
    ]);
  });

  it('puts the picture into the place that waits for it', () => {
    const waiting = reply('r', 'p', { parts: [{ type: 'image', prompt: 'cat', image: null }] });
    const after = apply(conversationOf([prompt('p'), waiting]), {
      type: 'image-add',
      messageId: 'r',
      image,
    });
    expect(after.messages[1]?.parts).toEqual([{ type: 'image', prompt: 'cat', image }]);
  });

  it.each(['done', 'stopped', 'interrupted', 'failed'] as const)(
    'ends a reply as %s and keeps its text',
    (state) => {
      const after = apply(
        asked,
        { type: 'text-delta', messageId: 'r', text: 'so far' },
        { type: 'reply-end', messageId: 'r', state, at: 9000 },
      );
      expect(after.messages[1]).toMatchObject({ state, endedAt: 9000 });
      expect(after.messages[1]).not.toHaveProperty('error');
      expect(after.messages[1] && textOf(after.messages[1])).toBe('so far');
      expect(after.updatedAt).toBe(9000);
    },
  );

  it('ends a reply with its error, and forgets the error when the reply starts again', () => {
    const error = { kind: 'offline', host: 'ai-chats.org' } as const;
    const failed = apply(asked, {
      type: 'reply-end',
      messageId: 'r',
      state: 'failed',
      at: 1,
      error,
    });
    expect(failed.messages[1]).toMatchObject({ state: 'failed', error });
    const again = apply(failed, { type: 'reply-start', messageId: 'r', at: 9 });
    expect(again.messages[1]).toMatchObject({ state: 'streaming', createdAt: 9 });
    expect(again.messages[1]).not.toHaveProperty('error');
  });

  it('changes the model of what comes next, not of the replies there are', () => {
    const after = apply(asked, { type: 'model-change', model: pictureModel });
    expect(after.model).toEqual(pictureModel);
    expect(after.messages[1]?.model).toEqual(chatModel);
  });

  it('changes the branch that is shown', () => {
    const two = conversationOf([prompt('p'), reply('r1', 'p'), reply('r2', 'p')]);
    const after = apply(two, { type: 'branch-change', leafId: 'r1' });
    expect(activeBranch(after).map(({ id }) => id)).toEqual(['p', 'r1']);
  });

  it.each<ConversationEvent>([
    { type: 'text-delta', messageId: 'nobody', text: 'x' },
    { type: 'image-add', messageId: 'nobody', image },
    { type: 'reply-start', messageId: 'nobody', at: 1000 },
    { type: 'reply-end', messageId: 'nobody', state: 'done', at: 1000 },
  ])('$type for a message that is not there changes no message', (event) => {
    expect(apply(asked, event).messages).toEqual(asked.messages);
  });

  it('leaves the messages that it is not about as they are, by identity', () => {
    const after = apply(asked, { type: 'text-delta', messageId: 'r', text: 'x' });
    expect(after.messages[0]).toBe(asked.messages[0]);
  });
});

function titleAfter(text: string): string {
  const message = prompt('p', { parts: [{ type: 'text', text }] });
  return apply(emptyConversation('c', chatModel, 0), { type: 'message-add', message }).title;
}

describe('the title', () => {
  it.each([
    ['is the first prompt', 'Why is the sky blue?', 'Why is the sky blue?'],
    ['is one line without white space around it', '  a\n\n b\tc  ', 'a b c'],
    ['takes 80 characters whole', 'x'.repeat(80), 'x'.repeat(80)],
    ['shows that 81 characters are cut', 'x'.repeat(81), `${'x'.repeat(79)}…`],
    ['has no blank before the sign of a cut', `${'x'.repeat(78)} yz and on`, `${'x'.repeat(78)}…`],
    ['counts an emoji as one character', '🙂'.repeat(80), '🙂'.repeat(80)],
    ['never halves an emoji', `a${'🙂'.repeat(200)}`, `a${'🙂'.repeat(78)}…`],
    ['shows that a row of emoji is cut', '🙂'.repeat(200), `${'🙂'.repeat(79)}…`],
    ['is short for a prompt of a million characters', 'y'.repeat(1e6), `${'y'.repeat(79)}…`],
  ])('%s', (_, text, title) => {
    expect(titleAfter(text)).toBe(title);
  });

  it('stays that of the first prompt', () => {
    const first = apply(emptyConversation('c', chatModel, 0), {
      type: 'message-add',
      message: prompt('p'),
    });
    const second = apply(first, { type: 'message-add', message: prompt('q', { parentId: 'p' }) });
    expect(second.title).toBe('prompt p');
  });
});

const ids = (messages: { id: string }[]) => messages.map(({ id }) => id);

describe('branches and versions', () => {
  // p ─ r1 ─ q1 ─ s
  //   └ r2 ─ q2
  const tree = frozen(
    conversationOf(
      [
        prompt('p'),
        reply('r1', 'p'),
        reply('r2', 'p'),
        prompt('q1', { parentId: 'r1' }),
        reply('s', 'q1', { state: 'streaming' }),
        prompt('q2', { parentId: 'r2' }),
      ],
      { leafId: 's' },
    ),
  );

  it.each([
    ['s', ['p', 'r1', 'q1', 's']],
    ['q2', ['p', 'r2', 'q2']],
    ['p', ['p']],
    ['nobody', []],
    [null, []],
  ])('the branch to %s runs from the root to it', (id, expected) => {
    expect(ids(branchTo(tree, id))).toEqual(expected);
  });

  it('a message that is its own ancestor ends the branch instead of running for ever', () => {
    const loop = conversationOf([prompt('a', { parentId: 'b' }), reply('b', 'a')]);
    expect(ids(activeBranch(loop))).toEqual(['a', 'b']);
  });

  it.each([
    ['r1', ['r1', 'r2']],
    ['q1', ['q1']],
    ['p', ['p']],
  ])('the versions of %s are those of its turn, oldest first', (id, expected) => {
    const message = tree.messages.find((one) => one.id === id) ?? prompt('none');
    expect(ids(versionsOf(tree, message))).toEqual(expected);
  });

  it.each([
    ['p', 'q2'],
    ['r1', 's'],
    ['r2', 'q2'],
    ['s', 's'],
  ])('the newest message below %s is %s', (id, expected) => {
    expect(newestLeafBelow(tree, id)).toBe(expected);
  });

  it('finds the running reply on the branch that is shown only', () => {
    expect(streamingReply(tree)?.id).toBe('s');
    expect(streamingReply({ ...tree, leafId: 'q2' })).toBeUndefined();
  });
});

it('the text of a message leaves pictures out', () => {
  const message = reply('r', 'p', {
    parts: [
      { type: 'text', text: 'one ' },
      { type: 'image', prompt: 'cat', image },
      { type: 'text', text: 'two' },
    ],
  });
  expect(textOf(message)).toBe('one two');
});
