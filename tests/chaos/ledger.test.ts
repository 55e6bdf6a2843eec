import { beforeEach, expect, it } from 'vitest';
import type { StoredMessage } from './database.ts';
import { Ledger, mustHave } from './ledger.ts';

let ledger: Ledger;

beforeEach(() => {
  ledger = new Ledger();
});

function words(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `p1w${from + index}`).join('');
}

function show(at: number, text: string, { page = 'panel', state = 'streaming' } = {}): void {
  ledger.note(page, { at, ids: ['r'], changed: [{ id: 'r', role: 'assistant', state, text }] });
}

function stored(text: string, state = 'interrupted'): { messages: StoredMessage[] } {
  return {
    messages: [{ id: 'r', conversationId: 'c', parentId: 'q', role: 'assistant', state, text }],
  };
}

function promised(): number | undefined {
  const entry = ledger.entries.get('r');
  return entry && mustHave(entry);
}

it('holds every word that was shown as promised while nothing is killed', () => {
  show(1000, words(1, 2));
  show(1010, words(1, 5));
  expect(promised()).toBe(words(1, 5).length);
  expect(ledger.violations).toEqual([]);
});

it('lets a kill take what was shown in the half second before it', () => {
  show(1000, words(1, 2));
  show(1600, words(1, 3));
  ledger.kill(1700);
  ledger.settle(1700, stored(words(1, 2)));
  expect(ledger.violations).toEqual([]);
  expect(ledger.losses).toEqual({ words: 1, oldest: 100 });
});

it('complains of a word shown longer ago that a kill has taken', () => {
  show(1000, words(1, 2));
  show(1600, words(1, 3));
  ledger.kill(2100);
  ledger.settle(2100, stored(words(1, 2)));
  expect(ledger.violations).toEqual([
    'reply r: of 12 characters shown 500 ms before a kill only 8 are stored',
  ]);
});

it('complains of a message that a kill has taken whole', () => {
  show(1000, '');
  ledger.kill(2100);
  ledger.settle(2100, { messages: [] });
  expect(ledger.violations).toEqual(['assistant message r was shown and is lost after a kill']);
});

it('complains of a page that takes a word back though nothing was killed', () => {
  show(1000, words(1, 3));
  show(1010, words(1, 2));
  expect(ledger.violations).toEqual(['reply r (streaming): panel took back 4 characters']);
});

it('lets a page take words back after a kill, and another page be behind', () => {
  show(1000, words(1, 3));
  show(1005, words(1, 2), { page: 'tab' });
  ledger.kill(1100);
  show(1110, words(1, 2), { state: 'interrupted' });
  expect(ledger.violations).toEqual([]);
});

it('does not count what a page still shows of a worker that was killed', () => {
  show(1000, words(1, 3));
  ledger.kill(1100);
  show(1105, words(1, 4));
  ledger.settle(1100, stored(words(1, 2)));
  show(1200, words(1, 2), { state: 'interrupted' });
  expect(ledger.violations).toEqual([]);
  expect(promised()).toBe(words(1, 2).length);
  ledger.revive('r');
  show(1300, words(1, 4));
  expect(promised()).toBe(words(1, 4).length);
});

it('lets a page take back what was shown while the kill was under way', () => {
  ledger.kill(1100);
  show(1105, words(1, 4));
  ledger.settle(1100, stored(words(1, 2)));
  show(1200, words(1, 2), { state: 'interrupted' });
  expect(ledger.violations).toEqual([]);
});

it.each([
  { what: 'a gap', text: words(1, 3) + words(5, 6) },
  { what: 'a repetition', text: words(1, 3) + words(3, 4) },
  { what: 'a start in the middle', text: words(2, 3) },
])('complains of $what', ({ text }) => {
  show(1000, text);
  expect(ledger.violations).toEqual([`reply r was shown out of order: …${text}`]);
});
