/** Puts a conversation into the database, as if it had been had long ago. */
import type { Page } from 'puppeteer-core';

/** Stores these pairs of a prompt and a reply; `page` is one of the extension's. */
export async function storeConversation(
  page: Page,
  id: string,
  pairs: readonly (readonly [prompt: string, reply: string])[],
): Promise<void> {
  await page.evaluate(
    async ({ conversationId, turns }) => {
      const opening = indexedDB.open('aside');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const database = opening.result;
      const transaction = database.transaction(['conversations', 'messages', 'parts'], 'readwrite');
      const model = { provider: 'ai-chats', model: 'gpt-4' };
      const texts = turns.flat();
      transaction.objectStore('conversations').put({
        id: conversationId,
        title: 'Long ago',
        titleBy: 'person',
        createdAt: 1,
        updatedAt: texts.length,
        model,
        leafId: `${conversationId}-${texts.length - 1}`,
        queue: [],
        preview: '',
        isPinned: false,
        folder: '',
        isUnread: false,
      });
      for (const [position, text] of texts.entries()) {
        const messageId = `${conversationId}-${position}`;
        transaction.objectStore('messages').put({
          id: messageId,
          conversationId,
          position,
          parentId: position === 0 ? null : `${conversationId}-${position - 1}`,
          role: position % 2 === 0 ? 'user' : 'assistant',
          state: 'done',
          createdAt: position + 1,
          ...(position % 2 === 1 && { model, endedAt: position + 2 }),
        });
        transaction
          .objectStore('parts')
          .put({ type: 'text', text, messageId, conversationId, index: 0 });
      }
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      database.close();
    },
    { conversationId: id, turns: pairs },
  );
}
