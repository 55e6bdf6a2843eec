/** The pure heart: what a conversation is, and how an event changes it, in the worker and in pages alike. */
import { cleanOptions, type ChatOptions } from './chat-options';
import type { ErrorData } from './errors';
import { addImage, appendReasoning, appendText, endReasoning } from './message-parts';
import { beginReply, endReply } from './message-reply';
import type { ReplyEnding, ReplyFacts, Retry } from './message-reply';
import { branchTo, leafAfterDeletion, newestLeafBelow } from './message-tree';
import { previewOf, titleOf } from './message-text';

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
  /** What the model thought before it went on. Milliseconds since the epoch; without an end where nobody saw it. */
  | { type: 'reasoning'; text: string; startedAt: number; endedAt?: number }
  /**
   * `image` is null from the start of the reply until the picture is there; `size` is the one that
   * was asked for, as `1024x1024` or as a shape as `16:9`. In a prompt it is a picture to be changed.
   */
  | { type: 'image'; prompt: string; image: ImageInfo | null; size?: string };

/** A picture that goes along with a prompt, to be changed. */
export interface PromptImage {
  /** What it was made from. */
  prompt: string;
  image: ImageInfo;
}

export type MessageState = 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed';

export interface Message extends ReplyFacts {
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
  /** While nothing has come and it is tried again; never stored. */
  retry?: Retry;
  source?: Source;
  /** Length in characters of the selection that this prompt was cut from. */
  cutFrom?: number;
  /** When it was deleted. Its place in the tree stays; its content goes when undo is over. */
  deletedAt?: number;
}

/** A prompt that waits for the reply before it to end. */
export interface QueuedPrompt {
  /** The id that its message will have. */
  id: string;
  text: string;
  model: ModelRef;
  images?: PromptImage[];
  source?: Source;
  cutFrom?: number;
}

/** Milliseconds by which clocks are set while they run: what lies ahead by more was told by a wrong one. */
export const CLOCK_STEP = 60_000;

export interface Conversation {
  id: string;
  title: string;
  /** Who gave the title; nobody replaces the person's. */
  titleBy: 'prompt' | 'model' | 'person';
  /** Milliseconds since the epoch; never earlier than before, even if the clock is set back. */
  createdAt: number;
  updatedAt: number;
  model: ModelRef;
  /** Absent while none is set. */
  options?: ChatOptions;
  /** All versions of all turns, in the order in which they were added. */
  messages: Message[];
  /** The last message of the branch that is shown; null while there is none. */
  leafId: string | null;
  /** Prompts that are sent one after the other as replies end. */
  queue: QueuedPrompt[];
  /** The start of the newest reply's text, for lists; empty while there is none. */
  preview: string;
  isPinned: boolean;
  /** Name of the folder that it lies in; empty for none. */
  folder: string;
  /** Whether a reply ended while nobody looked. */
  isUnread: boolean;
}

/** Begins the id of a conversation that is never written to disk and goes when its last page closes. */
export const TEMPORARY = 'temporary-';

/** Whether it is a temporary chat: its id says so, so that nobody can forget to. */
export function isTemporary({ id }: Pick<Conversation, 'id'>): boolean {
  return id.startsWith(TEMPORARY);
}

/** A change to a conversation. */
export type ConversationEvent =
  | { type: 'message-add'; message: Message }
  /** Messages from an import join; what is shown stays. */
  | { type: 'messages-merge'; messages: Message[] }
  | { type: 'text-delta'; messageId: string; text: string }
  /** Begins a reasoning unless one is under way; its text may be empty. */
  | { type: 'reasoning-delta'; messageId: string; text: string; at: number }
  | { type: 'reasoning-end'; messageId: string; at: number }
  /** Goes where a place waits for it, else to the end; `prompt` is what it was made from. */
  | { type: 'image-add'; messageId: string; image: ImageInfo; prompt: string }
  | { type: 'reply-start'; messageId: string; at: number }
  | { type: 'reply-retry'; messageId: string; retry: Retry }
  | ({ type: 'reply-end'; messageId: string } & ReplyEnding)
  | { type: 'model-change'; model: ModelRef }
  /** Takes the place of all options before; none where it is empty. */
  | { type: 'options-change'; options: ChatOptions }
  | { type: 'branch-change'; leafId: string | null }
  | { type: 'title-change'; title: string; by: Conversation['titleBy'] }
  | { type: 'pin-change'; isPinned: boolean }
  | { type: 'folder-change'; folder: string }
  | { type: 'unread-change'; isUnread: boolean }
  | { type: 'queue-add'; prompt: QueuedPrompt }
  | { type: 'queue-remove'; promptId: string }
  | { type: 'message-delete'; messageId: string; at: number }
  /** Takes a deletion back and shows the message again. */
  | { type: 'message-restore'; messageId: string }
  /** Undo is over: what was deleted is emptied. */
  | { type: 'message-purge'; messageId: string }
  /** The picture is gone for good; its prompt stays. */
  | { type: 'image-remove'; messageId: string; imageId: string };

/** A conversation without messages: what a page shows before the first prompt. */
export function emptyConversation(id: string, model: ModelRef, now: number): Conversation {
  return {
    id,
    title: '',
    titleBy: 'prompt',
    createdAt: now,
    updatedAt: now,
    model,
    messages: [],
    leafId: null,
    queue: [],
    preview: '',
    isPinned: false,
    folder: '',
    isUnread: false,
  };
}

/** The conversation after the event; the one handed in stays as it is. */
export function applyEvent(conversation: Conversation, event: ConversationEvent): Conversation {
  switch (event.type) {
    case 'message-add':
      return {
        ...conversation,
        title: conversation.title || titleOf(event.message),
        updatedAt: Math.max(conversation.updatedAt, event.message.createdAt),
        messages: [...conversation.messages, event.message],
        leafId: event.message.id,
      };
    case 'messages-merge':
      return { ...conversation, messages: [...conversation.messages, ...event.messages] };
    case 'text-delta':
      return changeMessage(conversation, event.messageId, ({ retry: _, ...message }) => ({
        ...message,
        parts: appendText(message.parts, event.text),
      }));
    case 'reasoning-delta':
      return changeMessage(conversation, event.messageId, ({ retry: _, ...message }) => ({
        ...message,
        parts: appendReasoning(message.parts, event.text, event.at),
      }));
    case 'reasoning-end':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        parts: endReasoning(message.parts, event.at),
      }));
    case 'image-add':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        parts: addImage(message.parts, event.image, event.prompt),
      }));
    case 'image-remove':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        parts: message.parts.map((part) =>
          part.type === 'image' && part.image?.id === event.imageId
            ? { ...part, image: null }
            : part,
        ),
      }));
    case 'reply-start':
      return changeMessage(conversation, event.messageId, (message) =>
        beginReply(message, event.at),
      );
    case 'reply-retry':
      return changeMessage(conversation, event.messageId, (message) => ({
        ...message,
        retry: event.retry,
      }));
    case 'reply-end':
      return withReplyEnd(conversation, event);
    case 'model-change':
      return { ...conversation, model: event.model };
    case 'options-change':
      return withOptions(conversation, event.options);
    case 'branch-change':
      return { ...conversation, leafId: event.leafId };
    case 'title-change':
      return { ...conversation, title: event.title, titleBy: event.by };
    case 'pin-change':
      return { ...conversation, isPinned: event.isPinned };
    case 'folder-change':
      return { ...conversation, folder: event.folder };
    case 'unread-change':
      return { ...conversation, isUnread: event.isUnread };
    case 'queue-add':
      return { ...conversation, queue: [...conversation.queue, event.prompt] };
    case 'queue-remove':
      return {
        ...conversation,
        queue: conversation.queue.filter(({ id }) => id !== event.promptId),
      };
    case 'message-delete':
      return deleteMessage(conversation, event.messageId, event.at);
    case 'message-restore': {
      const restored = changeMessage(conversation, event.messageId, withoutDeletion);
      return { ...restored, leafId: newestLeafBelow(restored, event.messageId) };
    }
    case 'message-purge':
      return changeMessage(conversation, event.messageId, emptied);
  }
}

function withReplyEnd(
  conversation: Conversation,
  { type: _, messageId, ...ending }: ConversationEvent & { type: 'reply-end' },
): Conversation {
  const ended = changeMessage(conversation, messageId, (message) => endReply(message, ending));
  const reply = ended.messages.find(({ id }) => id === messageId);
  const preview = reply ? previewOf(reply) : '';
  return { ...ended, preview, updatedAt: Math.max(conversation.updatedAt, ending.at) };
}

function withOptions({ options: _, ...others }: Conversation, options: ChatOptions): Conversation {
  const cleaned = cleanOptions(options);
  return Object.keys(cleaned).length > 0 ? { ...others, options: cleaned } : others;
}

/** What is deleted at the end of the branch gives way to another version, or to what came before. */
function deleteMessage(conversation: Conversation, id: string, at: number): Conversation {
  const deleted = changeMessage(conversation, id, (message) => ({ ...message, deletedAt: at }));
  if (branchTo(deleted, deleted.leafId).at(-1)?.deletedAt === undefined) return deleted;
  return { ...deleted, leafId: leafAfterDeletion(deleted, id) };
}

function withoutDeletion({ deletedAt: _, ...message }: Message): Message {
  return message;
}

/** The place of a message in the tree, without what was in it. */
function emptied({ id, parentId, role, state, createdAt, deletedAt }: Message): Message {
  return { id, parentId, role, state, createdAt, parts: [], ...(deletedAt && { deletedAt }) };
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
