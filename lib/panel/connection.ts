/** The page's end of the port: watches one conversation, and comes back when the worker was ended. */
import { browser, type Browser } from 'wxt/browser';
import type { ConversationEvent } from '../conversation';
import { PORT_NAME, type PageMessage, type WorkerMessage } from '../messages';
import { applyMessages, chatStore } from './chat-store';
import { CommitPace } from './commit-pace';

const FIRST_RETRY = 50;
const LAST_RETRY = 5000;

let port: Browser.runtime.Port | undefined;
let watched: PageMessage & { type: 'watch' };
let retryAfter = FIRST_RETRY;
let isVisible = document.visibilityState === 'visible';

/** Pictures that were asked for and have not come. */
const awaited = new Set<string>();

const listeners = new Set<(message: WorkerMessage) => void>();

/** So many messages a page that nobody sees keeps; after that it asks for a snapshot when it is seen. */
const HIDDEN_LIMIT = 200;

/** Characters of text after which a commit is full; the more, the more full ones there were before it. */
const COMMIT_LENGTHS = [2000, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 5500, 6000];

let queue: WorkerMessage[] = [];
let fullCommits = 0;
let isMissing = false;
const pace = new CommitPace(commit);

/** Connects, and watches a conversation (null: the newest). */
export function connect(
  conversationId: string | null,
  { panelOfWindow, place }: { panelOfWindow?: number | undefined; place?: 'popup' } = {},
): void {
  watched = {
    type: 'watch',
    conversationId,
    ...(panelOfWindow !== undefined && { panelOfWindow }),
    ...(place && { place }),
  };
  open();
}

/** Changes to another conversation; it need not exist yet. */
export function watchConversation(conversationId: string): void {
  watched = { ...watched, conversationId };
  post(watched);
}

/** Calls back with everything that the worker posts. */
export function listen(listener: (message: WorkerMessage) => void): void {
  listeners.add(listener);
}

/** Asks for a picture's bytes; they come as a message on the port, or on the next one. */
export function loadImage(imageId: string): void {
  awaited.add(imageId);
  post({ type: 'load-image', imageId });
}

function open(): void {
  const opened = browser.runtime.connect({ name: PORT_NAME });
  port = opened;
  opened.onMessage.addListener((message: WorkerMessage) => {
    retryAfter = FIRST_RETRY;
    receive(message);
  });
  opened.onDisconnect.addListener(() => {
    // Has to be read, or the browser complains of a worker that was ended while it started.
    void browser.runtime.lastError;
    if (port === opened) port = undefined;
    chatStore.setState({ isConnected: false });
    // A hidden page need not wake the worker; it comes back when it is looked at.
    if (isVisible) setTimeout(reopen, retryAfter);
    retryAfter = Math.min(retryAfter * 2, LAST_RETRY);
  });
  opened.postMessage(watched);
  // The worker marks what ends while nobody looks.
  if (!isVisible) post({ type: 'sight', isVisible });
}

function reopen(): void {
  if (port) return;
  open();
  for (const imageId of awaited) loadImage(imageId);
}

document.addEventListener('visibilitychange', () => {
  isVisible = document.visibilityState === 'visible';
  if (!watched) return;
  if (isVisible) reopen();
  if (isVisible && isMissing) post(watched);
  if (isVisible) isMissing = false;
  post({ type: 'sight', isVisible });
});

export function post(message: PageMessage): void {
  try {
    port?.postMessage(message);
  } catch {
    // The worker ended a moment ago; what is watched and awaited is asked for again on the next port.
    port = undefined;
  }
}

function receive(message: WorkerMessage): void {
  if (message.type === 'image') awaited.delete(message.imageId);
  // From now on it is this one, also for a page that asked for "the newest".
  if (message.type === 'snapshot' && watched.conversationId === null) {
    watched = { ...watched, conversationId: message.conversation.id };
  }
  if (message.type === 'show') watchConversation(message.conversationId);
  for (const listener of listeners) listener(message);
  queue.push(message);
  if (!isVisible && queue.length > HIDDEN_LIMIT) {
    isMissing = true;
    queue = queue.filter(({ type }) => type !== 'event');
  }
  // A page that nobody sees draws nothing, but has what it will show.
  if (isVisible || message.type !== 'event') pace.ask(isVisible);
  else pace.askInFrame();
}

function commit(): number {
  const messages = takeFromQueue();
  const { state, isBehind } = applyMessages(chatStore.getState(), messages);
  chatStore.setState({ ...state, isConnected: true });
  if (isBehind) post(watched);
  if (queue.length > 0) pace.askInFrame();
  return messages.filter(isWords).length;
}

/**
 * As much as can be drawn in a frame. When that goes on, what is there already costs more than what
 * is new, so fewer and larger commits are better.
 */
function takeFromQueue(): WorkerMessage[] {
  const most = COMMIT_LENGTHS[fullCommits] ?? COMMIT_LENGTHS.at(-1) ?? Infinity;
  let length = 0;
  const last = queue.findIndex((message) => {
    if (isWords(message)) length += message.event.text.length;
    return length >= most;
  });
  fullCommits = last < 0 ? 0 : fullCommits + 1;
  return queue.splice(0, last < 0 ? queue.length : last + 1);
}

type Words = WorkerMessage & {
  type: 'event';
  event: Extract<ConversationEvent, { type: 'text-delta' | 'reasoning-delta' }>;
};

function isWords(message: WorkerMessage): message is Words {
  return message.type === 'event' && /^(?:text|reasoning)-delta$/u.test(message.event.type);
}
