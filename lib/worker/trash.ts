/** Deletion: hidden at once, gone for good when undo is over. */
import { isTemporary, type Conversation } from '../conversation';
import { imageIdsOf } from '../message-text';
import { UNDO_SECONDS } from '../messages';
import { countUnread } from './badge';
import {
  forgetConversation,
  openConversation,
  openConversations,
  save,
} from './conversation-store';
import { database, type JobRow } from './database';
import { collectBlobs } from './gallery';
import { broadcast, publish, renewSnapshots } from './ports';
import { stopReply } from './replies';
import { forget, scheduleIndexing } from './search-index';
import { reportStorageFailure } from './storage-trouble';
import { isListed, summaryOf } from './summaries';

type PurgeJob = JobRow & { kind: 'purge' };

/** Conversations that can still be taken back. */
const deleted = new Set<string>();

/** Whether the conversation was deleted and can be taken back. */
export function isInTrash(conversationId: string): boolean {
  return deleted.has(conversationId);
}

/** Stops its replies and hides the conversation; it goes for good when undo is over. */
export async function deleteConversation(id: string): Promise<void> {
  await stopReplies((await openConversation(id)).conversation);
  const job: PurgeJob = { id: `purge:${id}`, kind: 'purge', conversationId: id };
  const { conversations, jobs } = database;
  await database.transaction('rw', conversations, jobs, async () => {
    await conversations.update(id, { deletedAt: Date.now() });
    await jobs.put(job);
  });
  await forgetConversation(id);
  deleted.add(id);
  broadcast({ type: 'conversations-gone', ids: [id] });
  purgeLater(job);
  await countUnread();
}

export async function restoreConversation(id: string): Promise<void> {
  const { conversations, jobs } = database;
  await database.transaction('rw', conversations, jobs, async () => {
    await conversations.where({ id }).modify((row) => delete row.deletedAt);
    await jobs.delete(`purge:${id}`);
  });
  deleted.delete(id);
  await forgetConversation(id);
  const { conversation } = await openConversation(id);
  if (isListed(conversation)) broadcast({ type: 'summary', summary: summaryOf(conversation) });
  await renewSnapshots(id);
  await countUnread();
}

/** Hides a message; its content goes for good when undo is over. */
export async function deleteMessage(conversationId: string, messageId: string): Promise<void> {
  const opened = await openConversation(conversationId);
  await stopReply(messageId);
  publish(opened, { type: 'message-delete', messageId, at: Date.now() });
  const job: PurgeJob = { id: `purge:${messageId}`, kind: 'purge', conversationId, messageId };
  if (!isTemporary(opened.conversation)) {
    await save(opened);
    await database.jobs.put(job).catch(reportStorageFailure);
  }
  purgeLater(job);
}

export async function restoreMessage(conversationId: string, messageId: string): Promise<void> {
  const opened = await openConversation(conversationId);
  const message = opened.conversation.messages.find(({ id }) => id === messageId);
  if (message?.deletedAt === undefined) return;
  publish(opened, { type: 'message-restore', messageId });
  await database.jobs.delete(`purge:${messageId}`).catch(reportStorageFailure);
}

/** Sees to the deletions whose undo ran out while no worker lived. */
export async function resumePurges(): Promise<void> {
  const left = await database.jobs
    .where('id')
    .startsWith('purge:')
    .toArray()
    .catch(reportStorageFailure);
  for (const job of left ?? []) {
    if (job.kind !== 'purge') continue;
    if (!job.messageId) deleted.add(job.conversationId);
    purgeLater(job);
  }
}

/** Deletes conversations for good, at once. */
export async function purgeConversations(ids: string[]): Promise<void> {
  for (const id of ids) {
    await stopReplies((await openConversation(id)).conversation);
    await forgetConversation(id);
    await purgeRows(id);
    deleted.delete(id);
  }
  broadcast({ type: 'conversations-gone', ids });
  await countUnread();
}

/** Deletes everything but settings. */
export async function deleteAll(): Promise<void> {
  const opened = await openConversations();
  for (const { conversation } of opened) await stopReplies(conversation);
  for (const { conversation } of opened) await forgetConversation(conversation.id);
  await database.transaction('rw', database.tables, async () => {
    for (const table of database.tables) await table.clear();
  });
  deleted.clear();
  broadcast({ type: 'conversations-gone', ids: null });
  for (const { conversation } of opened) await renewSnapshots(conversation.id);
  await countUnread();
}

async function stopReplies({ messages }: Conversation): Promise<void> {
  const running = messages.filter(({ state }) => state === 'streaming');
  await Promise.all(running.map(({ id }) => stopReply(id)));
}

function purgeLater(job: PurgeJob): void {
  setTimeout(() => void purge(job).catch(reportStorageFailure), UNDO_SECONDS * 1000);
}

async function purge({ id, conversationId, messageId }: PurgeJob): Promise<void> {
  if (messageId) return purgeMessage(conversationId, messageId);
  // Taken back meanwhile.
  if (!(await database.jobs.get(id))) return;
  await purgeRows(conversationId);
  deleted.delete(conversationId);
}

async function purgeMessage(conversationId: string, messageId: string): Promise<void> {
  const opened = await openConversation(conversationId);
  const message = opened.conversation.messages.find(({ id }) => id === messageId);
  if (message?.deletedAt !== undefined) {
    publish(opened, { type: 'message-purge', messageId });
    await save(opened);
    await collectBlobs(imageIdsOf(message));
  }
  await database.jobs.delete(`purge:${messageId}`);
}

async function purgeRows(conversationId: string): Promise<void> {
  const { conversations, messages, parts, jobs, indexedMessages, blobs } = database;
  const tables = [conversations, messages, parts, jobs, indexedMessages, blobs];
  await database.transaction('rw', tables, async () => {
    const own = await parts.where({ conversationId }).toArray();
    const messageIds = await messages.where({ conversationId }).primaryKeys();
    for (const table of [messages, parts, jobs]) await table.where({ conversationId }).delete();
    await forget(messageIds);
    await conversations.delete(conversationId);
    await collectBlobs(imageIdsOf({ parts: own }));
  });
  scheduleIndexing();
}
