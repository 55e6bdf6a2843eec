import { describe, expect, it } from 'vitest';
import { continuationPrompt, joinerFor } from '@/lib/stream/continuation';

/** The whole text when the continuation comes in pieces of this size. */
function join(before: string, continuation: string, size: number): string {
  const joiner = joinerFor(before);
  let text = before;
  for (let start = 0; start < continuation.length; start += size) {
    text += joiner.push(continuation.slice(start, start + size));
  }
  return text + joiner.end();
}

const long = Array.from({ length: 100 }, (_, index) => `word${index}`).join(' ');

describe('a continuation joins the text', () => {
  it.each([
    ['that it repeats the end of', 'one two three', 'two three four', 'one two three four'],
    ['cut in a word that it completes', 'one two thr', 'three four', 'one two three four'],
    [
      'cut in a word after its repeated start',
      'a longer wor',
      'longer word end',
      'a longer word end',
    ],
    ['without repetition, with a space between words', 'one two', 'three', 'one two three'],
    ['without a second space', 'one two ', 'three', 'one two three'],
    ['that ends in a space, repeated', 'one two ', 'two three', 'one two three'],
    ['before a full stop', 'one two', '. And three', 'one two. And three'],
    ['that ends in a line', 'one\n', 'two', 'one\ntwo'],
    [
      'when the service trimmed what it repeats',
      'one two three',
      ' two three four',
      'one two three four',
    ],
    ['when a chance letter is the same', 'the cat', 'there it is', 'the cat there it is'],
    ['cut after its first letter', 'I', 'I am here', 'I am here'],
    ['when its last letter is the same by chance', 'this is a', 'apple', 'this is a apple'],
    ['of Chinese without a space', '你好', '世界', '你好世界'],
    ['after a Chinese comma', '你好，', '世界', '你好，世界'],
    ['when there is nothing more', 'one two', '', 'one two'],
    ['when only the end is repeated', 'one two three', 'two three', 'one two three'],
    ['that is long', long, `word98 word99 ${long}`, `${long} ${long}`],
  ])('%s', (_, before, continuation, whole) => {
    for (const size of [1, 3, 7, 1000]) expect(join(before, continuation, size)).toBe(whole);
  });
});

it('nothing is held back once the place is found', () => {
  const joiner = joinerFor('one two');
  joiner.push(`two ${'x'.repeat(300)}`);
  expect(joiner.push('y')).toBe('y');
});

it('the model is shown the last words, from the start of a word', () => {
  const prompt = continuationPrompt(long);
  expect(prompt.split('\n\n').at(-1)).toMatch(/^word\d+ .*word98 word99$/u);
  expect(continuationPrompt('short').split('\n\n').at(-1)).toBe('short');
});

it('the model is shown no half of a character', () => {
  expect(continuationPrompt(`${'🙂'.repeat(40)}!`).isWellFormed()).toBe(true);
});
