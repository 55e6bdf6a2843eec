import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import type { WorkerMessage } from '@/lib/messages';
import {
  applyMessages,
  initialState,
  selectBranch,
  selectIsStreaming,
  type ChatState,
} from '@/lib/panel/chat-store';
import { conversationOf, frozen, prompt, reply } from '../../samples';

const streaming = reply('r', 'p', { state: 'streaming', parts: [] });

function snapshot(seq: number, text = ''): WorkerMessage {
  const parts = text ? [{ type: 'text' as const, text }] : [];
  return {
    type: 'snapshot',
    seq,
    conversation: conversationOf([prompt('p'), { ...streaming, parts }]),
  };
}

function delta(seq: number, text: string, conversationId = 'c'): WorkerMessage {
  return {
    type: 'event',
    seq,
    conversationId,
    event: { type: 'text-delta', messageId: 'r', text },
  };
}

function shown({ conversation }: ChatState): string {
  const message = conversation?.messages.find(({ id }) => id === 'r');
  return message ? textOf(message) : '';
}

describe('a page shows exactly the text that the worker sent', () => {
  it.each<[string, WorkerMessage[], string]>([
    ['with every event in its turn', [snapshot(1), delta(2, 'a'), delta(3, 'b')], 'ab'],
    ['with an event twice', [snapshot(1), delta(2, 'a'), delta(2, 'a'), delta(3, 'b')], 'ab'],
    [
      'with events that the snapshot holds',
      [snapshot(3, 'ab'), delta(2, 'a'), delta(3, 'b')],
      'ab',
    ],
    [
      'with events before the first snapshot',
      [delta(2, 'a'), snapshot(2, 'a'), delta(3, 'b')],
      'ab',
    ],
    ['with a late old event', [snapshot(1), delta(2, 'a'), delta(3, 'b'), delta(2, 'a')], 'ab'],
    [
      'with events of another conversation',
      [snapshot(1), delta(2, 'x', 'other'), delta(2, 'a')],
      'a',
    ],
    [
      'with a second snapshot',
      [snapshot(1), delta(2, 'a'), snapshot(3, 'ab'), delta(4, 'c')],
      'abc',
    ],
    [
      'of a new worker that counts anew',
      [snapshot(9, 'ab'), snapshot(0, 'ab'), delta(1, 'c')],
      'abc',
    ],
  ])('%s', (_, messages, text) => {
    const { state, isBehind } = applyMessages(frozen(initialState), frozen(messages));
    expect(shown(state)).toBe(text);
    expect(isBehind).toBe(false);
  });

  it('message by message as well as all at once', () => {
    const messages = [snapshot(1), delta(2, 'a'), delta(3, 'b'), delta(4, 'c')];
    const singly = messages.reduce(
      (state, message) => applyMessages(state, [message]).state,
      initialState,
    );
    expect(singly).toEqual(applyMessages(initialState, messages).state);
  });
});

describe('a missing event', () => {
  const behind = applyMessages(initialState, [
    snapshot(1),
    delta(2, 'a'),
    delta(4, 'c'),
    delta(5, 'd'),
  ]);

  it('is noticed, and what is shown stays as it was', () => {
    expect(behind.isBehind).toBe(true);
    expect(shown(behind.state)).toBe('a');
    expect(behind.state.seq).toBe(2);
  });

  it('is no longer missing after a snapshot', () => {
    const after = applyMessages(behind.state, [snapshot(5, 'abcd'), delta(6, 'e')]);
    expect(after.isBehind).toBe(false);
    expect(shown(after.state)).toBe('abcde');
  });

  it('is forgotten when the snapshot comes among the same messages', () => {
    const { state, isBehind } = applyMessages(initialState, [
      snapshot(1),
      delta(3, 'b'),
      snapshot(3, 'ab'),
      delta(4, 'c'),
    ]);
    expect(isBehind).toBe(false);
    expect(shown(state)).toBe('abc');
  });
});

it('pictures are kept by their id, gone ones as null', () => {
  const { state } = applyMessages(initialState, [
    { type: 'image', imageId: 'one', url: 'data:image/png;base64,AA==' },
    { type: 'image', imageId: 'two', url: null },
    { type: 'show', conversationId: 'other' },
  ]);
  expect(state.images).toEqual({ one: 'data:image/png;base64,AA==', two: null });
  expect(state.conversation).toBeNull();
});

it('what the person is typing is not touched by what arrives', () => {
  const typing = { ...initialState, draft: 'half a sent', isSendFailed: true };
  expect(applyMessages(typing, [snapshot(1)]).state).toMatchObject({
    draft: 'half a sent',
    isSendFailed: true,
  });
});

const idsShown = (...all: Message[]) =>
  selectBranch({ ...initialState, conversation: conversationOf(all) }).map(({ id }) => id);

describe('what is shown', () => {
  const messages = [prompt('p'), streaming, reply('r2', 'p')];
  const state = { ...initialState, conversation: conversationOf(messages) };

  it('is the branch, and the same array as long as the conversation is the same', () => {
    expect(selectBranch(state).map(({ id }) => id)).toEqual(['p', 'r2']);
    expect(selectBranch({ ...state, draft: 'x' })).toBe(selectBranch(state));
    expect(selectBranch(initialState)).toEqual([]);
    expect(selectBranch({ ...initialState })).toBe(selectBranch(initialState));
  });

  it('is streaming when any reply of the conversation is', () => {
    expect(selectIsStreaming(state)).toBe(true);
    const ended = messages.filter(({ id }) => id !== streaming.id);
    expect(selectIsStreaming({ ...state, conversation: conversationOf(ended) })).toBe(false);
    expect(selectIsStreaming(initialState)).toBe(false);
  });

  it('leaves out what was deleted, unless one can step from there to another version', () => {
    const gone = { deletedAt: 3000 };
    const after = prompt('q', { parentId: 'r' });
    expect(idsShown(prompt('p'), reply('r', 'p', gone), after)).toEqual(['p', 'q']);
    expect(idsShown(prompt('p'), reply('r2', 'p'), reply('r', 'p', gone), after)).toEqual([
      'p',
      'r',
      'q',
    ]);
  });
});
