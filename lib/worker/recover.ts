/** What the worker before this one left unfinished is put in order before anything is shown. */
import { log } from '../log';
import { previewOf } from '../message-text';
import { database, type JobRow } from './database';
import { readParts } from './rows';

/** This worker's name, by which it knows its own jobs. */
export const WORKER = crypto.randomUUID();

let recovery: Promise<void> | undefined;

/** Resolves when every reply that nobody runs any more is marked as interrupted. */
export function recovered(): Promise<void> {
  if (!recovery) {
    recovery = recover();
    recovery.catch(() => {
      recovery = undefined;
    });
  }
  return recovery;
}

async function recover(): Promise<void> {
  const { conversations, messages, parts, blobs, jobs } = database;
  const count = await database.transaction(
    'rw',
    [conversations, messages, parts, blobs, jobs],
    async () => {
      const running = await jobs.where('id').startsWith('reply:').toArray();
      const left = running.filter((job) => job.kind === 'reply' && job.worker !== WORKER);
      for (const job of left) await markInterrupted(job);
      // With a reply of its own under way, a picture may be stored that nothing refers to yet.
      if (left.length > 0 && left.length === running.length) await collectUnused();
      return left.length;
    },
  );
  if (count > 0) log({ level: 'warn', event: 'recovered', count });
}

async function markInterrupted({ id, conversationId, messageId = '' }: JobRow): Promise<void> {
  const { conversations, messages, jobs } = database;
  await messages.update(messageId, {
    state: 'interrupted',
    error: { kind: 'interrupted' },
    endedAt: Date.now(),
  });
  const preview = previewOf({ parts: await readParts(messageId) });
  if (preview) await conversations.update(conversationId, { preview });
  await jobs.delete(id);
  await jobs.put({ id: `index:${messageId}`, kind: 'index', conversationId, messageId });
}

/** A picture may have been stored a moment before its reply was cut off: nothing refers to it. */
async function collectUnused(): Promise<void> {
  const used = new Set<unknown>(await database.parts.orderBy('image.id').uniqueKeys());
  const stored = new Set(await database.blobs.toCollection().primaryKeys());
  await database.blobs.bulkDelete([...stored.difference(used)]);
}
