import { describe, expect, it } from 'vitest';
import type { ConversationSummary, WorkerMessage } from '@/lib/messages';
import {
  applyToList,
  findByTitle,
  foldersOf,
  groupSummaries,
  sortSummaries,
} from '@/lib/panel/history-list';
import { frozen, summary } from '../../samples';

const idsOf = (list: ConversationSummary[]) => list.map(({ id }) => id).join(' ');

const at = (day: number, hour: number) => new Date(2026, 2, day, hour).getTime();

describe('the order', () => {
  it.each([
    [
      'the last change first',
      [summary('a', { updatedAt: 1 }), summary('b', { updatedAt: 2 })],
      'b a',
    ],
    [
      'pinned ones before newer ones, in the same order',
      [
        summary('a', { updatedAt: 1, isPinned: true }),
        summary('b', { updatedAt: 3 }),
        summary('c', { updatedAt: 2, isPinned: true }),
      ],
      'c a b',
    ],
    ['equal times by id', [summary('b'), summary('a'), summary('c')], 'a b c'],
    ['nothing', [], ''],
    [
      'what lies ahead of the clock after what was used today',
      [
        summary('2036', { updatedAt: Date.parse('2036-01-01') }),
        summary('yesterday', { updatedAt: at(9, 23) }),
        summary('today', { updatedAt: at(10, 1) }),
        summary('2037', { updatedAt: Date.parse('2037-01-01') }),
      ],
      'today 2037 2036 yesterday',
    ],
    [
      'what lies ahead by less than a minute, where the clock was set right, as ever',
      [
        summary('today', { updatedAt: at(10, 11) }),
        summary('now', { updatedAt: at(10, 12) + 59_000 }),
      ],
      'now today',
    ],
  ])('%s', (_, list, expected) => {
    expect(idsOf(sortSummaries(frozen(list), at(10, 12)))).toBe(expected);
  });
});

describe('a message of the worker', () => {
  const list = frozen([
    summary('a', { updatedAt: 30 }),
    summary('b', { updatedAt: 20 }),
    summary('c', { updatedAt: 10 }),
  ]);

  it.each<[string, WorkerMessage, string]>([
    ['adds a new one', { type: 'summary', summary: summary('d', { updatedAt: 25 }) }, 'a d b c'],
    [
      'moves one that changed to its place',
      { type: 'summary', summary: summary('c', { updatedAt: 40 }) },
      'c a b',
    ],
    [
      'puts one that was pinned on top',
      { type: 'summary', summary: summary('b', { updatedAt: 20, isPinned: true }) },
      'b a c',
    ],
    ['takes out those that are gone', { type: 'conversations-gone', ids: ['a', 'c', 'x'] }, 'b'],
  ])('%s', (_, message, expected) => {
    expect(idsOf(applyToList(list, message))).toBe(expected);
  });

  it('replaces what was known of the conversation', () => {
    const [first] = applyToList(list, {
      type: 'summary',
      summary: summary('a', { updatedAt: 50, title: 'New', isUnread: true }),
    });
    expect(first).toMatchObject({ title: 'New', isUnread: true });
  });

  it.each<WorkerMessage>([
    { type: 'image', imageId: 'i', url: null },
    { type: 'show', conversationId: 'a' },
    { type: 'conversations-gone', ids: null },
  ])('of no concern leaves the list as it is: $type', (message) => {
    expect(applyToList(list, message)).toBe(list);
  });
});

it('folders are listed once each, in the order of the alphabet', () => {
  const list = ['Work', '', 'Épée', 'Fox', 'Work', 'Trip 10', 'Trip 9'].map((folder, index) =>
    summary(String(index), { folder }),
  );
  expect(foldersOf(frozen(list))).toEqual(['Épée', 'Fox', 'Trip 9', 'Trip 10', 'Work']);
});

describe('the search in titles', () => {
  const list = [
    summary('a', { title: 'Night at the Museum' }),
    summary('b', { title: 'Café in Tbilisi' }),
    summary('c', { title: '東京の博物館' }),
    summary('d', { title: '' }),
  ];

  it.each([
    ['in any case', 'MUSEUM', 'a'],
    ['without accents', 'cafe', 'b'],
    ['with accents that the title lacks', 'muséum', 'a'],
    ['of several words in any order', 'museum night', 'a'],
    ['where all words must be there', 'museum tbilisi', ''],
    ['inside of words, as in Japanese', '博物', 'c'],
    ['of nothing: all', '', 'a b c d'],
  ])('%s', (_, query, expected) => {
    expect(idsOf(findByTitle(frozen(list), query))).toBe(expected);
  });
});

describe('the groups', () => {
  it('are what is pinned, then the days', () => {
    const groups = groupSummaries(
      frozen([
        summary('p', { isPinned: true, updatedAt: at(1, 1) }),
        summary('a', { updatedAt: at(12, 9) }),
        summary('b', { updatedAt: at(10, 9) }),
        summary('c', { updatedAt: at(9, 9) }),
        summary('d', { updatedAt: at(7, 9) }),
        summary('e', { updatedAt: at(6, 9) }),
      ]),
      at(10, 12),
    );
    expect(
      groups.map(({ heading, isDay, summaries }) => [heading, isDay, idsOf(summaries)]),
    ).toEqual([
      ['Pinned', false, 'p'],
      ['Today', true, 'a b'],
      ['Yesterday', true, 'c'],
      ['Last 7 days', true, 'd e'],
    ]);
  });
});
