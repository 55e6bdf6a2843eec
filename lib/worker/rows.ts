/** Conversations as rows of the database, and back. */
import type { Conversation, Message, Part } from '../conversation';
import { database, type ConversationRow, type MessageRow, type PartRow } from './database';

/** A message's rows; `position` is its place in the conversation. */
export function toRows(
  { parts, retry: _, ...message }: Message,
  conversationId: string,
  position: number,
): { message: MessageRow; parts: PartRow[] } {
  return {
    message: { ...message, conversationId, position },
    parts: parts.map((part, index) => ({ ...part, messageId: message.id, conversationId, index })),
  };
}

/** The messages that these rows make, in their order. */
export function toMessages(rows: MessageRow[], partRows: PartRow[]): Message[] {
  const partsOf = Map.groupBy(
    partRows.toSorted((one, other) => one.index - other.index),
    ({ messageId }) => messageId,
  );
  return rows
    .toSorted((one, other) => one.position - other.position)
    .map(({ conversationId: _, position: __, ...message }) => ({
      ...message,
      parts: (partsOf.get(message.id) ?? []).map(toPart),
    }));
}

/** The parts of one message, in their order. */
export async function readParts(messageId: string): Promise<PartRow[]> {
  const place = database.parts.where('[messageId+index]');
  return place.between([messageId, 0], [messageId, Infinity]).toArray();
}

/** Reads a conversation whole; undefined when there is none or it was deleted. */
export async function readConversation(id: string): Promise<Conversation | undefined> {
  const tables = [database.conversations, database.messages, database.parts];
  return database.transaction('r', tables, async () => {
    const [row, messages, parts] = await Promise.all([
      database.conversations.get(id),
      database.messages.where({ conversationId: id }).toArray(),
      database.parts.where({ conversationId: id }).toArray(),
    ]);
    if (!row || row.deletedAt !== undefined) return undefined;
    return fromRows(row, messages, parts);
  });
}

/** The conversation that these rows make. */
export function fromRows(
  { deletedAt: _, ...row }: ConversationRow,
  messages: MessageRow[],
  parts: PartRow[],
): Conversation {
  return { ...row, messages: toMessages(messages, parts) };
}

function toPart({ messageId: _, conversationId: __, index: ___, ...part }: PartRow): Part {
  return part;
}
