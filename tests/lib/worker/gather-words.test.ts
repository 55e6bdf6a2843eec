import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { gatherWords, releaseWords } from '@/lib/worker/gather-words';

let published: string[];
const conversation = {};

beforeEach(() => {
  vi.useFakeTimers();
  published = [];
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

const publish = ({ messageId, text }: { messageId: string; text: string }) =>
  void published.push(`${messageId}:${text}`);

function say(text: string, messageId = 'r'): void {
  gatherWords(conversation, { type: 'text-delta', messageId, text }, publish);
}

it('the first words of a task go out at once, the others together when it is over', () => {
  say('one');
  say(' two');
  say(' three');
  expect(published).toEqual(['r:one']);
  vi.runAllTimers();
  expect(published).toEqual(['r:one', 'r: two three']);
});

it('the words of the next task do not wait', () => {
  say('one');
  vi.runAllTimers();
  say(' two');
  expect(published).toEqual(['r:one', 'r: two']);
});

it('words go out before whatever is published next, in order', () => {
  say('one');
  say(' two');
  releaseWords(conversation, publish);
  say(' three');
  expect(published).toEqual(['r:one', 'r: two', 'r: three']);
  vi.runAllTimers();
  expect(published).toHaveLength(3);
});

it('words of two messages stay apart', () => {
  say('one');
  say(' two');
  say('other', 's');
  vi.runAllTimers();
  expect(published).toEqual(['r:one', 'r: two', 's:other']);
});

it('many words go out in pieces', () => {
  say('x'.repeat(4500));
  expect(published.map(({ length }) => length - 2)).toEqual([2000, 2000, 500]);
});
