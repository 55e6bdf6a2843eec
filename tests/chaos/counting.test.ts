import { expect, it } from 'vitest';
import { continuationPrompt, joinerFor } from '../../lib/stream/continuation.ts';
import { toPrompt } from '../../lib/providers/ai-chats.ts';
import { answerTo, countingPrompt, promptsIn, replyTo } from './counting.ts';
import { countWords, isCounted, withoutSpace } from './ledger.ts';

const prompt = countingPrompt(7, 40);
const whole = replyTo(prompt);

it('counts as far as the prompt says, in words of its own', () => {
  expect(whole).toMatch(/^p7w1 p7w2 .* p7w25\n\np7w26 .* p7w40$/su);
  expect(countWords(whole)).toBe(40);
  expect(replyTo('Hello')).toBe('');
});

it('answers the last prompt of a transcript', () => {
  const transcript = `User: Count p1 to 2\nAssistant: p1w1 p1w2\nUser: ${prompt}\nAssistant:`;
  expect(answerTo(transcript)).toBe(whole);
  expect(answerTo(prompt)).toBe(whole);
});

it('finds the prompts of a text that holds several', () => {
  expect(promptsIn('Count p3 to 10\nCount p4 to 120')).toEqual([
    'Count p3 to 10',
    'Count p4 to 120',
  ]);
});

it('makes a reply whole that was cut off anywhere: in a word, between words, after a paragraph', () => {
  for (let cut = 1; cut < whole.length; cut += 1) {
    const before = whole.slice(0, cut).trimEnd();
    const asked = toPrompt([
      { role: 'user', content: [{ type: 'text', text: prompt }] },
      { role: 'assistant', content: [{ type: 'text', text: before }] },
      { role: 'user', content: [{ type: 'text', text: continuationPrompt(before) }] },
    ]);
    const joiner = joinerFor(before);
    expect(before + joiner.push(answerTo(asked)) + joiner.end()).toBe(whole);
  }
});

it('tells a counted text from one that is not', () => {
  const text = withoutSpace(whole);
  const starts = ['', 'p', 'p7', 'p7w', text.slice(0, 33), text];
  expect(starts.filter((part) => !isCounted(part))).toEqual([]);
  const wrong = ['w1', 'p7w2', 'p7w1p7w3', 'p7w1p7w1', 'p7w1p7w2p8w3', 'p7w1p7w2p7w2', text + text];
  expect(wrong.filter(isCounted)).toEqual([]);
});
