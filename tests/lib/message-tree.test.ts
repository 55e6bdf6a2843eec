import { describe, expect, it } from 'vitest';
import {
  activeBranch,
  branchTo,
  isMidway,
  newestLeafBelow,
  streamingReply,
  versionsOf,
} from '@/lib/message-tree';
import { conversationOf, frozen, prompt, reply } from '../samples';

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

  it('finds the running reply also on a branch that is not shown', () => {
    expect(streamingReply(tree)?.id).toBe('s');
    expect(streamingReply({ ...tree, leafId: 'q2' })?.id).toBe('s');
    expect(streamingReply({ ...tree, messages: tree.messages.slice(0, 3) })).toBeUndefined();
  });
});

describe('a deleted message', () => {
  const gone = { deletedAt: 3000 };

  it('is no version any more', () => {
    const tree = conversationOf([prompt('p'), reply('r1', 'p', gone), reply('r2', 'p')]);
    expect(ids(versionsOf(tree, reply('r2', 'p')))).toEqual(['r2']);
  });

  it('stays one as long as something hangs on it', () => {
    const messages = [prompt('p'), reply('r1', 'p', gone), reply('r2', 'p')];
    const tree = conversationOf([...messages, prompt('q', { parentId: 'r1' })]);
    expect(ids(versionsOf(tree, reply('r2', 'p')))).toEqual(['r1', 'r2']);
  });

  it('is passed on the way to the newest message', () => {
    const messages = [prompt('p'), reply('r1', 'p'), reply('r2', 'p', gone)];
    expect(newestLeafBelow(conversationOf(messages), 'p')).toBe('r1');
    const under = conversationOf([...messages, prompt('q', { parentId: 'r2' })]);
    expect(newestLeafBelow(under, 'p')).toBe('q');
  });
});

describe('midway', () => {
  const messages = [prompt('p'), reply('r', 'p'), prompt('q', { parentId: 'r' })];

  it.each([
    ['at the last message', 'q', messages, false],
    ['at one that others follow', 'r', messages, true],
    [
      'where all that follow are deleted',
      'q',
      [...messages, reply('s', 'q', { deletedAt: 1 })],
      false,
    ],
    ['before the first', null, [], false],
  ])('%s: %s', (_, leafId, all, expected) => {
    expect(isMidway(conversationOf(all, { leafId }))).toBe(expected);
  });
});

it('the way down ends also where the tree bites its tail', () => {
  const loop = conversationOf([prompt('a', { parentId: 'b' }), reply('b', 'a')]);
  expect(['a', 'b']).toContain(newestLeafBelow(loop, 'a'));
});
