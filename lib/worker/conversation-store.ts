/** The conversations: in memory while the worker lives, in the database always. */
import {
  applyEvent,
  emptyConversation,
  type Conversation,
  type ConversationEvent,
  type ModelRef,
} from '../conversation';
import { log } from '../log';
import type { ConversationSummary } from '../messages';
import { providers } from '../providers';
import { defaultModel } from '../settings';
import { database, logStorageFailure, type MessageRow } from './database';

/** A conversation in the worker's memory. */
export interface OpenConversation {
  conversation: Conversation;
  /** Number of the last event that was applied. */
  seq: number;
  /** Whether the database could not be read: then nothing in it may be written over. */
  isUnread: boolean;
  /** Ids of the messages that changed since the last save. */
  unsaved: Set<string>;
  saveTimer?: ReturnType<typeof setTimeout> | undefined;
}

const SAVE_EVERY = 500;
const RETRY_SAVE_AFTER = 2000;

const open = new Map<string, Promise<OpenConversation>>();

/** Replies that the last worker left unfinished; marked before anything is shown. */
let recovery: Promise<void> | undefined;

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

/** Changes the conversation in memory and sees to it that the change is written. */
export function applyAndSave(opened: OpenConversation, event: ConversationEvent): void {
  opened.conversation = applyEvent(opened.conversation, event);
  opened.seq += 1;
  if (event.type === 'message-add') opened.unsaved.add(event.message.id);
  if ('messageId' in event) opened.unsaved.add(event.messageId);
  if (opened.conversation.messages.length === 0) return;
  opened.saveTimer ??= setTimeout(() => void save(opened), SAVE_EVERY);
}

/**
 * Writes what changed, in one transaction. A database that fails is logged and tried again later:
 * the reply goes on in memory.
 */
export async function save(opened: OpenConversation): Promise<void> {
  clearTimeout(opened.saveTimer);
  opened.saveTimer = undefined;
  const ids = [...opened.unsaved];
  const { messages, ...row } = opened.conversation;
  const rows = messages.flatMap((message, position): MessageRow[] =>
    opened.unsaved.has(message.id) ? [{ ...message, conversationId: row.id, position }] : [],
  );
  opened.unsaved.clear();
  try {
    await database.transaction('rw', database.conversations, database.messages, async () => {
      await (opened.isUnread ? database.conversations.add(row) : database.conversations.put(row));
      await database.messages.bulkPut(rows);
    });
    opened.isUnread = false;
  } catch (error) {
    for (const id of ids) opened.unsaved.add(id);
    opened.saveTimer ??= setTimeout(() => void save(opened), RETRY_SAVE_AFTER);
    logStorageFailure(error);
  }
}

/** All conversations, the one that changed last on top. */
export async function listConversations(): Promise<ConversationSummary[]> {
  const rows = await database.conversations.orderBy('updatedAt').toArray();
  return rows.toReversed().map(({ id, title, updatedAt }) => ({ id, title, updatedAt }));
}

export async function newestConversationId(): Promise<string | undefined> {
  const newest = database.conversations.orderBy('updatedAt').last();
  return (await newest.catch(logStorageFailure))?.id;
}

/** The model of a new conversation: the one picked last where it makes this, else the first that does. */
export async function modelOfNew(output?: 'text' | 'image'): Promise<ModelRef> {
  const models = providers.flatMap(({ description }) =>
    description.models
      .filter((model) => !output || model.output === output)
      .map((model): ModelRef => ({ provider: description.id, model: model.id })),
  );
  const picked = await defaultModel.getValue();
  const found =
    models.find(({ provider, model }) => provider === picked?.provider && model === picked.model) ??
    models[0];
  if (!found) throw new Error(`no provider makes ${output}`);
  return found;
}

async function load(id: string): Promise<OpenConversation> {
  const opened = { seq: 0, unsaved: new Set<string>() };
  const fresh = async () => emptyConversation(id, await modelOfNew(), Date.now());
  try {
    const stored = await read(id).catch(() => read(id));
    return { ...opened, conversation: stored ?? (await fresh()), isUnread: false };
  } catch (error) {
    logStorageFailure(error);
    return { ...opened, conversation: await fresh(), isUnread: true };
  }
}

async function read(id: string): Promise<Conversation | undefined> {
  recovery ??= markInterrupted();
  await recovery.catch((error: unknown) => {
    recovery = undefined;
    throw error;
  });
  const [row, rows] = await Promise.all([
    database.conversations.get(id),
    database.messages.where('conversationId').equals(id).sortBy('position'),
  ]);
  const messages = rows.map(({ conversationId: _, position: __, ...message }) => message);
  return row && { ...row, messages };
}

async function markInterrupted(): Promise<void> {
  const count = await database.messages
    .where('state')
    .equals('streaming')
    .modify({ state: 'interrupted', error: { kind: 'interrupted' }, endedAt: Date.now() });
  if (count > 0) log({ level: 'warn', event: 'recovered', count });
}
