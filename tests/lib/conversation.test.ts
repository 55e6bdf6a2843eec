import { describe, expect, it } from 'vitest';
import {
  applyEvent,
  emptyConversation,
  type Conversation,
  type ConversationEvent,
  type ImageInfo,
} from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import { activeBranch } from '@/lib/message-tree';
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
      prompt: 'cat',
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
    { type: 'image-add', messageId: 'nobody', image, prompt: 'cat' },
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

describe('what lists show', () => {
  const asked = conversationOf([prompt('p'), reply('r', 'p', { state: 'streaming', parts: [] })]);

  it.each<[ConversationEvent, Partial<Conversation>]>([
    [
      { type: 'title-change', title: 'Mine', by: 'person' },
      { title: 'Mine', titleBy: 'person' },
    ],
    [{ type: 'pin-change', isPinned: true }, { isPinned: true }],
    [{ type: 'folder-change', folder: 'Work' }, { folder: 'Work' }],
    [{ type: 'unread-change', isUnread: true }, { isUnread: true }],
  ])('follows %o', (event, expected) => {
    expect(apply(asked, event)).toEqual({ ...asked, ...expected });
  });

  it('is the start of the newest reply, on one line', () => {
    const after = apply(
      asked,
      { type: 'text-delta', messageId: 'r', text: ` one\n\ntwo ${'x'.repeat(300)}` },
      { type: 'reply-end', messageId: 'r', state: 'done', at: 9000 },
    );
    expect(after.preview).toBe(`one two ${'x'.repeat(151)}…`);
  });

  it('has none of the marks of Markdown', () => {
    const text = '## Why\n\n- **blue** is `short`\n> quoted 2 * 3';
    const after = apply(
      asked,
      { type: 'text-delta', messageId: 'r', text },
      { type: 'reply-end', messageId: 'r', state: 'done', at: 9000 },
    );
    expect(after.preview).toBe('Why blue is short quoted 2 * 3');
  });

  // What is old may be deleted by its age.
  it.each([
    ['by a year', '2027-12-01', '2026-12-01'],
    ['to its start', '2026-11-01', '1970-01-02'],
  ])('never goes back in time, even when the clock does %s', (_, before, now) => {
    const late = { ...asked, updatedAt: Date.parse(before) };
    const at = Date.parse(now);
    const message = prompt('q', { parentId: 'r', createdAt: at });
    const asking = apply(late, { type: 'message-add', message });
    expect(asking.updatedAt).toBe(Date.parse(before));
    const ended = apply(late, { type: 'reply-end', messageId: 'r', state: 'done', at });
    expect(ended.updatedAt).toBe(Date.parse(before));
  });
});

const waiting = (id: string) => ({ id, text: `text ${id}`, model: chatModel });

describe('the queue', () => {
  const asked = conversationOf([prompt('p')]);

  it('keeps the order of what is added, and loses what is removed', () => {
    const [a, b, c] = [waiting('a'), waiting('b'), waiting('c')];
    const added = apply(
      asked,
      { type: 'queue-add', prompt: a },
      { type: 'queue-add', prompt: b },
      { type: 'queue-add', prompt: c },
    );
    expect(added.queue).toEqual([a, b, c]);
    expect(apply(added, { type: 'queue-remove', promptId: 'b' }).queue).toEqual([a, c]);
  });
});

const remove = (messageId: string): ConversationEvent => ({
  type: 'message-delete',
  messageId,
  at: 7000,
});

describe('a deletion', () => {
  const talk = conversationOf([
    prompt('p'),
    reply('r', 'p', { error: { kind: 'offline' } }),
    prompt('q', { parentId: 'r', source: { title: 'Page', url: 'https://a.example/' } }),
    reply('s', 'q'),
  ]);

  it('at the end shows what came before', () => {
    expect(apply(talk, remove('s')).leafId).toBe('q');
    expect(apply(talk, remove('q'), remove('s')).leafId).toBe('r');
  });

  it('of everything shows nothing', () => {
    expect(apply(talk, ...['p', 'r', 'q', 's'].map(remove)).leafId).toBeNull();
  });

  it('at the end shows another version where there is one', () => {
    const two = conversationOf([...talk.messages, reply('s2', 'q')], { leafId: 's2' });
    expect(apply(two, remove('s2')).leafId).toBe('s');
  });

  it('in the middle leaves the branch as it is', () => {
    const after = apply(talk, remove('r'));
    expect(after.leafId).toBe('s');
    expect(after.messages[1]).toMatchObject({ id: 'r', deletedAt: 7000 });
  });

  it('can be taken back: the message is as it was, and shown', () => {
    const restored = apply(talk, remove('s'), { type: 'message-restore', messageId: 's' });
    expect(restored).toEqual(talk);
  });

  it('leaves of a purged message its place alone', () => {
    const after = apply(talk, remove('q'), { type: 'message-purge', messageId: 'q' });
    expect(after.messages[2]).toEqual({
      id: 'q',
      parentId: 'r',
      role: 'user',
      parts: [],
      state: 'done',
      createdAt: 1000,
      deletedAt: 7000,
    });
  });

  it('of a picture keeps the prompt', () => {
    const drawn = reply('r', 'p', { parts: [{ type: 'image', prompt: 'cat', image }] });
    const after = apply(conversationOf([prompt('p'), drawn]), {
      type: 'image-remove',
      messageId: 'r',
      imageId: 'i',
    });
    expect(after.messages[1]?.parts).toEqual([{ type: 'image', prompt: 'cat', image: null }]);
  });
});

it('messages of an import join without changing what is shown', () => {
  const asked = conversationOf([prompt('p')]);
  const merged = apply(asked, { type: 'messages-merge', messages: [reply('r', 'p')] });
  expect(merged.messages.map(({ id }) => id)).toEqual(['p', 'r']);
  expect(merged.leafId).toBe('p');
});

describe('the title', () => {
  it.each([
    ['is the first prompt', 'Why is the sky blue?', 'Why is the sky blue?'],
    ['is one line without white space around it', '  a\n\n b\tc  ', 'a b c'],
    ['takes 80 characters whole', 'x'.repeat(80), 'x'.repeat(80)],
    ['shows that 81 characters are cut', 'x'.repeat(81), `${'x'.repeat(79)}…`],
    ['has no blank before the sign of a cut', `${'x'.repeat(78)} yz and on`, `${'x'.repeat(78)}…`],
    ['counts an emoji as one character', '🙂'.repeat(80), '🙂'.repeat(80)],
    ['never halves an emoji', `a${'🙂'.repeat(200)}`, `a${'🙂'.repeat(78)}…`],
    ['never tears an emoji of several', `a${'👩‍👩‍👧'.repeat(200)}`, `a${'👩‍👩‍👧'.repeat(39)}…`],
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

it('the text of a message leaves pictures out, and parts the texts around them', () => {
  const message = reply('r', 'p', {
    parts: [
      { type: 'text', text: 'one' },
      { type: 'image', prompt: 'cat', image },
      { type: 'text', text: 'two' },
    ],
  });
  expect(textOf(message)).toBe('one\n\ntwo');
});
