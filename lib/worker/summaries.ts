/** The list of conversations, as lines. */
import { isTemporary, type Conversation } from '../conversation';
import type { ConversationSummary } from '../messages';
import { openConversations } from './conversation-store';
import { database, type ConversationRow } from './database';
import { reportStorageFailure } from './storage-trouble';

/** The line of a conversation that is in memory. */
export function summaryOf(conversation: Conversation): ConversationSummary {
  return {
    ...lineOf(conversation),
    isRunning: conversation.messages.some(({ state }) => state === 'streaming'),
  };
}

/** All conversations but temporary and deleted ones. */
export async function listConversations(): Promise<ConversationSummary[]> {
  const rows = await database.conversations.toArray();
  const lines = new Map(
    rows
      .filter(({ deletedAt }) => deletedAt === undefined)
      .map((row): [string, ConversationSummary] => [row.id, { ...lineOf(row), isRunning: false }]),
  );
  for (const { conversation } of await openConversations()) {
    if (isListed(conversation)) lines.set(conversation.id, summaryOf(conversation));
  }
  return [...lines.values()];
}

/** Ids of all that are listed, and of those without messages: what a backup holds. */
export async function listIds(): Promise<string[]> {
  const ids = await database.conversations
    .filter(({ deletedAt }) => deletedAt === undefined)
    .primaryKeys();
  const opened = (await openConversations()).filter(({ conversation }) => isListed(conversation));
  return [...new Set([...ids, ...opened.map(({ conversation }) => conversation.id)])];
}

/** The conversation that a panel opens at: one from ahead of the clock only where there is no other. */
export async function newestConversationId(): Promise<string | undefined> {
  const now = Date.now();
  const times = database.conversations.where('updatedAt');
  for (const rows of [times.belowOrEqual(now), times.above(now)]) {
    const newest = rows.filter(({ deletedAt }) => deletedAt === undefined).last();
    const found = await newest.catch(reportStorageFailure);
    if (found) return found.id;
  }
  return undefined;
}

/** Whether a conversation stands in the list. */
export function isListed(conversation: Conversation): boolean {
  return conversation.messages.length > 0 && !isTemporary(conversation);
}

function lineOf(row: ConversationRow | Conversation): Omit<ConversationSummary, 'isRunning'> {
  const { id, title, updatedAt, preview, isPinned, folder, isUnread } = row;
  return { id, title, updatedAt, preview, isPinned, folder, isUnread };
}
