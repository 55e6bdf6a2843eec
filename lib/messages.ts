/** The contract between pages and worker: every request, and every message on a page's port. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { Conversation, ConversationEvent, ModelRef, Source } from './conversation';
import type { LogEntry } from './log';
import type { ProviderDescription } from './provider';

/** The most characters that a prompt may have. */
export const PROMPT_LIMIT = 200_000;

/** A provider as pages see it: its description, and the address that its settings name. */
export interface ProviderInfo extends ProviderDescription {
  address: string;
}

/** One line of the list of conversations. Times are milliseconds since the epoch. */
export interface ConversationSummary {
  id: string;
  title: string;
  updatedAt: number;
}

/** Requests: a page asks, a function of the same name in `lib/worker/handlers.ts` answers. */
export interface Requests {
  listProviders(): ProviderInfo[];
  listConversations(): ConversationSummary[];
  /** Adds the prompt and starts its reply. The same `messageId` twice is taken once. */
  sendPrompt(request: {
    conversationId: string;
    messageId: string;
    text: string;
    model: ModelRef;
    source?: Source;
    cutFrom?: number;
  }): void;
  stopReply(request: { conversationId: string }): void;
  /** Answers the same prompt again, with the conversation's model, as a new version. */
  regenerateReply(request: { conversationId: string; messageId: string }): void;
  /** Fetches a picture whose host was not allowed when its address came. */
  fetchImage(request: { conversationId: string; messageId: string }): void;
  selectModel(request: { conversationId: string; model: ModelRef }): void;
  /** Shows the branch that the message is on. */
  selectBranch(request: { conversationId: string; messageId: string }): void;
  /** Makes the side panel of a window show the conversation, now or as soon as it opens. */
  showInPanel(request: { conversationId: string; windowId: number }): void;
  readLog(): LogEntry[];
  clearLog(): void;
}

export const { sendMessage, onMessage } = defineExtensionMessaging<Requests>();

export const PORT_NAME = 'conversation';

/** What a page posts on its port. */
export type PageMessage =
  /**
   * Asks for a conversation: first a snapshot comes, then its events. Null asks for the newest. A
   * window's side panel may get `show` instead, and then asks for that one.
   */
  | { type: 'watch'; conversationId: string | null; panelOfWindow?: number }
  /** Asks for a picture's bytes. */
  | { type: 'load-image'; imageId: string };

/** What the worker posts on a page's port. */
export type WorkerMessage =
  /** The conversation as it is after event number `seq`. */
  | { type: 'snapshot'; seq: number; conversation: Conversation }
  /** Event number `seq`; one that does not follow on the last calls for a new snapshot. */
  | { type: 'event'; seq: number; conversationId: string; event: ConversationEvent }
  /** A picture as a `data:` URL in base64; null when its bytes are gone. */
  | { type: 'image'; imageId: string; url: string | null }
  /** The panel is asked to change to another conversation. */
  | { type: 'show'; conversationId: string };
