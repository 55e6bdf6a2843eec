/** Says to a page what the worker would, on the page's own port: so many replies can stream at once. */
import type { Page } from 'puppeteer-core';

declare global {
  interface Window {
    workerWords?: { say: (message: object) => void; seq: () => number };
  }
}

/** From its next navigation on, the page hears the worker and us. */
export function joinPort(page: Page): Promise<unknown> {
  return page.evaluateOnNewDocument(() => {
    const { runtime } = chrome;
    const connect = runtime.connect.bind(runtime);
    const listeners: ((message: unknown, port: chrome.runtime.Port) => void)[] = [];
    let port: chrome.runtime.Port | undefined;
    let seq = 0;
    Object.assign(runtime, {
      connect: (info: chrome.runtime.ConnectInfo) => {
        port = connect(info);
        port.onMessage.addListener((message: { seq?: number }) => {
          seq = message.seq ?? seq;
        });
        const { onMessage } = port;
        const addListener = onMessage.addListener.bind(onMessage);
        Object.assign(onMessage, {
          addListener: (listener: (typeof listeners)[number]) => {
            listeners.push(listener);
            addListener(listener);
          },
        });
        return port;
      },
    });
    window.workerWords = {
      say: (message) => {
        for (const listener of listeners) if (port) listener(message, port);
      },
      seq: () => seq,
    };
  });
}

/**
 * Streams these texts into the replies of a conversation that is shown, all at once: in each frame one
 * more character of each. The replies are those of `storeConversation`, and empty.
 */
export function streamByCharacter(page: Page, id: string, texts: string[]): Promise<void> {
  return page.evaluate(
    async (conversationId, streams) => {
      const words = window.workerWords;
      if (!words) throw new Error('The port is not ours');
      let seq = words.seq();
      const say = (event: object) => {
        seq += 1;
        words.say({ type: 'event', conversationId, seq, event });
      };
      const replies = streams.map((text, index) => ({
        messageId: `${conversationId}-${2 * index + 1}`,
        characters: Array.from(text),
      }));
      for (const { messageId } of replies) say({ type: 'reply-start', messageId, at: Date.now() });
      for (let at = 0; replies.some(({ characters }) => at < characters.length); at += 1) {
        for (const { messageId, characters } of replies) {
          const text = characters[at];
          if (text !== undefined) say({ type: 'text-delta', messageId, text });
          if (at === characters.length - 1) {
            say({ type: 'reply-end', messageId, state: 'done', at: Date.now() });
          }
        }
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    },
    id,
    texts,
  );
}
