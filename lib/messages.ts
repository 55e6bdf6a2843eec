/** The contract between pages and worker: every request, and every message on a page's port. */
import { defineExtensionMessaging } from '@webext-core/messaging';
import type { ChatOptions } from './chat-options';
import type {
  Conversation,
  ConversationEvent,
  ImageInfo,
  Message,
  ModelRef,
  PromptImage,
  Source,
} from './conversation';
import type { ErrorData, ErrorKind } from './errors';
import type { LogEntry } from './log';
import type { Outcome } from './message-reply';
import type { ProviderDescription } from './provider';
import type { ProxyLogin } from './proxy-address';

/** The most characters that a prompt may have. */
export const PROMPT_LIMIT = 200_000;

/** The most characters that a title or the name of a folder is kept with. */
export const NAME_LIMIT = 10_000;

/** What pages know of a key. */
export interface KeyInfo {
  /** Its last characters; empty for a key so short that they would give it away. */
  tail: string;
}

/** Whether a passphrase guards the keys, and whether it was given in this run of the browser. */
export type KeyLock = 'none' | 'locked' | 'unlocked';

/** A provider as pages see it: its description, and what the person has set up of it. */
export interface ProviderInfo extends ProviderDescription {
  /** Where its requests go. */
  address: string;
  /** Null while no key is set. */
  key: KeyInfo | null;
  /** What its requests go through, as `scheme://host:port`; null: nothing. */
  proxy: { address: string; hasLogin: boolean } | null;
  /** Whether the person uses it; AI-Chats.org from the start. */
  isActive: boolean;
  /** When its models were last asked for at its address, in milliseconds since the epoch; null: never. */
  modelsAt: number | null;
  /** Whether it can be asked which models it has. */
  canListModels: boolean;
  /** Names that the person typed, which are among its models; null where none can be typed. */
  typedModels: string[] | null;
}

/** A program on this computer that answered where such programs listen. */
export interface LocalServer {
  /** Id of the provider that speaks to it. */
  provider: string;
  /** Where it answered: an origin. */
  address: string;
}

/** How taking settings from a file ended; nothing was changed unless they were taken. */
export type SettingsImport =
  | 'imported'
  /** There are keys in it, and none or a wrong passphrase came along. */
  | 'passphrase'
  /** Keys cannot be kept while those that are here are locked. */
  | 'key-locked'
  | 'unknown-format'
  | 'damaged';

/** One line of the list of conversations. Times are milliseconds since the epoch. */
export interface ConversationSummary extends Pick<
  Conversation,
  'id' | 'title' | 'updatedAt' | 'preview' | 'isPinned' | 'folder' | 'isUnread'
> {
  /** Whether a reply of it is running now. */
  isRunning: boolean;
  /** Where there is no preview. */
  outcome?: Outcome;
}

/** A message that a search found. */
export interface SearchHit {
  conversationId: string;
  messageId: string;
  /** Title of the conversation. */
  title: string;
  role: Message['role'];
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The words around the first hit; `marks` are the hits in it, as ranges of UTF-16 units. */
  excerpt: string;
  marks: [start: number, end: number][];
}

/** A picture in the gallery. */
export interface GalleryImage {
  conversationId: string;
  messageId: string;
  image: ImageInfo;
  prompt: string;
  model?: ModelRef;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The page that the prompt was taken from. */
  source?: Source;
}

/** What Aside keeps on this device. Sizes are bytes, about. */
export interface StorageUse {
  conversations: number;
  messages: number;
  textBytes: number;
  images: number;
  imageBytes: number;
  /** All of Aside's storage, indexes included, where the browser tells. */
  totalBytes?: number;
}

/** What is the matter with the database, for the person; null when nothing is. */
export type StorageTrouble = 'full' | 'blocked' | 'broken' | null;

/** A picture of the web: a `data:` URL in base64, and its size in pixels. */
export interface RemoteImage {
  url: string;
  width: number;
  height: number;
}

/** Why a picture of the web is not shown. */
export type RemoteImageTrouble =
  /** It is on this computer or in the local network. */
  | 'local-address'
  /** The host sends one on to another address, which nobody has agreed to. */
  | 'redirect'
  /** It would go through a proxy that cannot be used now. */
  | 'proxy-blocked'
  | Extract<
      ErrorKind,
      'no-permission' | 'offline' | 'timeout' | 'connection-lost' | 'bad-image' | 'too-large'
    >;

/** Requests: a page asks, a function of the same name in `lib/worker/handlers.ts` answers. */
export interface Requests {
  /** All providers, those in use and the others. */
  listProviders(): ProviderInfo[];
  /** Takes a provider into use, or out of it; its settings and its key stay. */
  activateProvider(request: { provider: string; isActive: boolean }): void;
  /**
   * Keeps where a provider's requests go; empty means its usual address. On another origin than
   * before its key goes, unless the person wants it sent there too.
   */
  saveAddress(request: { provider: string; address: string; keepsKey: boolean }): void;
  /** Keeps what a provider's requests go through; an empty address takes it away. */
  saveProxy(request: { provider: string; address: string; login: ProxyLogin | null }): void;
  /** Keeps a provider's key; an empty one takes the old one away. */
  saveKey(request: { provider: string; key: string }): void;
  readKeyLock(): KeyLock;
  /** Puts all keys under a passphrase; an empty one takes it away. */
  setPassphrase(request: { passphrase: string }): void;
  /** Unlocks the keys until the browser ends; answers whether the passphrase was right. */
  unlockKeys(request: { passphrase: string }): boolean;
  lockKeys(): void;
  /** Asks a provider which models it has. Answers what went wrong, null when nothing did. */
  refreshModels(request: { provider: string }): ErrorData | null;
  /** Looks for model servers on this computer; needs the right to reach it. */
  findLocalServers(): LocalServer[];
  /** Whether the provider's server is there now; it is sent neither a prompt nor a key. */
  probeServer(request: { provider: string }): boolean;
  /** All settings as the text of a JSON file; the keys are in it only with a passphrase, encrypted. */
  exportSettings(request: { passphrase: string }): string;
  /** Takes the settings of such a file; with `skipsKeys` whatever keys are in it stay out. */
  importSettings(request: { text: string; passphrase: string; skipsKeys: boolean }): SettingsImport;
  /** All settings as at the start, without keys; conversations stay. */
  resetSettings(): void;
  /** All conversations but temporary ones, the one that changed last first. */
  listConversations(): ConversationSummary[];
  /**
   * Adds the prompt and starts its reply; while another reply of the conversation runs, the prompt
   * waits in the queue. The same `messageId` twice is taken once. With `parentId` it throws while a
   * reply runs: a version cannot wait.
   */
  sendPrompt(request: {
    conversationId: string;
    messageId: string;
    text: string;
    model: ModelRef;
    /** The message that it follows, for a new version of an earlier prompt; unless told, the last one shown. */
    parentId?: string | null;
    /** Pictures that are to be changed. */
    images?: PromptImage[];
    source?: Source;
    cutFrom?: number;
  }): void;
  /** Takes a waiting prompt out of the queue; answers whether it still waited there. */
  withdrawPrompt(request: { conversationId: string; promptId: string }): boolean;
  /** Sends the prompts that wait although no reply runs: one ended otherwise than well. */
  sendQueue(request: { conversationId: string }): void;
  stopReply(request: { conversationId: string }): void;
  /** Lifts the time limit of the reply that runs. */
  waitLonger(request: { conversationId: string }): void;
  /** Answers the same prompt again as a new version, with the conversation's model unless told. */
  regenerateReply(request: { conversationId: string; messageId: string; model?: ModelRef }): void;
  /** Has the model go on where a reply broke off; the new text joins the old. */
  continueReply(request: { conversationId: string; messageId: string }): void;
  /** Fetches a picture whose host was not allowed when its address came. */
  fetchImage(request: { conversationId: string; messageId: string }): void;
  /**
   * Loads a picture that a text names, without cookies and without a word on who asks. It is not
   * stored. The page has asked the person before: for the host, by a click.
   */
  loadRemoteImage(request: { url: string }): RemoteImage | { trouble: RemoteImageTrouble };
  selectModel(request: { conversationId: string; model: ModelRef }): void;
  /** Sets how the model answers in this conversation, in place of what was set before. */
  setOptions(request: { conversationId: string; options: ChatOptions }): void;
  /** Shows the branch that the message is on. */
  selectBranch(request: { conversationId: string; messageId: string }): void;
  /** Ends the shown branch at the message: the next prompt follows on it. */
  branchFrom(request: { conversationId: string; messageId: string }): void;
  /** Deletes a message; `restoreMessage` takes it back for `UNDO_SECONDS`. */
  deleteMessage(request: { conversationId: string; messageId: string }): void;
  restoreMessage(request: { conversationId: string; messageId: string }): void;
  renameConversation(request: { conversationId: string; title: string }): void;
  pinConversation(request: { conversationId: string; isPinned: boolean }): void;
  moveConversation(request: { conversationId: string; folder: string }): void;
  /** Deletes a conversation; `restoreConversation` takes it back for `UNDO_SECONDS`. */
  deleteConversation(request: { conversationId: string }): void;
  restoreConversation(request: { conversationId: string }): void;
  /** The messages that hold all words of the query, newest first. */
  searchMessages(request: { query: string }): SearchHit[];
  /** All pictures of all conversations, newest first. */
  listImages(): GalleryImage[];
  deleteImages(request: {
    images: { conversationId: string; messageId: string; imageId: string }[];
  }): void;
  readStorageUse(): StorageUse;
  /** Deletes for good what was last changed before then (milliseconds); pinned ones stay. Answers how many. */
  deleteOlderThan(request: { before: number }): number;
  deleteAll(): void;
  /** What is wrong in the database, a sentence of plain English each; empty when all is well. */
  checkDatabase(): string[];
  /** Makes the side panel of a window show the conversation, now or as soon as it opens. */
  showInPanel(request: { conversationId: string; windowId: number }): void;
  /** Colours for code could not be told; `error` is the class of what was thrown. */
  reportHighlightFailure(request: { error: string }): void;
  readLog(): LogEntry[];
  clearLog(): void;
}

/** How long a deletion can be taken back. */
export const UNDO_SECONDS = 10;

export const { sendMessage, onMessage } = defineExtensionMessaging<Requests>();

export const PORT_NAME = 'conversation';

/** What a page posts on its port. */
export type PageMessage =
  /**
   * Asks for a conversation: first a snapshot comes, then its events. Null asks for the newest. A
   * window's side panel may get `show` instead, and then asks for that one. In the popup a new
   * conversation may begin with a model of its own.
   */
  | {
      type: 'watch';
      conversationId: string | null;
      panelOfWindow?: number;
      place?: 'popup';
    }
  /** Whether the person can see the page: what ends unseen is marked unread. */
  | { type: 'sight'; isVisible: boolean }
  /** Asks for a picture's bytes, or for those of its small form. */
  | { type: 'load-image'; imageId: string }
  | { type: 'load-thumbnail'; imageId: string };

/** How far a reply is that has not begun to show, as far as that is known. */
export interface Progress {
  /** From 0 to 1. */
  fraction?: number;
  /** How many works its server does before it. */
  before?: number;
}

/** What the worker posts on a page's port. */
export type WorkerMessage =
  /** The conversation as it is after event number `seq`. */
  | { type: 'snapshot'; seq: number; conversation: Conversation }
  /** Event number `seq`; one that does not follow on the last calls for a new snapshot. */
  | { type: 'event'; seq: number; conversationId: string; event: ConversationEvent }
  /** A picture as a `data:` URL in base64; null when its bytes are gone. */
  | { type: 'image'; imageId: string; url: string | null }
  | { type: 'thumbnail'; imageId: string; url: string | null }
  /** Nothing of it is kept. */
  | ({ type: 'progress'; conversationId: string; messageId: string } & Progress)
  /** A conversation in the list is new or has changed. */
  | { type: 'summary'; summary: ConversationSummary }
  /** Conversations were deleted; null: the list may have changed as a whole. */
  | { type: 'conversations-gone'; ids: string[] | null }
  | { type: 'storage-trouble'; trouble: StorageTrouble }
  /** The panel is asked to change to another conversation. */
  | { type: 'show'; conversationId: string };
