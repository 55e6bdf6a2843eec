/**
 * The search index: which messages hold which terms. Messages have numbers that grow, numbers make
 * segments, and a segment's postings lie together: a search reads the newest first and stops early.
 */
import { textOf } from '../message-text';
import { termsOf } from '../search-terms';
import {
  database,
  type IndexedMessageRow,
  type JobRow,
  type MessageRow,
  type PostingRow,
} from './database';
import { keepAlive } from './keep-alive';
import { blockOf, pack, unpack } from './postings';
import { readParts } from './rows';
import { reportStorageFailure } from './storage-trouble';

/** How many message numbers a segment has; offsets of two bytes would take 65,536. */
export const SEGMENT_SIZE = 1024;
/** What one transaction enters, about: a running reply waits for it when it wants to save. */
const BATCH_MESSAGES = 128;
const BATCH_TERMS = 20_000;
/** Milliseconds from the last call until indexing starts. */
const DELAY = 1000;
const JOB_PREFIX = 'index:';

let running: Promise<void> | undefined;
let isAskedAgain = false;
let timer: ReturnType<typeof setTimeout> | undefined;

/** What the index is told of a message; no terms when it is gone. */
interface Finding {
  messageId: string;
  conversationId: string;
  terms: Set<string>;
}

/** The messages to add to a segment's postings, by term and as offsets. */
type Additions = Map<string, number[]>;

/**
 * Brings the index up to date with the messages that have a job of kind `index`. Calls share one
 * run, and what was asked for before a call is done when it resolves. Rejects if the database
 * fails; what was not entered keeps its job.
 */
export async function indexPending(): Promise<void> {
  isAskedAgain = true;
  running ??= runUntilDone();
  return running;
}

/** Starts `indexPending` when a second has passed without another call. */
export function scheduleIndexing(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    indexPending().catch(reportStorageFailure);
  }, DELAY);
}

/**
 * Has the index lose these messages: a search finds them no more, and their words leave the disk
 * with the next indexing. To be called in the transaction that deletes them (it must include
 * `indexedMessages` and `jobs`), after their other jobs were deleted.
 */
export async function forget(messageIds: string[]): Promise<void> {
  const { indexedMessages, jobs } = database;
  const entries = await indexedMessages.where('messageId').anyOf(messageIds).toArray();
  await jobs.bulkDelete(messageIds.map(jobId));
  await jobs.bulkPut(
    entries.map(({ messageId, conversationId }): JobRow => {
      return { id: jobId(messageId), kind: 'index', conversationId, messageId };
    }),
  );
}

/** The segment that a message number lies in. */
export function segmentOf(number: number): number {
  return Math.floor(number / SEGMENT_SIZE);
}

/** The text that a message is searched by. */
export async function readText(messageId: string): Promise<string> {
  return textOf({ parts: await readParts(messageId) });
}

/** An array in pieces of at most this size. */
export function inChunks<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** After an import there is more to do than the browser would let the worker live for. */
async function runUntilDone(): Promise<void> {
  const letGo = keepAlive();
  try {
    while (isAskedAgain) {
      isAskedAgain = false;
      for (const batch of await planBatches()) {
        let left = batch;
        while (left.length > 0) {
          left = await indexBatch(left);
          await nextTask();
        }
      }
    }
  } finally {
    letGo();
    running = undefined;
  }
}

/** The ids of waiting jobs: those of gone messages a segment at a time, the others oldest first. */
async function planBatches(): Promise<string[][]> {
  const jobs = await database.jobs.where('id').startsWith(JOB_PREFIX).toArray();
  const jobOf = new Map(jobs.map(({ id, messageId = '' }) => [messageId, id]));
  const rows: MessageRow[] = [];
  for (const ids of inChunks([...jobOf.keys()], SEGMENT_SIZE)) {
    const found = await database.messages.bulkGet(ids);
    rows.push(...found.filter((row) => row !== undefined));
  }
  const living = rows
    .filter((row) => row.deletedAt === undefined)
    .toSorted((one, other) => one.createdAt - other.createdAt || one.position - other.position)
    .map(({ id }) => id);
  const gone = new Set(jobOf.keys()).difference(new Set(living));
  const entries = await database.indexedMessages
    .where('messageId')
    .anyOf([...gone])
    .toArray();
  const entered = Map.groupBy(entries, ({ number = 0 }) => segmentOf(number));
  const unknown = gone.difference(new Set(entries.map(({ messageId }) => messageId)));
  return [
    ...inChunks([...unknown], SEGMENT_SIZE),
    ...[...entered.values()].map((segment) => segment.map(({ messageId }) => messageId)),
    ...inChunks(living, BATCH_MESSAGES),
  ].map((batch) => batch.flatMap((messageId) => jobOf.get(messageId) ?? []));
}

/**
 * Does these jobs, or the first of them, in one transaction that also reads what they are about:
 * a job that is put again meanwhile stays. Answers with the ids of the rest.
 */
async function indexBatch(jobIds: string[]): Promise<string[]> {
  const { messages, parts, jobs, indexedMessages, postings } = database;
  const tables = [messages, parts, jobs, indexedMessages, postings];
  return database.transaction('rw', tables, async () => {
    const waiting = (await jobs.bulkGet(jobIds)).filter((job) => job !== undefined);
    const findings = await look(waiting);
    const ids = findings.map(({ messageId }) => messageId);
    const old = await indexedMessages.where('messageId').anyOf(ids).toArray();
    await indexedMessages.bulkDelete(old.flatMap(({ number }) => number ?? []));
    await enter(findings, old);
    await jobs.bulkDelete(waiting.slice(0, findings.length).map(({ id }) => id));
    return waiting.slice(findings.length).map(({ id }) => id);
  });
}

/** Reads the messages that jobs are about, of as many jobs as one batch should do. */
async function look(jobs: JobRow[]): Promise<Finding[]> {
  const rows = await database.messages.bulkGet(jobs.map(({ messageId = '' }) => messageId));
  const texts = await Promise.all(
    rows.map(async (row) => (row && row.deletedAt === undefined ? readText(row.id) : '')),
  );
  const findings: Finding[] = [];
  let size = 0;
  for (const [index, { messageId = '', conversationId }] of jobs.entries()) {
    const terms = termsOf(texts[index] ?? '');
    findings.push({ messageId, conversationId, terms });
    size += terms.size;
    if (size > BATCH_TERMS) break;
  }
  return findings;
}

/** Gives new numbers to what was found, and brings the segments of the new and the old ones up to date. */
async function enter(findings: Finding[], old: IndexedMessageRow[]): Promise<void> {
  const living = findings.filter(({ terms }) => terms.size > 0);
  const rows = living.map(({ messageId, conversationId }) => ({ messageId, conversationId }));
  const numbers = await database.indexedMessages.bulkAdd(rows, { allKeys: true });
  const touched = new Map<number, Additions>();
  for (const { number = 0 } of old) touched.set(segmentOf(number), new Map());
  for (const [index, { terms }] of living.entries()) {
    const number = numbers[index] ?? 0;
    const additions: Additions = touched.get(segmentOf(number)) ?? new Map();
    touched.set(segmentOf(number), additions);
    for (const term of terms) {
      const offsets = additions.get(term) ?? [];
      additions.set(term, offsets);
      offsets.push(number % SEGMENT_SIZE);
    }
  }
  for (const [segment, additions] of touched) await rewrite(segment, additions);
}

/** Adds to a segment's postings, and takes out of them what is not in the index any more. */
async function rewrite(segment: number, additions: Additions): Promise<void> {
  const living = await livingIn(segment);
  const range = database.postings.where('[segment+block]');
  const rows = await range.between([segment, 0], [segment, Infinity]).toArray();
  const before = new Map(rows.map((row) => [row.block, row]));
  const added = Map.groupBy(additions, ([term]) => blockOf(term));
  const changed: PostingRow[] = [];
  const emptied: [number, number][] = [];
  for (const block of new Set(before.keys()).union(added)) {
    const row = before.get(block);
    const isKept = row?.offsets.every((offset) => living[offset]) ?? true;
    if (isKept && !added.has(block)) continue;
    const postings = row ? unpack(row) : new Map<string, number[]>();
    for (const [term, offsets] of isKept ? [] : postings) {
      const left = offsets.filter((offset) => living[offset]);
      if (left.length > 0) postings.set(term, left);
      else postings.delete(term);
    }
    for (const [term, offsets] of added.get(block) ?? []) {
      postings.set(term, [...(postings.get(term) ?? []), ...offsets]);
    }
    if (postings.size > 0) changed.push(pack(segment, block, postings));
    else emptied.push([segment, block]);
  }
  await database.postings.bulkDelete(emptied);
  await database.postings.bulkPut(changed);
}

/** For each offset in a segment, whether its message is in the index now: 1 or 0. */
async function livingIn(segment: number): Promise<Uint8Array> {
  const first = segment * SEGMENT_SIZE;
  const range = database.indexedMessages.where('number').between(first, first + SEGMENT_SIZE);
  const living = new Uint8Array(SEGMENT_SIZE);
  for (const number of await range.primaryKeys()) if (number) living[number - first] = 1;
  return living;
}

function jobId(messageId: string): string {
  return JOB_PREFIX + messageId;
}

/** Lets the worker do other things in between. */
async function nextTask(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve);
  });
}
