import { expect, it } from 'vitest';
import { checkStored, type Account } from './checks.ts';
import { countingPrompt, replyTo } from './counting.ts';
import type { Stored, StoredMessage } from './database.ts';
import type { Entry } from './ledger.ts';

const prompt = countingPrompt(1, 30);
const whole = replyTo(prompt);

function message(changes: Partial<StoredMessage>): StoredMessage {
  return {
    id: 'r',
    conversationId: 'c',
    parentId: 'q',
    role: 'assistant',
    state: 'done',
    text: whole,
    ...changes,
  };
}

const asked = message({ id: 'q', parentId: null, role: 'user', text: prompt });

function check(
  { messages = [message({})], queues = [], replying = [] }: Partial<Stored>,
  account: Partial<Account> = {},
): string[] {
  const sent = [{ prompt, beside: [] }];
  const stored = { messages: [asked, ...messages], queues, replying };
  return checkStored(stored, { entries: [], together: [], sent, ...account });
}

const shown: Entry = {
  id: 'r',
  role: 'assistant',
  state: 'interrupted',
  firstShownAt: 0,
  longest: 'p1w1p1w2p1w3',
  promised: 8,
  growth: [{ at: 0, length: 12 }],
  isOrphan: false,
};

it('finds nothing wrong with replies that are whole, stopped or cut off', () => {
  expect(check({})).toEqual([]);
  expect(check({ messages: [message({ state: 'stopped', text: 'p1w1 p1w' })] })).toEqual([]);
  expect(check({ messages: [message({ state: 'interrupted', text: '' })] })).toEqual([]);
});

it.each([
  { what: 'ends early', text: whole.slice(0, -1) },
  { what: 'has a gap', text: whole.replace(' p1w9', '') },
  { what: 'has a word twice', text: whole.replace('p1w9', 'p1w9 p1w9') },
  { what: 'lost the end of a paragraph', text: whole.replace('\n\n', ' ') },
])('complains of a reply that is done and $what', ({ text }) => {
  expect(check({ messages: [message({ text })] })).toEqual([
    expect.stringMatching(/^reply r \(done\) is not what was counted/u),
  ]);
});

it('complains of a reply to another prompt', () => {
  const text = replyTo(countingPrompt(2, 30));
  expect(check({ messages: [message({ text })] })).toHaveLength(1);
});

it('complains of a reply that never ended', () => {
  expect(check({ messages: [message({ state: 'streaming', text: 'p1w1' })] })).toEqual([
    'reply r is still streaming',
  ]);
  expect(check({ replying: ['r'] })).toEqual(['reply r is still noted as running']);
});

it('complains of shown words that are not stored', () => {
  const short = message({ state: 'interrupted', text: 'p1w1 p1w2' });
  expect(check({ messages: [short] }, { entries: [shown] })).toEqual([
    'reply r: 12 characters were shown, 8 are stored',
  ]);
  expect(check({ messages: [] }, { entries: [shown] })).toEqual([
    'reply r was shown and is not stored',
  ]);
});

it('wants every prompt once, as a message or waiting', () => {
  const other = { prompt: 'Count p2 to 5', beside: ['q'] };
  const sent = [other];
  const waiting = { id: 'w', text: 'Count p2 to 5' };
  const queue = { conversationId: 'c', prompts: [waiting] };
  expect(check({ queues: [queue] }, { sent })).toEqual([]);
  expect(check({}, { sent })).toEqual(['"Count p2 to 5" is there 0 times']);
  expect(check({}, { sent: [{ ...other, isOptional: true }] })).toEqual([]);
  expect(check({ queues: [queue, queue] }, { sent })).toEqual(['"Count p2 to 5" is there 2 times']);
  expect(check({ queues: [{ ...queue, conversationId: 'd' }] }, { sent })).toEqual([
    '"Count p2 to 5" went into another conversation',
  ]);
});

it('complains of messages shown together that are of two conversations', () => {
  const stranger = message({ id: 's', conversationId: 'd' });
  const messages = [message({}), stranger];
  expect(check({ messages }, { together: ['q r', 's'] })).toEqual([]);
  expect(check({ messages }, { together: ['q r s'] })).toHaveLength(1);
});
