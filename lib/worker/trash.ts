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

/** When undo is over, by the job's id: what is deleted again has its ten seconds again. */
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Conversations that can still be taken back. */
const deleted = new Set<string>();
let resumed: Promise<void> | undefined;

/** Whether the conversation was deleted and can be taken back, also by the worker before this one. */
export async function isInTrash(conversationId: string): Promise<boolean> {
  await resumePurges();
  return deleted.has(conversationId);
}

/** Stops its replies and hides the conversation; it goes for good when undo is over. */
export async function deleteConversation(id: string): Promise<void> {
  const opened = await openConversation(id);
  await stopReplies(opened.conversation);
  await save(opened);
  const job: PurgeJob = { id: `purge:${id}`, kind: 'purge', conversationId: id };
  const { conversations, jobs } = database;
  await database.transaction('rw', conversations, jobs, async () => {
    await conversations.update(id, { deletedAt: Date.now() });
    await jobs.put(job);
  });
  deleted.add(id);
  broadcast({ type: 'conversations-gone', ids: [id] });
  // Also one that a page opened until now.
  await forgetConversation(id);
  purgeLater(job);
  await countUnread();
}

export async function restoreConversation(id: string): Promise<void> {
  const { conversations, jobs } = database;
  const isBack = await database.transaction('rw', conversations, jobs, async () => {
    const row = await conversations.get(id);
    if (!row) throw new Error('undo is over');
    const { deletedAt, ...alive } = row;
    // Another page was first: what is alive in memory must not be forgotten.
    if (deletedAt === undefined) return false;
    await conversations.put(alive);
    await jobs.delete(`purge:${id}`);
    return true;
  });
  deleted.delete(id);
  if (!isBack) return;
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
  purgeLater({ id: `purge:${messageId}`, kind: 'purge', conversationId, messageId });
  await save(opened);
}

export async function restoreMessage(conversationId: string, messageId: string): Promise<void> {
  const opened = await openConversation(conversationId);
  const message = opened.conversation.messages.find(({ id }) => id === messageId);
  if (message?.deletedAt === undefined) return;
  if (message.parts.length === 0) throw new Error('undo is over');
  publish(opened, { type: 'message-restore', messageId });
}

/** Sees to the deletions whose undo ran out while no worker lived. */
export function resumePurges(): Promise<void> {
  resumed ??= readPurges();
  return resumed;
}

async function readPurges(): Promise<void> {
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
  const opened = await openConversations();
  for (const { conversation } of opened) {
    if (ids.includes(conversation.id)) await stopReplies(conversation);
  }
  for (const id of ids) {
    await purgeRows(id);
    await forgetConversation(id);
    deleted.delete(id);
  }
  broadcast({ type: 'conversations-gone', ids });
  await countUnread();
}

/** Deletes everything but settings and temporary chats. */
export async function deleteAll(): Promise<void> {
  for (const { conversation } of await openConversations()) await stopReplies(conversation);
  await database.transaction('rw', database.tables, async () => {
    for (const table of database.tables) await table.clear();
  });
  const opened = (await openConversations()).filter((one) => !isTemporary(one.conversation));
  for (const { conversation } of opened) await forgetConversation(conversation.id);
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
  clearTimeout(timers.get(job.id));
  const run = () => {
    timers.delete(job.id);
    void purge(job).catch(reportStorageFailure);
  };
  timers.set(job.id, setTimeout(run, UNDO_SECONDS * 1000));
}

async function purge({ id, conversationId, messageId }: PurgeJob): Promise<void> {
  if (messageId) return purgeMessage(conversationId, messageId);
  await purgeRows(conversationId, id);
  deleted.delete(conversationId);
}

async function purgeMessage(conversationId: string, messageId: string): Promise<void> {
  const opened = await openConversation(conversationId);
  const message = opened.conversation.messages.find(({ id }) => id === messageId);
  if (message?.deletedAt === undefined) return;
  publish(opened, { type: 'message-purge', messageId });
  await save(opened);
  await collectBlobs(imageIdsOf(message));
}

/** Deletes the conversation's rows; with a job, unless that is gone: taken back meanwhile. */
async function purgeRows(conversationId: string, jobId?: string): Promise<void> {
  const { conversations, messages, parts, jobs, indexedMessages, blobs } = database;
  const tables = [conversations, messages, parts, jobs, indexedMessages, blobs];
  await database.transaction('rw', tables, async () => {
    if (jobId && !(await jobs.get(jobId))) return;
    const own = await parts.where({ conversationId }).toArray();
    const messageIds = await messages.where({ conversationId }).primaryKeys();
    for (const table of [messages, parts, jobs]) await table.where({ conversationId }).delete();
    await forget(messageIds);
    await conversations.delete(conversationId);
    await collectBlobs(imageIdsOf({ parts: own }));
  });
  scheduleIndexing();
}
