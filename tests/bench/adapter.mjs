// Aside, as a side panel benchmark drives it from outside: its built folder, its selectors, its settings.
import { fileURLToPath } from 'node:url';
import { storeConversation } from '../e2e/stored-conversation.ts';

export default {
  id: 'aside',
  name: 'Aside',
  dir: fileURLToPath(new URL('../../.output/chrome-mv3-bench', import.meta.url)),
  panel: 'sidepanel.html',
  composer: 'textarea',
  assistant: 'article[data-message-role="assistant"] [data-message-text]',
  send: { key: 'Enter' },

  /** Points the provider at the benchmark's server, which speaks AI-Chats.org's protocol. */
  async preset(page, { baseUrl }) {
    await page.evaluate(
      (address) => chrome.storage.local.set({ providerSettings: { 'ai-chats': { address } } }),
      baseUrl,
    );
  },

  presetConversation: (page, pairs) => storeConversation(page, 'long', pairs),
  conversationPanel: 'sidepanel.html?conversation=long',
};
