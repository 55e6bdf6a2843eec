/** The pure heart: what a conversation is, and how an event changes it, in the worker and in pages alike. */
import type { ErrorData } from './errors';

/** Names one model of one provider, by their ids. */
export interface ModelRef {
  provider: string;
  model: string;
}

/** The page that a selected text was taken from. */
export interface Source {
  title: string;
  url: string;
}

/** A stored picture; its bytes travel apart from the conversation, by `id`. */
export interface ImageInfo {
  id: string;
  mediaType: string;
  /** Size of the file in bytes. */
  bytes: number;
  /** Pixels. */
  width: number;
  height: number;
}

export type Part =
  | { type: 'text'; text: string }
  /** `image` is null from the start of the reply until the picture is there. */
  | { type: 'image'; prompt: string; image: ImageInfo | null };

export type MessageState = 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed';

export interface Message {
  id: string;
  /** The message that this one follows; null for the first. Siblings are versions of one turn. */
  parentId: string | null;
  role: 'user' | 'assistant';
  parts: Part[];
  state: MessageState;
  /** Milliseconds since the epoch; of a reply, when it began for the last time. */
  createdAt: number;
  endedAt?: number;
  /** Who answers; on replies only. */
  model?: ModelRef;
  error?: ErrorData;
  source?: Source;
  /** Length in characters of the selection that this prompt was cut from. */
  cutFrom?: number;
}

export interface Conversation {
  id: string;
  title: string;
  /** Milliseconds since the epoch. */
  createdAt: number;
  updatedAt: number;
  model: ModelRef;
  /** All versions of all turns, in the order in which they were added. */
  messages: Message[];
  /** The last message of the branch that is shown; null while there is none. */
  leafId: string | null;
}

/** A change to a conversation. */
export type ConversationEvent =
  | { type: 'message-add'; message: Message }
  | { type: 'text-delta'; messageId: string; text: string }
  | { type: 'image-add'; messageId: string; image: ImageInfo }
  | { type: 'reply-start'; messageId: string; at: number }
  | {
      type: 'reply-end';
      messageId: string;
      state: Exclude<MessageState, 'streaming'>;
      at: number;
      error?: ErrorData;
    }
  | { type: 'model-change'; model: ModelRef }
  | { type: 'branch-change'; leafId: string };

const TITLE_LENGTH = 80;

/** A conversation without messages: what a page shows before the first prompt. */
export function emptyConversation(id: string, model: ModelRef, now: number): Conversation {
  return { id, title: '', createdAt: now, updatedAt: now, model, messages: [], leafId: null };
}

/** The conversation after the event; the one handed in stays as it is. */
export function applyEvent(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'message-add':
      return {
        ...conversation,
        title: conversation.title || titleOf(event.message),
        updatedAt: event.message.createdAt,
        messages: [...conversation.messages, event.message],
        leafId: event.message.id,
      };
    case 'text-delta':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        parts: appendText(message.parts, event.text),
      }));
    case 'image-add':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        parts: message.parts.map((part) =>
          part.type === 'image' && !part.image ? { ...part, image: event.image } : part,
        ),
      }));
    case 'reply-start':
      return changeMessage(conversation, event.messageId, ({ error: _, ...message }) => ({
        ...message,
        state: 'streaming',
        createdAt: event.at,
      }));
    case 'reply-end':
      return {
        ...changeMessage(conversation, event.messageId, (message) => ({
          ...message,
          state: event.state,
          endedAt: event.at,
          ...(event.error && { error: event.error }),
        })),
        updatedAt: event.at,
      };
    case 'model-change':
      return { ...conversation, model: event.model };
    case 'branch-change':
      return { ...conversation, leafId: event.leafId };
  }
}

/** The messages that are shown, first to last: the way from the leaf up to the root. */
export function activeBranch(conversation: Conversation): Message[] {
  return branchTo(conversation, conversation.leafId);
}

/** The messages from the root to the one named, it included. */
export function branchTo(conversation: Conversation, messageId: string | null): Message[] {
  const byId = new Map(conversation.messages.map((message) => [message.id, message]));
  const branch: Message[] = [];
  for (let id = messageId; id !== null;) {
    const message = byId.get(id);
    if (!message) break;
    branch.push(message);
    // Guards against a stored message that is its own ancestor.
    byId.delete(id);
    id = message.parentId;
  }
  return branch.toReversed();
}

/** All versions of one turn, the message itself included, oldest first. */
export function versionsOf(conversation: Conversation, message: Message): Message[] {
  return conversation.messages.filter((other) => other.parentId === message.parentId);
}

/** The newest message below the given one (itself, when nothing follows it). */
export function newestLeafBelow(conversation: Conversation, messageId: string): string {
  const child = conversation.messages.findLast((message) => message.parentId === messageId);
  return child ? newestLeafBelow(conversation, child.id) : messageId;
}

/** The reply of this branch that is still running, if there is one. */
export function streamingReply(conversation: Conversation): Message | undefined {
  return activeBranch(conversation).findLast((message) => message.state === 'streaming');
}

/** A message's text, without pictures. */
export function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

function changeMessage(
  conversation: Conversation,
  id: string,
  change: (message: Message) => Message,
): Conversation {
  const index = conversation.messages.findLastIndex((message) => message.id === id);
  const message = conversation.messages[index];
  if (!message) return conversation;
  return { ...conversation, messages: conversation.messages.with(index, change(message)) };
}

function appendText(parts: Part[], text: string): Part[] {
  const last = parts.at(-1);
  if (last?.type !== 'text') return [...parts, { type: 'text', text }];
  return [...parts.slice(0, -1), { type: 'text', text: last.text + text }];
}

function titleOf(message: Message): string {
  const line = textOf(message).trim().replace(/\s+/gu, ' ');
  const characters = Array.from(line.slice(0, TITLE_LENGTH * 2 + 2));
  return characters.length > TITLE_LENGTH
    ? `${characters
        .slice(0, TITLE_LENGTH - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
