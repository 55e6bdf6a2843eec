/** What the worker before this one left unfinished is put in order before anything is shown. */
import { log } from '../log';
import { database } from './database';

let recovery: Promise<void> | undefined;

/** Resolves when every reply that nobody runs any more is marked as interrupted. */
export function recovered(): Promise<void> {
  if (!recovery) {
    recovery = markInterrupted();
    recovery.catch(() => {
      recovery = undefined;
    });
  }
  return recovery;
}

async function markInterrupted(): Promise<void> {
  const { messages, jobs } = database;
  const count = await database.transaction('rw', messages, jobs, async () => {
    const left = await jobs.where('id').startsWith('reply:').toArray();
    for (const { id, conversationId, messageId = '' } of left) {
      await messages.update(messageId, {
        state: 'interrupted',
        error: { kind: 'interrupted' },
        endedAt: Date.now(),
      });
      await jobs.delete(id);
      await jobs.put({ id: `index:${messageId}`, kind: 'index', conversationId, messageId });
    }
    return left.length;
  });
  if (count === 0) return;
  await collectUnused();
  log({ level: 'warn', event: 'recovered', count });
}

/** A picture may have been stored a moment before its reply was cut off: nothing refers to it. */
async function collectUnused(): Promise<void> {
  const { parts, blobs } = database;
  await database.transaction('rw', parts, blobs, async () => {
    const used = new Set<unknown>(await parts.orderBy('image.id').uniqueKeys());
    const stored = new Set(await blobs.toCollection().primaryKeys());
    await blobs.bulkDelete([...stored.difference(used)]);
  });
}
