/** The list of conversations, as lines. */
import { CLOCK_STEP, isTemporary, type Conversation } from '../conversation';
import { outcomeOf, type Outcome } from '../message-reply';
import { imageIdsOf } from '../message-text';
import type { ConversationSummary } from '../messages';
import { openConversations } from './conversation-store';
import { database, type ConversationRow } from './database';
import { reportStorageFailure } from './storage-trouble';

/** The line of a conversation that is in memory. */
export function summaryOf(conversation: Conversation): ConversationSummary {
  const { messages, leafId, preview } = conversation;
  const reply = messages.find(({ id }) => id === leafId);
  const prompt = messages.find(({ id }) => id === reply?.parentId);
  const outcome =
    reply && !preview ? outcomeOf(reply, imageIdsOf(reply).length > 0, prompt) : undefined;
  return {
    ...lineOf(conversation),
    isRunning: messages.some(({ state }) => state === 'streaming'),
    ...(outcome && { outcome }),
  };
}

/** All conversations but temporary and deleted ones. */
export async function listConversations(): Promise<ConversationSummary[]> {
  // In memory: a filter of Dexie's asks for the rows one by one.
  const all = await database.conversations.toArray();
  const rows = all.filter(({ deletedAt }) => deletedAt === undefined);
  const outcomes = await readOutcomes(rows.filter(({ preview }) => !preview));
  const lines = new Map(
    rows.map((row): [string, ConversationSummary] => {
      const outcome = outcomes.get(row.id);
      return [row.id, { ...lineOf(row), isRunning: false, ...(outcome && { outcome }) }];
    }),
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
  const now = Date.now() + CLOCK_STEP;
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

/** What came of the last replies of these, by conversation. There may be hundreds: few requests each. */
async function readOutcomes(rows: ConversationRow[]): Promise<Map<string, Outcome>> {
  if (rows.length === 0) return new Map();
  const { messages, parts } = database;
  return database.transaction('r', messages, parts, async () => {
    const [last, places] = await Promise.all([
      messages.bulkGet(rows.map(({ leafId }) => leafId ?? '')),
      parts.orderBy('image.id').primaryKeys(),
    ]);
    const drawn = new Set(places.map(([messageId]) => messageId));
    const replies = last.flatMap((row) => row ?? []);
    const prompts = await messages.bulkGet(
      replies.map(({ id, parentId }) => (drawn.has(id) && parentId) || ''),
    );
    return new Map(
      replies.flatMap((reply, at): [string, Outcome][] => {
        const outcome = outcomeOf(reply, drawn.has(reply.id), prompts[at]);
        return outcome ? [[reply.conversationId, outcome]] : [];
      }),
    );
  });
}

function lineOf(row: ConversationRow | Conversation): Omit<ConversationSummary, 'isRunning'> {
  const { id, title, updatedAt, preview, isPinned, folder, isUnread } = row;
  return { id, title, updatedAt, preview, isPinned, folder, isUnread };
}
