/** Search in the texts of all messages: the index names candidates, their texts decide. */
import type { SearchHit } from '../messages';
import { hasAllWords, queryTerms } from '../search-terms';
import { database } from './database';
import { hitExcerpt } from './hit-excerpt';
import { blockOf, offsetsOf } from './postings';
import { inChunks, indexPending, readText, SEGMENT_SIZE, segmentOf } from './search-index';
import { reportStorageFailure } from './storage-trouble';

const MOST_HITS = 50;
/** Candidates whose texts are read at a time, and in one search. */
const CHUNK = 50;
const MOST_LOOKS = 1000;
/** So many terms of a query are looked up. */
const MOST_TERMS = 8;
/** Segments whose postings are read at a time. */
const WAVE = 4;
/** Milliseconds that a search waits for messages that are not in the index yet. */
const INDEX_WAIT = 500;

/**
 * The messages that hold all words of the query, newest first, 50 at most. Messages that changed
 * last are entered into the index before; after an update or import, when thousands wait, those that
 * are not entered within half a second are found later. A blank query finds nothing.
 */
export async function searchMessages(query: string): Promise<SearchHit[]> {
  const terms = [...queryTerms(query)]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MOST_TERMS);
  if (terms.length === 0) return [];
  await Promise.race([indexPending().catch(reportStorageFailure), indexWait()]);
  const { conversations, messages, parts, indexedMessages, postings } = database;
  const tables = [conversations, messages, parts, indexedMessages, postings];
  return database.transaction('r', tables, async () => {
    const [oldest, newest] = await Promise.all([
      indexedMessages.orderBy('number').first(),
      indexedMessages.orderBy('number').last(),
    ]);
    const hits: SearchHit[] = [];
    let looks = 0;
    const last = segmentOf(oldest?.number ?? 0);
    for (let segment = segmentOf(newest?.number ?? -1); segment >= last; segment -= WAVE) {
      const wave = Array.from({ length: WAVE }, (_, index) => segment - index);
      for (const numbers of inChunks(await candidates(wave, terms), CHUNK)) {
        if (hits.length >= MOST_HITS || looks >= MOST_LOOKS) return newestFirst(hits);
        hits.push(...(await hitsAmong(numbers, query)));
        looks += numbers.length;
      }
    }
    return newestFirst(hits);
  });
}

/** The messages of these segments that have a term for each of the beginnings, newest first, by number. */
async function candidates(segments: number[], beginnings: string[]): Promise<number[]> {
  const blocks = beginnings.map(blockOf);
  const rows = await database.postings.bulkGet(
    segments.flatMap((segment) => blocks.map((block): [number, number] => [segment, block])),
  );
  return segments.flatMap((segment, at) => {
    /** For each message, how many of the beginnings it has, up to the first that it has not. */
    const counts = new Uint8Array(SEGMENT_SIZE);
    for (const [index, beginning] of beginnings.entries()) {
      const row = rows[at * beginnings.length + index];
      for (const offset of row ? offsetsOf(row, beginning) : []) {
        if (counts[offset] === index) counts[offset] = index + 1;
      }
    }
    const offsets = [...counts.keys()].filter((offset) => counts[offset] === beginnings.length);
    return offsets.map((offset) => segment * SEGMENT_SIZE + offset).toReversed();
  });
}

/** What of these messages is there and holds all words. */
async function hitsAmong(numbers: number[], query: string): Promise<SearchHit[]> {
  const { conversations, indexedMessages, messages } = database;
  const entries = await indexedMessages.bulkGet(numbers);
  const rows = await messages.bulkGet(entries.flatMap((entry) => entry?.messageId ?? []));
  const living = rows.flatMap((row) => (row && row.deletedAt === undefined ? row : []));
  const ids = [...new Set(living.map(({ conversationId }) => conversationId))];
  const rowsOf = await conversations.bulkGet(ids);
  const titles = new Map(
    rowsOf.flatMap((row) => (row && row.deletedAt === undefined ? [[row.id, row.title]] : [])),
  );
  const hits = await Promise.all(
    living.map(async ({ id, conversationId, role, createdAt }) => {
      const title = titles.get(conversationId);
      if (title === undefined) return [];
      const text = await readText(id);
      if (!hasAllWords(text, query)) return [];
      const found = hitExcerpt(role, text, query);
      return { conversationId, messageId: id, title, role, createdAt, ...found };
    }),
  );
  return hits.flat();
}

function newestFirst(hits: SearchHit[]): SearchHit[] {
  return hits.slice(0, MOST_HITS).toSorted((one, other) => other.createdAt - one.createdAt);
}

async function indexWait(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, INDEX_WAIT);
  });
}
