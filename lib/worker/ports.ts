/** The pages' ports: a snapshot first, then every event, numbered. */
import { browser, type Browser } from 'wxt/browser';
import type { ConversationEvent } from '../conversation';
import { PORT_NAME, type PageMessage, type WorkerMessage } from '../messages';
import {
  applyAndSave,
  newestConversationId,
  openConversation,
  type OpenConversation,
} from './conversation-store';
import { imageDataUrl } from './image-data';
import { isOwnPage } from './own-page';

interface Page {
  post(message: WorkerMessage): void;
  conversationId?: string;
  /** The window whose side panel the page is; undefined for popups and tabs. */
  panelOfWindow?: number | undefined;
}

const pages = new Set<Page>();

/** What a window's side panel shall show as soon as it opens, by window id. */
const waiting = new Map<number, string>();

/** Applies the event, has it saved and posts it to every page that shows the conversation. */
export function publish(opened: OpenConversation, event: ConversationEvent): void {
  applyAndSave(opened, event);
  const conversationId = opened.conversation.id;
  for (const page of pages) {
    if (page.conversationId === conversationId) {
      page.post({ type: 'event', seq: opened.seq, conversationId, event });
    }
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
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== PORT_NAME || !port.sender || !isOwnPage(port.sender)) {
      port.disconnect();
      return;
    }
    serve(port);
  });
}

function serve(port: Browser.runtime.Port): void {
  const page: Page = {
    post(message) {
      // A port that closed a moment ago throws; its disconnect event is already on the way.
      if (pages.has(page)) port.postMessage(message);
    },
  };
  pages.add(page);
  port.onDisconnect.addListener(() => pages.delete(page));
  port.onMessage.addListener((message: PageMessage) => void answer(page, message));
}

async function answer(page: Page, message: PageMessage): Promise<void> {
  switch (message.type) {
    case 'watch':
      return watch(page, message);
    case 'load-image':
      return page.post({
        type: 'image',
        imageId: message.imageId,
        url: await imageDataUrl(message.imageId),
      });
  }
}

async function watch(page: Page, message: PageMessage & { type: 'watch' }): Promise<void> {
  page.panelOfWindow = message.panelOfWindow;
  const toShow = page.panelOfWindow === undefined ? undefined : waiting.get(page.panelOfWindow);
  if (toShow !== undefined && page.panelOfWindow !== undefined) {
    waiting.delete(page.panelOfWindow);
    return page.post({ type: 'show', conversationId: toShow });
  }
  const id = message.conversationId ?? (await newestConversationId()) ?? crypto.randomUUID();
  page.conversationId = id;
  const opened = await openConversation(id);
  // Meanwhile the page may have asked for another one.
  if (page.conversationId !== id) return;
  page.post({ type: 'snapshot', seq: opened.seq, conversation: opened.conversation });
}
