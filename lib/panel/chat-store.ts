/** What a page shows: the conversation as the worker tells it, and what the person is typing. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { activeBranch, applyEvent, type Conversation, type Message } from '../conversation';
import type { ProviderInfo, WorkerMessage } from '../messages';

export interface ChatState {
  /** Null until the first snapshot. */
  conversation: Conversation | null;
  /** Number of the last event that is in the conversation. */
  seq: number;
  /** Pictures as `data:` URLs, by image id; null for one whose bytes are gone. */
  images: Record<string, string | null>;
  providers: ProviderInfo[];
  isConnected: boolean;
  draft: string;
  /** Whether the last prompt did not reach the worker; its text is the draft again. */
  isSendFailed: boolean;
  isModelPickerOpen: boolean;
}

export const initialState: ChatState = {
  conversation: null,
  seq: 0,
  images: {},
  providers: [],
  isConnected: false,
  draft: '',
  isSendFailed: false,
  isModelPickerOpen: false,
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
  let { conversation, seq, images } = state;
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
        break;
      case 'image':
        images = { ...images, [message.imageId]: message.url };
        break;
      case 'show':
        break;
    }
  }
  return { state: { ...state, conversation, seq, images }, isBehind };
}

const none: Message[] = [];
let branchOf: { conversation: Conversation; branch: Message[] } | undefined;

/** The messages that are shown; the same array as long as the conversation is the same. */
export function selectBranch({ conversation }: ChatState): Message[] {
  if (!conversation) return none;
  if (branchOf?.conversation !== conversation) {
    branchOf = { conversation, branch: activeBranch(conversation) };
  }
  return branchOf.branch;
}

/** Whether a reply of the conversation that is shown is running. */
export function selectIsStreaming(state: ChatState): boolean {
  return selectBranch(state).some((message) => message.state === 'streaming');
}
