/** The pages' ports: a snapshot first, then every event, numbered; and what changes in the lists. */
import { browser, type Browser } from 'wxt/browser';
import { CHECK_PORT } from '../check-step';
import type { ConversationEvent } from '../conversation';
import { PORT_NAME, type PageMessage, type Progress, type WorkerMessage } from '../messages';
import { TRANSFER_PORT } from '../transfer';
import { markUnread } from './badge';
import { applyAndSave, openConversation, type OpenConversation } from './conversation-store';
import { gatherWords, releaseWords } from './gather-words';
import { imageDataUrl, thumbnailDataUrl } from './image-data';
import { isOwnPage } from './own-page';
import { followStorageTrouble, storageTrouble } from './storage-trouble';
import { isListed, newestConversationId, summaryOf } from './summaries';

interface Page {
  post(message: WorkerMessage): void;
  conversationId?: string;
  /** What it asked for last. */
  asked?: PageMessage;
  isVisible: boolean;
  /** The window whose side panel the page is; undefined for popups and tabs. */
  panelOfWindow?: number | undefined;
}

const pages = new Set<Page>();

/** What a window's side panel shall show as soon as it opens, by window id. */
const waiting = new Map<number, string>();

const onLeave = new Set<(conversationId: string) => void>();

/**
 * Applies the event, has it saved and posts it to every page that shows the conversation: at once,
 * but for words that come with others; these go before whatever comes next.
 */
export function publish(opened: OpenConversation, event: ConversationEvent): void {
  const publishWords = (words: ConversationEvent) => publishNow(opened, words);
  if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
    gatherWords(opened, event, publishWords);
  } else {
    releaseWords(opened, publishWords);
    publishNow(opened, event);
  }
}

function publishNow(opened: OpenConversation, event: ConversationEvent): void {
  // What still comes in for a conversation that was let go must not show it again.
  if (opened.isGone) return;
  applyAndSave(opened, event);
  const { conversation, seq } = opened;
  const conversationId = conversation.id;
  for (const page of pages) {
    if (page.conversationId === conversationId) {
      page.post({ type: 'event', seq, conversationId, event });
    }
  }
  const isWord = event.type === 'text-delta' || event.type === 'reasoning-delta';
  if (isWord || !isListed(conversation)) return;
  broadcast({ type: 'summary', summary: summaryOf(conversation) });
  if (event.type === 'reply-end') noticeEnd(opened, event.state);
  if (event.type === 'unread-change') markUnread(conversationId, event.isUnread);
}

/** Tells the pages that show the conversation how far a reply is. */
export function tellProgress(conversationId: string, messageId: string, progress: Progress): void {
  for (const page of pages) {
    if (page.conversationId !== conversationId) continue;
    page.post({ type: 'progress', conversationId, messageId, ...progress });
  }
}

/** Posts to every page. */
export function broadcast(message: WorkerMessage): void {
  for (const page of pages) page.post(message);
}

/** Whether any page shows the conversation. */
export function isWatched(conversationId: string): boolean {
  return [...pages].some((page) => page.conversationId === conversationId);
}

/** Calls back when a page stops showing a conversation. */
export function followLeaving(listener: (conversationId: string) => void): void {
  onLeave.add(listener);
}

/** Sends the pages that show the conversation a new snapshot, from another start of the numbers. */
export async function renewSnapshots(conversationId: string): Promise<void> {
  for (const page of pages) {
    if (page.conversationId === conversationId) await sendSnapshot(page, conversationId);
  }
}

/** Makes the side panel of a window show the conversation, now or as soon as it opens. */
export function showInPanel(windowId: number, conversationId: string): void {
  waiting.set(windowId, conversationId);
  for (const page of pages) {
    if (page.panelOfWindow === windowId) {
      waiting.delete(windowId);
      page.post({ type: 'show', conversationId });
    }
  }
}

export function acceptPorts(): void {
  followStorageTrouble((trouble) => broadcast({ type: 'storage-trouble', trouble }));
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === TRANSFER_PORT || port.name === CHECK_PORT) return;
    if (port.name === PORT_NAME && port.sender && isOwnPage(port.sender)) serve(port);
    else port.disconnect();
  });
}

function serve(port: Browser.runtime.Port): void {
  const page: Page = {
    isVisible: true,
    post(message) {
      // Replies run on when their page has gone.
      if (pages.has(page)) port.postMessage(message);
    },
  };
  pages.add(page);
  port.onDisconnect.addListener(() => {
    pages.delete(page);
    leave(page.conversationId);
  });
  port.onMessage.addListener((message: PageMessage) => void answer(page, message));
  const trouble = storageTrouble();
  if (trouble) page.post({ type: 'storage-trouble', trouble });
}

async function answer(page: Page, message: PageMessage): Promise<void> {
  switch (message.type) {
    case 'watch':
      return watch(page, message);
    case 'sight':
      page.isVisible = message.isVisible;
      if (page.conversationId) see(page, await openConversation(page.conversationId));
      return undefined;
    case 'load-image': {
      const { imageId } = message;
      return page.post({ type: 'image', imageId, url: await imageDataUrl(imageId) });
    }
    case 'load-thumbnail': {
      const { imageId } = message;
      return page.post({ type: 'thumbnail', imageId, url: await thumbnailDataUrl(imageId) });
    }
  }
}

async function watch(page: Page, message: PageMessage & { type: 'watch' }): Promise<void> {
  page.panelOfWindow = message.panelOfWindow;
  const toShow = page.panelOfWindow === undefined ? undefined : waiting.get(page.panelOfWindow);
  if (toShow !== undefined && page.panelOfWindow !== undefined) {
    waiting.delete(page.panelOfWindow);
    return page.post({ type: 'show', conversationId: toShow });
  }
  page.asked = message;
  const id = message.conversationId ?? (await newestConversationId()) ?? crypto.randomUUID();
  // Meanwhile the page may have asked for another one.
  if (page.asked !== message) return;
  const before = page.conversationId;
  page.conversationId = id;
  if (before !== id) leave(before);
  // A new one begins with the model that the person wants there.
  if (message.place) await openConversation(id, message.place);
  await sendSnapshot(page, id);
}

async function sendSnapshot(page: Page, id: string): Promise<void> {
  const opened = await openConversation(id);
  // Meanwhile the page may have asked for another one.
  if (page.conversationId !== id) return;
  page.post({ type: 'snapshot', seq: opened.seq, conversation: opened.conversation });
  see(page, opened);
}

/** What a person looks at is read. */
function see(page: Page, opened: OpenConversation): void {
  if (!page.isVisible || !opened.conversation.isUnread) return;
  if (page.conversationId !== opened.conversation.id) return;
  publish(opened, { type: 'unread-change', isUnread: false });
}

/** A reply that ended while nobody looked waits to be read. */
function noticeEnd(opened: OpenConversation, state: string): void {
  const { id, isUnread } = opened.conversation;
  const isSeen = [...pages].some((page) => page.isVisible && page.conversationId === id);
  if (isSeen || isUnread || state === 'stopped') return;
  publish(opened, { type: 'unread-change', isUnread: true });
}

function leave(conversationId: string | undefined): void {
  if (conversationId === undefined || isWatched(conversationId)) return;
  for (const listener of onLeave) listener(conversationId);
}
