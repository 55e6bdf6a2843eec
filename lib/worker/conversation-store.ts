/** The conversations: in memory while the worker lives, in the database always. */
import {
  applyEvent,
  emptyConversation,
  isTemporary,
  type Conversation,
  type ConversationEvent,
  type Message,
} from '../conversation';
import { database, type JobRow } from './database';
import { modelOfNew } from './models';
import { recovered } from './recover';
import { readConversation, toRows } from './rows';
import { scheduleIndexing } from './search-index';
import { reportStorageFailure, reportStorageWorks } from './storage-trouble';
import { readTemporary, writeTemporary } from './temporary-store';

/** A conversation in the worker's memory. */
export interface OpenConversation {
  conversation: Conversation;
  /** Number of the last event that was applied. */
  seq: number;
  /** Whether the database could not be read: then nothing in it may be written over. */
  isUnreadable: boolean;
  /** Whether it was deleted meanwhile: what still comes in must not bring it back. */
  isGone: boolean;
  /** Ids of the messages that changed since the last save. */
  unsaved: Set<string>;
  saveTimer?: ReturnType<typeof setTimeout> | undefined;
}

/** A word that was seen is on disk half a second later, the writing included. */
const SAVE_EVERY = 400;
const RETRY_SAVE_AFTER = 2000;

const open = new Map<string, Promise<OpenConversation>>();

/** The conversation by its id: from memory, from the database, or a new and empty one. */
export function openConversation(id: string): Promise<OpenConversation> {
  let opening = open.get(id);
  if (!opening) {
    opening = load(id);
    open.set(id, opening);
    opening.catch(() => open.delete(id));
  }
  return opening;
}

/** The conversation with its messages; undefined where there are none. */
export async function findConversation(id: string): Promise<Conversation | undefined> {
  const { conversation } = await openConversation(id);
  return conversation.messages.length > 0 ? conversation : undefined;
}

/** The conversations that are in memory now. */
export async function openConversations(): Promise<OpenConversation[]> {
  const settled = await Promise.allSettled(open.values());
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

/** Lets go of a conversation: nothing more of it is written, and the next one who asks reads it anew. */
export async function forgetConversation(id: string): Promise<void> {
  const opening = open.get(id);
  open.delete(id);
  const opened = await opening;
  if (!opened) return;
  opened.isGone = true;
  clearTimeout(opened.saveTimer);
}

/** Changes the conversation in memory and sees to it that the change is written. */
export function applyAndSave(opened: OpenConversation, event: ConversationEvent): void {
  opened.conversation = applyEvent(opened.conversation, event);
  opened.seq += 1;
  for (const id of changedMessages(event)) opened.unsaved.add(id);
  if (opened.conversation.messages.length === 0) return;
  if (event.type === 'text-delta') {
    opened.saveTimer ??= setTimeout(() => void save(opened), SAVE_EVERY);
  } else {
    clearTimeout(opened.saveTimer);
    opened.saveTimer = setTimeout(() => void save(opened));
  }
}

/**
 * Writes what changed, in one transaction. A database that fails is told and tried again later: the
 * reply goes on in memory.
 */
export async function save(opened: OpenConversation): Promise<void> {
  clearTimeout(opened.saveTimer);
  opened.saveTimer = undefined;
  if (opened.isGone) return;
  if (isTemporary(opened.conversation)) return writeTemporary(opened.conversation);
  const ids = [...opened.unsaved];
  opened.unsaved.clear();
  try {
    await write(opened, new Set(ids));
    opened.isUnreadable = false;
    reportStorageWorks();
    scheduleIndexing();
  } catch (error) {
    for (const id of ids) opened.unsaved.add(id);
    opened.saveTimer ??= setTimeout(() => void save(opened), RETRY_SAVE_AFTER);
    reportStorageFailure(error);
  }
}

async function write(opened: OpenConversation, changed: Set<string>): Promise<void> {
  const { messages, ...row } = opened.conversation;
  const rows = messages.flatMap((message, position) =>
    changed.has(message.id) ? [toRows(message, row.id, position)] : [],
  );
  const jobs = messages
    .filter(({ id }) => changed.has(id))
    .map((message) => jobOf(message, row.id));
  const { conversations, parts } = database;
  await database.transaction(
    'rw',
    [conversations, database.messages, parts, database.jobs],
    async () => {
      await (opened.isUnreadable ? conversations.add(row) : conversations.put(row));
      await database.messages.bulkPut(rows.map(({ message }) => message));
      await parts.bulkPut(rows.flatMap((one) => one.parts));
      for (const { message, parts: kept } of rows) {
        const left = [message.id, kept.length] as const;
        await parts.where('[messageId+index]').between(left, [message.id, Infinity]).delete();
      }
      await database.jobs.bulkPut(jobs);
      const ended = jobs.filter(({ kind }) => kind === 'index');
      await database.jobs.bulkDelete(ended.map(({ messageId }) => `reply:${messageId}`));
    },
  );
}

/** What is left to do for a message: to mark it as cut off if nobody ends it, or to make it found. */
function jobOf({ id, state }: Message, conversationId: string): JobRow & { messageId: string } {
  const kind = state === 'streaming' ? 'reply' : 'index';
  return { id: `${kind}:${id}`, kind, conversationId, messageId: id };
}

function changedMessages(event: ConversationEvent): string[] {
  if (event.type === 'message-add') return [event.message.id];
  if (event.type === 'messages-merge') return event.messages.map(({ id }) => id);
  return 'messageId' in event ? [event.messageId] : [];
}

async function load(id: string): Promise<OpenConversation> {
  const opened = { seq: 0, isGone: false, isUnreadable: false, unsaved: new Set<string>() };
  const fresh = async () => emptyConversation(id, await modelOfNew(), Date.now());
  try {
    const stored = await read(id).catch(() => read(id));
    return { ...opened, conversation: stored ?? (await fresh()) };
  } catch (error) {
    reportStorageFailure(error);
    return { ...opened, conversation: await fresh(), isUnreadable: true };
  }
}

async function read(id: string): Promise<Conversation | null | undefined> {
  if (isTemporary({ id })) return readTemporary(id);
  await recovered();
  return readConversation(id);
}
