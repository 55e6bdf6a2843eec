/** The conversations: in memory while the worker lives, in the database always. */
import { browser } from 'wxt/browser';
import {
  applyEvent,
  emptyConversation,
  isTemporary,
  type Conversation,
  type ConversationEvent,
  type Message,
} from '../conversation';
import { database, type JobRow } from './database';
import { storeRefused } from './image-data';
import { modelOfNew } from './models';
import { recovered, WORKER } from './recover';
import { readConversation, toRows } from './rows';
import { scheduleIndexing } from './search-index';
import { reportStorageFailure, reportStorageWorks } from './storage-trouble';
import { readTemporary, writeTemporary } from './temporary-store';

/** A conversation in the worker's memory. */
export interface OpenConversation {
  conversation: Conversation;
  /** Number of the last event that was applied. */
  seq: number;
  /** Whether the database could not be read: what stands in it is not known yet. */
  isUnreadable: boolean;
  /** Whether it was deleted meanwhile: what still comes in must not bring it back. */
  isGone: boolean;
  /** Ids of the messages that changed since the last save. */
  unsaved: Set<string>;
  saveTimer?: ReturnType<typeof setTimeout> | undefined;
}

/** A word that was seen is on disk half a second later, the writing on a busy machine included. */
const SAVE_EVERY = 300;
const RETRY_SAVE_AFTER = 2000;
/** Where the numbers of an unreadable conversation start: a page that has them misses the later ones. */
const UNREADABLE_SEQ = -1_000_000;

const open = new Map<string, Promise<OpenConversation>>();

/** The conversation by its id: from memory, from the database, or a new and empty one for this place. */
export function openConversation(id: string, place?: 'popup'): Promise<OpenConversation> {
  let opening = open.get(id);
  if (!opening) {
    opening = load(id, place);
    open.set(id, opening);
  }
  return opening;
}

/** The conversation as it is in memory, else in the database; undefined where it has no messages. */
export async function findConversation(id: string): Promise<Conversation | undefined> {
  const opened = await open.get(id);
  const conversation = opened?.conversation ?? (await readConversation(id));
  return conversation?.messages.length ? conversation : undefined;
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
  // From now on there is something in it that must not be lost.
  if (opened.isUnreadable) open.set(opened.conversation.id, Promise.resolve(opened));
  for (const id of changedMessages(event)) opened.unsaved.add(id);
  if (opened.conversation.messages.length === 0) return;
  if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
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
  let ids: string[] = [];
  try {
    if (opened.isUnreadable) await joinStored(opened);
    ids = [...opened.unsaved];
    opened.unsaved.clear();
    await write(opened, new Set(ids));
    reportStorageWorks();
    scheduleIndexing();
    await storeRefused();
  } catch (error) {
    for (const id of ids) opened.unsaved.add(id);
    opened.saveTimer ??= setTimeout(() => void save(opened), RETRY_SAVE_AFTER);
    // What is in this worker's memory alone must not go with it for want of activity.
    void browser.runtime.getPlatformInfo();
    reportStorageFailure(error);
  }
}

/** Writes what pages were told and is not on disk yet, of all that is to be there. */
export async function saveAll(): Promise<void> {
  const opened = await openConversations();
  const unsaved = opened.filter((one) => one.unsaved.size > 0 && !isTemporary(one.conversation));
  await Promise.all(unsaved.map(save));
}

/** What was written while the database could not be read follows on what stands in it. */
async function joinStored(opened: OpenConversation): Promise<void> {
  const stored = await readConversation(opened.conversation.id);
  // Another save may have joined them meanwhile.
  if (!opened.isUnreadable) return;
  opened.isUnreadable = false;
  if (!stored) return;
  const { messages, queue, leafId, updatedAt, model } = opened.conversation;
  for (const { id } of messages) opened.unsaved.add(id);
  opened.conversation = {
    ...stored,
    messages: [...stored.messages, ...messages],
    queue: [...stored.queue, ...queue],
    leafId,
    updatedAt,
    model,
  };
  // A page that waits for the next number finds one missing, and asks for a snapshot.
  opened.seq += 1;
}

async function write(opened: OpenConversation, changed: Set<string>): Promise<void> {
  const { messages, ...row } = opened.conversation;
  const rows = messages.flatMap((message, position) =>
    changed.has(message.id) ? [toRows(message, row.id, position)] : [],
  );
  const changes = messages.filter(({ id }) => changed.has(id));
  const { conversations, parts } = database;
  await database.transaction(
    'rw',
    [conversations, database.messages, parts, database.jobs],
    async () => {
      // A deletion is taken back by nobody but the person.
      if ((await conversations.get(row.id))?.deletedAt !== undefined) return;
      await conversations.put(row);
      await database.messages.bulkPut(rows.map(({ message }) => message));
      await parts.bulkPut(rows.flatMap((one) => one.parts));
      for (const { message, parts: kept } of rows) {
        const left = [message.id, kept.length] as const;
        await parts.where('[messageId+index]').between(left, [message.id, Infinity]).delete();
      }
      await database.jobs.bulkDelete(changes.flatMap(({ id }) => [`reply:${id}`, `purge:${id}`]));
      await database.jobs.bulkPut(changes.flatMap((message) => jobsOf(message, row.id)));
    },
  );
}

/** What is left to do for a message: to mark it as cut off if nobody ends it, to have it found, to purge it. */
function jobsOf({ id: messageId, state, deletedAt, parts }: Message, conversationId: string) {
  const about = { conversationId, messageId };
  const jobs: JobRow[] = [
    state === 'streaming'
      ? { id: `reply:${messageId}`, kind: 'reply', worker: WORKER, ...about }
      : { id: `index:${messageId}`, kind: 'index', ...about },
  ];
  const isPurged = deletedAt === undefined || parts.length === 0;
  return isPurged
    ? jobs
    : [...jobs, { id: `purge:${messageId}`, kind: 'purge', ...about } as const];
}

function changedMessages(event: ConversationEvent): string[] {
  if (event.type === 'message-add') return [event.message.id];
  if (event.type === 'messages-merge') return event.messages.map(({ id }) => id);
  return 'messageId' in event ? [event.messageId] : [];
}

async function load(id: string, place?: 'popup'): Promise<OpenConversation> {
  const opened = { seq: 0, isGone: false, isUnreadable: false, unsaved: new Set<string>() };
  const fresh = async () => emptyConversation(id, await modelOfNew(undefined, place), Date.now());
  try {
    const stored = await read(id).catch(() => read(id));
    return { ...opened, conversation: stored ?? (await fresh()) };
  } catch (error) {
    reportStorageFailure(error);
    // Whoever asks next tries again.
    open.delete(id);
    return {
      ...opened,
      conversation: await fresh(),
      seq: UNREADABLE_SEQ,
      isUnreadable: true,
    };
  }
}

async function read(id: string): Promise<Conversation | null | undefined> {
  if (isTemporary({ id })) return readTemporary(id);
  await recovered();
  return readConversation(id);
}
