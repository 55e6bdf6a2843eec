/** The databases, opened by the worker alone: conversations, and the keys apart from them. */
import { Dexie, type EntityTable, type Table, type Transaction } from 'dexie';
import type { Conversation, Message, Part } from '../conversation';
import { previewOf } from '../message-text';
import type { KeyInfo } from '../messages';
import { reportStorageFailure } from './storage-trouble';

export interface ConversationRow extends Omit<Conversation, 'messages'> {
  /** When it was deleted; it goes for good when undo is over. */
  deletedAt?: number;
}

export interface MessageRow extends Omit<Message, 'parts'> {
  conversationId: string;
  /** Place among the conversation's messages, in the order in which they were added. */
  position: number;
}

export type PartRow = Part & {
  messageId: string;
  conversationId: string;
  /** Place among the message's parts. */
  index: number;
};

/** Bytes that parts refer to; the same bytes are there once. */
export interface BlobRow {
  /** SHA-256 of the bytes, in hex. */
  id: string;
  bytes: Blob;
  /** Size in bytes. */
  size: number;
  /** A small form of a picture. */
  thumbnail?: Blob;
}

/**
 * What is still to be done, also by a worker that starts after this one was ended: replies to mark
 * as cut off, deletions whose undo runs out, messages to enter into the search index. The id is the
 * kind, a colon, and the id of what it is about: read them by that, since Chromium is slow with an
 * index whose entries come and go.
 */
export type JobRow =
  /** `worker` names the one that runs it: `WORKER` of `lib/worker/recover.ts`. */
  | { id: string; kind: 'reply'; conversationId: string; messageId: string; worker: string }
  | { id: string; kind: 'purge'; conversationId: string; messageId?: string }
  | { id: string; kind: 'index'; conversationId: string; messageId: string };

/** A message in the search index, under a small number that grows with time. */
export interface IndexedMessageRow {
  number?: number;
  conversationId: string;
  messageId: string;
}

/** A block of the terms that a segment of the index holds, and for each the messages that have it. */
export interface PostingRow {
  segment: number;
  block: number;
  /** One a line. */
  terms: string;
  /** For each term, where its offsets end. */
  ends: Uint32Array;
  /** Message numbers, less the segment's first. */
  offsets: Uint16Array;
}

/** All keys in one row, so that they are never open and locked at once. */
export interface KeyringRow {
  id: 'keyring';
  /** Keys by provider id; none while `locked` holds them. */
  open: Record<string, string>;
  locked: LockedKeys | null;
  /** The origin that each key was given for, by provider id. */
  origins: Record<string, string>;
}

/** All keys as one text under the passphrase; bytes in base64. */
export interface LockedKeys {
  salt: string;
  iterations: number;
  iv: string;
  data: string;
  /** What pages may know, also while the keys are locked. */
  tails: Record<string, KeyInfo>;
}

class Database extends Dexie {
  declare readonly conversations: EntityTable<ConversationRow, 'id'>;
  declare readonly messages: EntityTable<MessageRow, 'id'>;
  declare readonly parts: Table<PartRow, [messageId: string, index: number]>;
  declare readonly blobs: EntityTable<BlobRow, 'id'>;
  declare readonly jobs: EntityTable<JobRow, 'id'>;
  declare readonly indexedMessages: EntityTable<IndexedMessageRow, 'number'>;
  declare readonly postings: Table<PostingRow, [segment: number, block: number]>;

  constructor() {
    super('aside');
    this.version(1).stores({
      conversations: 'id, updatedAt',
      messages: 'id, conversationId, state',
      images: 'id',
    });
    this.version(2)
      .stores({
        messages: 'id, conversationId',
        parts: '[messageId+index], conversationId, image.id',
        blobs: 'id, size',
        images: null,
        jobs: 'id, conversationId',
        indexedMessages: '++number, conversationId, messageId',
        postings: '[segment+block]',
      })
      .upgrade(moveToParts);
  }
}

/** Whatever happens to the conversations' database as a whole, a key is not part of it. */
class KeyDatabase extends Dexie {
  declare readonly keyring: EntityTable<KeyringRow, 'id'>;

  constructor() {
    super('aside-keys');
    this.version(1).stores({ keyring: 'id' });
  }
}

export const database = new Database();
export const keyDatabase = new KeyDatabase();

database.on('blocked', () => reportStorageFailure(new DOMException('', 'BlockedError')));

/** Ids of conversations that nobody changed since then (milliseconds); pinned ones are left out. */
export function conversationsOlderThan(before: number): Promise<string[]> {
  return database.conversations
    .where('updatedAt')
    .below(before)
    .filter(({ isPinned, deletedAt }) => !isPinned && deletedAt === undefined)
    .primaryKeys();
}

/** Until version 2, parts stood in their messages, and pictures in a table of their own. */
async function moveToParts(transaction: Transaction): Promise<void> {
  const parts: PartRow[] = [];
  const jobs: JobRow[] = [];
  const newest = new Map<string, { position: number; preview: string }>();
  await transaction
    .table<MessageRow & { parts?: Part[] }>('messages')
    .toCollection()
    .modify((message) => {
      const { id: messageId, conversationId } = message;
      for (const [index, part] of (message.parts ?? []).entries()) {
        parts.push({ ...part, messageId, conversationId, index });
      }
      if (
        message.role === 'assistant' &&
        message.position >= (newest.get(conversationId)?.position ?? 0)
      ) {
        const preview = previewOf({ parts: message.parts ?? [] });
        newest.set(conversationId, { position: message.position, preview });
      }
      delete message.parts;
      const about = { conversationId, messageId };
      jobs.push(
        message.state === 'streaming'
          ? { id: `reply:${messageId}`, kind: 'reply', worker: '', ...about }
          : { id: `index:${messageId}`, kind: 'index', ...about },
      );
    });
  await transaction.table<PartRow>('parts').bulkAdd(parts);
  await transaction.table<JobRow>('jobs').bulkAdd(jobs);
  const images = await transaction.table<{ id: string; bytes: Blob }>('images').toArray();
  await transaction
    .table<BlobRow>('blobs')
    .bulkAdd(images.map(({ id, bytes }) => ({ id, bytes, size: bytes.size })));
  await transaction
    .table<ConversationRow>('conversations')
    .toCollection()
    .modify((row) => {
      Object.assign(row, {
        titleBy: 'prompt',
        queue: [],
        preview: newest.get(row.id)?.preview ?? '',
        isPinned: false,
        folder: '',
        isUnread: false,
      } satisfies Partial<ConversationRow>);
    });
}
