/** Adds conversations to those that are there, so that it can be taken back. */
import type { Conversation, Message } from '../../conversation';
import { database, type ConversationRow, type JobRow, type MessageRow } from '../database';
import { toRows } from '../rows';
import { forget } from '../search-index';
import { reportStorageFailure, storageTrouble } from '../storage-trouble';
import { imageIdsIn } from './backup-format';
import { sha256 } from './bytes';
import { TransferError } from './transfer-error';

/** What was added so far. */
export interface Journal {
  /** Conversations that are new. */
  added: string[];
  /** Conversations that were there and got messages. */
  merged: string[];
  /** Conversations in which nothing was missing. */
  skipped: number;
  /** Messages that were added to conversations that were there. */
  messageIds: string[];
  blobIds: string[];
  /** Conversations that were deleted a moment ago, as they were. */
  revived: { row: ConversationRow; jobs: JobRow[] }[];
}

export function emptyJournal(): Journal {
  return { added: [], merged: [], skipped: 0, messageIds: [], blobIds: [], revived: [] };
}

const tables = [
  database.conversations,
  database.messages,
  database.parts,
  database.blobs,
  database.jobs,
  database.indexedMessages,
];

/**
 * Adds what is missing of one conversation, in one transaction; what is there stays as it is.
 * `readBlob` gives a picture's bytes, where the file has them.
 */
export async function addConversation(
  incoming: Conversation,
  readBlob: (id: string) => Promise<Blob | undefined>,
  journal: Journal,
): Promise<void> {
  const conversation = await withFreeIds(incoming);
  const blobs = await readBlobs(await missingOf(conversation), readBlob);
  const written = await store(() =>
    database.transaction('rw', tables, () => write(conversation, blobs)),
  );
  journal.blobIds.push(...written.blobIds);
  if (written.isNew) journal.added.push(conversation.id);
  else if (written.messageIds.length > 0 || written.revived) journal.merged.push(conversation.id);
  else journal.skipped += 1;
  if (!written.isNew) journal.messageIds.push(...written.messageIds);
  if (written.revived) journal.revived.push(written.revived);
}

/** What the database refuses for want of room is told as that. */
async function store<Written>(run: () => PromiseLike<Written>): Promise<Written> {
  try {
    return await run();
  } catch (error) {
    reportStorageFailure(error);
    if (storageTrouble() !== 'full') throw error;
    throw new TransferError('storage-full', undefined, { cause: error });
  }
}

async function write(conversation: Conversation, blobs: Map<string, Blob>) {
  const { messages, ...row } = conversation;
  const present = await database.messages.where({ conversationId: row.id }).toArray();
  const local = await database.conversations.get(row.id);
  const revived = local?.deletedAt === undefined ? undefined : await revive(local);
  if (!local) await database.conversations.add(row);
  const presentIds = new Set(present.map(({ id }) => id));
  const missing = messages.filter(({ id }) => !presentIds.has(id));
  const first = present.reduce((next, { position }) => Math.max(next, position + 1), 0);
  const rows = missing.map((message, index) => toRows(message, row.id, first + index));
  await database.messages.bulkAdd(rows.map(({ message }) => message));
  await database.parts.bulkAdd(rows.flatMap(({ parts }) => parts));
  // What was left of an earlier import may still wait.
  await database.jobs.bulkPut(missing.map(({ id }) => indexJob(id, row.id)));
  const wanted = [...blobs.keys()];
  const there = new Set(await database.blobs.where('id').anyOf(wanted).primaryKeys());
  const fresh = [...blobs].filter(([id]) => !there.has(id));
  await database.blobs.bulkAdd(fresh.map(([id, bytes]) => ({ id, bytes, size: bytes.size })));
  return {
    isNew: !local,
    messageIds: missing.map(({ id }) => id),
    blobIds: fresh.map(([id]) => id),
    revived,
  };
}

/** A conversation whose deletion could still be undone: whoever imports it wants it back. */
async function revive(row: ConversationRow) {
  const { deletedAt: _, ...alive } = row;
  const jobs = await database.jobs
    .where({ conversationId: row.id })
    .filter((job) => job.kind === 'purge' && job.messageId === undefined)
    .toArray();
  await database.jobs.bulkDelete(jobs.map(({ id }) => id));
  await database.conversations.put(alive);
  return { row, jobs };
}

/** Takes back all that the journal names. */
export async function takeBack(journal: Journal): Promise<void> {
  for (const id of journal.added) {
    await database.transaction('rw', tables, async () => {
      const messageIds = await database.messages.where({ conversationId: id }).primaryKeys();
      await database.conversations.delete(id);
      await database.messages.where({ conversationId: id }).delete();
      await database.parts.where({ conversationId: id }).delete();
      await database.jobs.where({ conversationId: id }).delete();
      await forget(messageIds);
    });
  }
  await database.transaction('rw', tables, async () => {
    const parts = await database.parts.where('messageId').anyOf(journal.messageIds).primaryKeys();
    await database.parts.bulkDelete(parts);
    await database.messages.bulkDelete(journal.messageIds);
    await forget(journal.messageIds);
    for (const { row, jobs } of journal.revived) {
      await database.conversations.put(row);
      await database.jobs.bulkPut(jobs);
    }
    // A picture that something else shows by now stays.
    for (const id of journal.blobIds) {
      const uses = await database.parts.where('image.id').equals(id).count();
      if (uses === 0) await database.blobs.delete(id);
    }
  });
}

function indexJob(messageId: string, conversationId: string): JobRow {
  return { id: `index:${messageId}`, kind: 'index', conversationId, messageId };
}

/** The messages that the database does not have. */
async function missingOf({ messages }: Conversation): Promise<Message[]> {
  const rows = await database.messages.bulkGet(messages.map(({ id }) => id));
  return messages.filter((_, index) => !rows[index]);
}

async function readBlobs(
  messages: Message[],
  readBlob: (id: string) => Promise<Blob | undefined>,
): Promise<Map<string, Blob>> {
  const blobs = new Map<string, Blob>();
  for (const id of imageIdsIn(messages)) {
    const blob = await readBlob(id);
    if (blob) blobs.set(id, blob);
  }
  return blobs;
}

/**
 * The conversation with other ids for those of its messages whose id another conversation has. They
 * are made from the old ones: a second import finds the same.
 */
async function withFreeIds(conversation: Conversation): Promise<Conversation> {
  const { messages, queue } = conversation;
  const ids = [...messages, ...queue].map(({ id }) => id);
  const rows = await database.messages.bulkGet(ids);
  const renamed = new Map<string, string>();
  for (const [index, id] of ids.entries()) {
    if (isForeign(rows[index], conversation)) renamed.set(id, await freeId(id, conversation));
  }
  // A prompt that waits is no message yet: one that is would be overwritten when its turn comes.
  const waiting = queue.filter(
    (prompt) =>
      !messages.some(({ id }) => id === prompt.id) && !isKnown(rows, prompt.id, conversation),
  );
  if (renamed.size === 0 && waiting.length === queue.length) return conversation;
  const free = (id: string) => renamed.get(id) ?? id;
  const freeOrNull = (id: string | null) => (id === null ? null : free(id));
  return {
    ...conversation,
    leafId: freeOrNull(conversation.leafId),
    queue: waiting.map((prompt) => ({ ...prompt, id: free(prompt.id) })),
    messages: messages.map((message) => ({
      ...message,
      id: free(message.id),
      parentId: freeOrNull(message.parentId),
    })),
  };
}

async function freeId(taken: string, conversation: Conversation): Promise<string> {
  const names = JSON.stringify([conversation.id, taken]);
  const id = await sha256(new TextEncoder().encode(names));
  const row = await database.messages.get(id);
  return isForeign(row, conversation) ? freeId(id, conversation) : id;
}

/** Whether the prompt was sent meanwhile, and is a message of the conversation. */
function isKnown(rows: (MessageRow | undefined)[], id: string, { id: own }: Conversation): boolean {
  return rows.some((row) => row?.id === id && row.conversationId === own);
}

function isForeign(row: MessageRow | undefined, { id }: Conversation): boolean {
  return row !== undefined && row.conversationId !== id;
}
