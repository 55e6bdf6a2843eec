import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Message } from '@/lib/conversation';
import { emptyConversation } from '@/lib/conversation';
import { database } from '@/lib/worker/database';
import { toRows } from '@/lib/worker/rows';
import { forget, indexPending, scheduleIndexing, SEGMENT_SIZE } from '@/lib/worker/search-index';
import { searchMessages } from '@/lib/worker/search-messages';

const model = { provider: 'one', model: 'small' };
let clock = 1000;

beforeEach(async () => {
  fakeBrowser.reset();
  await database.delete();
  await database.open();
});

/** Writes a message with its job, as the store does. */
async function write(id: string, text: string, change: Partial<Message> = {}, conversation = 'c') {
  clock += 1;
  const message: Message = {
    id,
    parentId: null,
    role: 'user',
    parts: text ? [{ type: 'text', text }] : [],
    state: 'done',
    createdAt: clock,
    ...change,
  };
  const rows = toRows(message, conversation, clock);
  const { messages: _, ...row } = emptyConversation(conversation, model, 0);
  await database.conversations.put({ ...row, title: `About ${conversation}` });
  await database.parts
    .where({ conversationId: conversation })
    .filter((part) => part.messageId === id)
    .delete();
  await database.messages.put(rows.message);
  await database.parts.bulkPut(rows.parts);
  await putJob(id, conversation);
}

async function putJob(messageId: string, conversationId = 'c') {
  await database.jobs.put({ id: `index:${messageId}`, kind: 'index', conversationId, messageId });
}

/** Deletes a message for good, as the store does. */
async function erase(...ids: string[]) {
  const { messages, parts, jobs, indexedMessages } = database;
  await database.transaction('rw', [messages, parts, jobs, indexedMessages], async () => {
    await messages.bulkDelete(ids);
    await parts.filter(({ messageId }) => ids.includes(messageId)).delete();
    await forget(ids);
  });
}

async function found(query: string): Promise<string[]> {
  return (await searchMessages(query)).map(({ messageId }) => messageId);
}

/** All words that are in the index on disk. */
async function storedTerms(): Promise<string[]> {
  const rows = await database.postings.toArray();
  return rows.flatMap(({ terms }) => terms.split('\n')).toSorted();
}

describe('a search', () => {
  it('tells where a message is and what it says there', async () => {
    await write('m', 'Now is the winter\nof our discontent', { role: 'assistant', createdAt: 7 });
    expect(await searchMessages('WINTER')).toEqual([
      {
        conversationId: 'c',
        messageId: 'm',
        title: 'About c',
        role: 'assistant',
        createdAt: 7,
        excerpt: 'Now is the winter of our discontent',
        marks: [[11, 17]],
      },
    ]);
  });

  it.each([
    ['the beginning of a word', 'Ещё ёлки', 'елк'],
    ['one letter', 'zebra', 'z'],
    ['all words in any order', 'red green blue', 'blue red'],
    ['Chinese inside a sentence', '我在北京使用电脑', '北京'],
    ['more Chinese', '我在北京使用电脑', '在北京使用'],
    ['one Chinese character at the end', '我在北京', '京'],
    ['a word longer than terms are', 'x'.repeat(100), 'x'.repeat(100)],
    ['more words than are looked up', 'a b c d e f g h i j k', 'k j i h g f e d c b a'],
  ])('finds %s', async (_, text, query) => {
    await write('m', text);
    expect(await found(query)).toEqual(['m']);
  });

  it.each([
    ['a word of the query is missing', 'red green', 'red blue'],
    ['the word only ends so', 'shell', 'hell'],
    ['Chinese characters stand apart', '北方的京城', '北京'],
    ['pairs of characters stand apart', '中国人 国人民', '中国人民'],
    ['nothing is asked for', 'text', '  '],
  ])('finds nothing when %s', async (_, text, query) => {
    await write('m', text);
    expect(await found(query)).toEqual([]);
  });

  it('reads a text that is in several parts as one', async () => {
    await write('m', '', {
      parts: [
        { type: 'text', text: 'first' },
        { type: 'image', prompt: 'a cat', image: null },
        { type: 'text', text: ' second' },
      ],
    });
    expect(await found('first second')).toEqual(['m']);
  });

  it('shows the newest first', async () => {
    await write('b', 'word', { createdAt: 2 });
    await write('c', 'word', { createdAt: 3 });
    await write('a', 'word', { createdAt: 1 });
    expect(await found('word')).toEqual(['c', 'b', 'a']);
  });

  it('shows the newest fifty of many', async () => {
    for (let number = 199; number >= 100; number -= 1) await write(`m${number}`, 'word');
    const hits = await found('word');
    expect(hits).toHaveLength(50);
    expect([hits.at(0), hits.at(-1)]).toEqual(['m100', 'm149']);
  });

  it('goes through all segments', async () => {
    await write('old', 'rare word');
    await indexPending();
    const far = SEGMENT_SIZE * 20;
    await database.indexedMessages.add({ number: far, conversationId: 'c', messageId: 'none' });
    await write('new', 'rare word');
    expect(await found('rare')).toEqual(['new', 'old']);
  });

  it('passes over messages and conversations that are deleted', async () => {
    await write('m', 'word');
    await write('other', 'word', {}, 'd');
    expect(await found('word')).toEqual(['other', 'm']);
    await database.messages.update('m', { deletedAt: 1 });
    expect(await found('word')).toEqual(['other']);
    await database.conversations.update('d', { deletedAt: 1 });
    expect(await found('word')).toEqual([]);
  });
});

describe('the index', () => {
  it('follows a text that changes', async () => {
    await write('m', 'early words');
    await write('n', 'late words');
    await indexPending();
    await write('m', 'early words and more');
    expect(await found('more')).toEqual(['m']);
    expect(await found('words')).toEqual(['m', 'n']);
    expect(await database.indexedMessages.count()).toBe(2);
  });

  it('loses the words that a text has no more', async () => {
    await write('m', 'secret');
    await indexPending();
    await write('m', 'public');
    expect(await found('secret')).toEqual([]);
    expect(await storedTerms()).toEqual(['public']);
  });

  it('loses a message that is forgotten, and its words', async () => {
    await write('m', 'secret words');
    await write('n', 'other words');
    await indexPending();
    await erase('m');
    expect(await found('words')).toEqual(['n']);
    expect(await storedTerms()).toEqual(['other', 'words']);
    expect(await database.indexedMessages.toArray()).toMatchObject([{ messageId: 'n' }]);
    expect(await database.jobs.count()).toBe(0);
  });

  it('holds nothing when all is forgotten', async () => {
    await write('m', 'words');
    await indexPending();
    await write('n', 'never entered');
    await erase('m', 'n');
    await indexPending();
    expect(await storedTerms()).toEqual([]);
    expect(await database.indexedMessages.count()).toBe(0);
    expect(await database.jobs.count()).toBe(0);
  });

  it('loses a message that was emptied', async () => {
    await write('m', 'secret');
    await indexPending();
    await write('m', '', { deletedAt: 5 });
    await indexPending();
    expect(await storedTerms()).toEqual([]);
  });

  it('takes a message back whose deletion was taken back', async () => {
    await write('m', 'word', { deletedAt: 5 });
    expect(await found('word')).toEqual([]);
    await write('m', 'word');
    expect(await found('word')).toEqual(['m']);
  });

  it('takes a text of more terms than one batch should have', async () => {
    const words = Array.from({ length: 25_000 }, (_, index) => `w${index}`).join(' ');
    await write('m', words);
    await write('n', words);
    await write('o', 'last');
    await indexPending();
    expect(await found('w24999')).toEqual(['n', 'm']);
    expect(await found('last')).toEqual(['o']);
  });

  it('is brought up to date a second after the last call for it', async () => {
    await write('m', 'word');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    scheduleIndexing();
    scheduleIndexing();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    vi.useRealTimers();
    while ((await database.jobs.count()) > 0);
    expect(await storedTerms()).toEqual(['word']);
  });

  it('leaves jobs of other kinds alone', async () => {
    await write('m', 'word');
    const job = { id: 'reply:m', kind: 'reply', conversationId: 'c', messageId: 'm' } as const;
    await database.jobs.put(job);
    await indexPending();
    expect(await database.jobs.toArray()).toEqual([job]);
  });
});

function refuse(): never {
  throw new Error('refused');
}

describe('trouble while indexing', () => {
  it('a batch that fails leaves its jobs, and is done the next time', async () => {
    await write('m', 'word');
    database.postings.hook('creating', refuse);
    await expect(indexPending()).rejects.toThrow('refused');
    database.postings.hook('creating').unsubscribe(refuse);
    expect(await database.jobs.count()).toBe(1);
    expect(await database.indexedMessages.count()).toBe(0);
    expect(await found('word')).toEqual(['m']);
  });

  it('a search finds what is entered when more cannot be', async () => {
    await write('m', 'word');
    await indexPending();
    await write('n', 'word');
    database.indexedMessages.hook('creating', refuse);
    expect(await found('word')).toEqual(['m']);
    database.indexedMessages.hook('creating').unsubscribe(refuse);
    expect(await found('word')).toEqual(['n', 'm']);
  });

  it('a message that changes while its batch is written is entered again', async () => {
    await write('m', 'before');
    const begun = Promise.withResolvers<void>();
    const note = () => {
      setImmediate(begun.resolve);
    };
    database.indexedMessages.hook('creating', note);
    const indexing = indexPending();
    await begun.promise;
    await write('m', 'after');
    database.indexedMessages.hook('creating').unsubscribe(note);
    await indexing;
    expect(await found('after')).toEqual(['m']);
    expect(await found('before')).toEqual([]);
  });

  it('calls at the same time enter a message once, also what came after the first call', async () => {
    await write('m', 'word');
    const first = indexPending();
    await write('n', 'word');
    await Promise.all([indexPending(), indexPending(), first]);
    expect(await database.jobs.count()).toBe(0);
    expect(await database.indexedMessages.count()).toBe(2);
  });
});
