/** The one database, opened by the worker alone. */
import { Dexie, type EntityTable } from 'dexie';
import type { Conversation, Message } from '../conversation';
import { log } from '../log';

export type ConversationRow = Omit<Conversation, 'messages'>;

export interface MessageRow extends Message {
  conversationId: string;
  /** Place among the conversation's messages, in the order in which they were added. */
  position: number;
}

export interface ImageRow {
  /** SHA-256 of the bytes, in hex. */
  id: string;
  bytes: Blob;
}

class Database extends Dexie {
  declare readonly conversations: EntityTable<ConversationRow, 'id'>;
  declare readonly messages: EntityTable<MessageRow, 'id'>;
  declare readonly images: EntityTable<ImageRow, 'id'>;

  constructor() {
    super('aside');
    this.version(1).stores({
      conversations: 'id, updatedAt',
      messages: 'id, conversationId, state',
      images: 'id',
    });
  }
}

export const database = new Database();

/** A database that fails must not take the running reply with it: the failure is logged, work goes on. */
export function logStorageFailure(error: unknown): void {
  log({
    level: 'error',
    event: 'storage-failed',
    error: error instanceof Error ? error.name : typeof error,
  });
}
