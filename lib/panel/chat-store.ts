/** What a page shows: the conversation as the worker tells it, and what the person is typing. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import {
  applyEvent,
  isTemporary,
  type Conversation,
  type Message,
  type PromptImage,
} from '../conversation';
import type { ErrorData } from '../errors';
import type { ImageOptions } from '../image-options';
import type { Progress, ProviderInfo, StorageTrouble, WorkerMessage } from '../messages';
import type { ModelDescription } from '../provider';
import { activeBranch, streamingReply, versionsOf } from '../message-tree';

/** A deletion that can be taken back. */
export type Deletion =
  | { kind: 'message'; conversationId: string; messageId: string }
  | { kind: 'conversation'; conversationId: string };

/** A message that was found, and the words by which. */
export interface Target {
  conversationId: string;
  messageId: string;
  query: string;
}

/** What fills the side panel. */
export type View = 'chat' | 'history' | 'gallery';

/** The last question for a provider's models. */
export interface ModelsAsked {
  /** Where it went. */
  address: string;
  isBusy: boolean;
  /** When it ended, in milliseconds since the epoch, and what went wrong, if anything. */
  at: number;
  error: ErrorData | null;
}

export interface ChatState {
  /** Null until the first snapshot. */
  conversation: Conversation | null;
  /** Number of the last event that is in the conversation. */
  seq: number;
  /** Pictures as `data:` URLs, by image id; null for one whose bytes are gone. */
  images: Record<string, string | null>;
  providers: ProviderInfo[];
  /** By provider id. */
  modelsAsked: Record<string, ModelsAsked>;
  isConnected: boolean;
  draft: string;
  /** A picture that goes along with the draft, to be changed; only in its own conversation. */
  attached: (PromptImage & { conversationId: string }) | null;
  /** How far the reply that runs is, where that is known. */
  progress: ({ messageId: string } & Progress) | null;
  /** How each model draws, by `modelKey`. */
  imageOptions: Record<string, ImageOptions>;
  /** Whether the last prompt did not reach the worker; its text is the draft again. */
  isSendFailed: boolean;
  /** Whether what the person last asked for did not reach the worker. */
  isActionFailed: boolean;
  isModelPickerOpen: boolean;
  /** Null when there is nothing to take back. */
  deletion: Deletion | null;
  /** The conversation in the chat that was deleted, and the empty one that took its place; by their ids. */
  replaced: { gone: string; by: string } | null;
  /** Where the conversation opens; null for its end. */
  target: Target | null;
  storageTrouble: StorageTrouble;
  view: View;
}

export const initialState: ChatState = {
  conversation: null,
  seq: 0,
  images: {},
  providers: [],
  modelsAsked: {},
  isConnected: false,
  draft: '',
  attached: null,
  progress: null,
  imageOptions: {},
  isSendFailed: false,
  isActionFailed: false,
  isModelPickerOpen: false,
  deletion: null,
  replaced: null,
  target: null,
  storageTrouble: null,
  view: 'chat',
};

export const chatStore = createStore<ChatState>(() => initialState);

export function useChat<T>(select: (state: ChatState) => T): T {
  return useStore(chatStore, select);
}

/**
 * The state after the worker's messages. `isBehind` says that an event is missing: the page must
 * ask for a new snapshot, and what it shows until then stays as it was.
 */
export function applyMessages(
  state: ChatState,
  messages: WorkerMessage[],
): { state: ChatState; isBehind: boolean } {
  let { conversation, seq, images, progress, storageTrouble } = state;
  let isBehind = false;
  for (const message of messages) {
    switch (message.type) {
      case 'snapshot':
        ({ conversation, seq } = message);
        isBehind = false;
        break;
      case 'event':
        if (conversation?.id !== message.conversationId || message.seq <= seq || isBehind) break;
        if (message.seq > seq + 1) {
          isBehind = true;
          break;
        }
        conversation = applyEvent(conversation, message.event);
        seq = message.seq;
        if (message.event.type === 'reply-end') progress = null;
        break;
      case 'progress':
        if (conversation?.id === message.conversationId) progress = message;
        break;
      case 'image':
        images = { ...images, [message.imageId]: message.url };
        break;
      case 'storage-trouble':
        ({ trouble: storageTrouble } = message);
        break;
      default:
      // What is shown of other things lies in stores of their own.
    }
  }
  return { state: { ...state, conversation, seq, images, progress, storageTrouble }, isBehind };
}

const none: Message[] = [];
let branchOf: { conversation: Conversation; branch: Message[] } | undefined;

/** The messages that are shown; the same array as long as the conversation is the same. */
export function selectBranch({ conversation }: ChatState): Message[] {
  if (!conversation) return none;
  if (branchOf?.conversation !== conversation) {
    branchOf = { conversation, branch: shownBranch(conversation) };
  }
  return branchOf.branch;
}

let followersOf:
  { conversation: Conversation; byParent: Map<string | null, Message[]> } | undefined;

/** Ids of the versions of a message, with blanks between: the same text as long as they are the same. */
export function selectVersions({ conversation }: ChatState, message: Message): string {
  if (!conversation) return '';
  // Found once for all messages: each of them asks at each word of a reply.
  if (followersOf?.conversation !== conversation) {
    const byParent = Map.groupBy(conversation.messages, ({ parentId }) => parentId);
    followersOf = { conversation, byParent };
  }
  const siblings = followersOf.byParent.get(message.parentId) ?? [];
  const hasDeleted = siblings.some(({ deletedAt }) => deletedAt !== undefined);
  const versions = hasDeleted ? versionsOf(conversation, message) : siblings;
  return versions.map(({ id }) => id).join(' ');
}

/** The picture that goes along with the draft of the conversation that is shown. */
export function selectAttached({ attached, conversation }: ChatState): PromptImage | null {
  return attached && attached.conversationId === conversation?.id ? attached : null;
}

/** What is known of the model that answers next; undefined where its provider does not list it. */
export function selectModelInUse({
  conversation,
  providers,
}: ChatState): ModelDescription | undefined {
  const ref = conversation?.model;
  const provider = providers.find(({ id }) => id === ref?.provider);
  return provider?.models.find(({ id }) => id === ref?.model);
}

/** How far the reply is; undefined where that is not known. */
export function selectProgress({ progress }: ChatState, messageId: string): Progress | undefined {
  return progress?.messageId === messageId ? progress : undefined;
}

/** Whether the chat that is shown is never written down. */
export function selectIsTemporary({ conversation }: ChatState): boolean {
  return conversation !== null && isTemporary(conversation);
}

/** Whether a reply of the conversation that is shown is running. */
export function selectIsStreaming({ conversation }: ChatState): boolean {
  return conversation !== null && streamingReply(conversation) !== undefined;
}

/** A deleted message is shown only where one can step to its other versions. */
function shownBranch(conversation: Conversation): Message[] {
  return activeBranch(conversation).filter(
    (message) => message.deletedAt === undefined || versionsOf(conversation, message).length > 1,
  );
}
