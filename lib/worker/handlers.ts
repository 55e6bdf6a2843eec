/** Answers the pages' requests: one function each, named as in the contract. */
import { newestLeafBelow, streamingReply, type Message } from '../conversation';
import { clearLog, log, readLog } from '../log';
import { onMessage, PROMPT_LIMIT, type Requests } from '../messages';
import { settingsOf } from '../provider';
import { providers } from '../providers';
import { defaultModel, providerSettings } from '../settings';
import { listConversations, openConversation } from './conversation-store';
import { isOwnPage } from './own-page';
import { publish, showInPanel } from './ports';
import { resumeImage, startReply, stopReply } from './replies';

type Handlers = {
  [Name in keyof Requests]: (
    request: Parameters<Requests[Name]>[0],
  ) => ReturnType<Requests[Name]> | Promise<ReturnType<Requests[Name]>>;
};

export const handlers: Handlers = {
  async listProviders() {
    const saved = await providerSettings.getValue();
    return providers.map(({ description }) => ({
      ...description,
      address: settingsOf(description, saved[description.id])['address'] ?? '',
    }));
  },

  listConversations,

  async sendPrompt({ conversationId, messageId, text, model, source, cutFrom }) {
    if (!text.trim() || text.length > PROMPT_LIMIT) throw new Error('prompt blank or too long');
    const opened = await openConversation(conversationId);
    const { conversation } = opened;
    if (conversation.messages.some((message) => message.id === messageId)) return;
    if (streamingReply(conversation)) throw new Error('a reply is running');
    const prompt: Message = {
      id: messageId,
      parentId: conversation.leafId,
      role: 'user',
      parts: [{ type: 'text', text }],
      state: 'done',
      createdAt: Date.now(),
      ...(source && { source }),
      ...(cutFrom && { cutFrom }),
    };
    if (!isSameModel(conversation.model, model)) publish(opened, { type: 'model-change', model });
    publish(opened, { type: 'message-add', message: prompt });
    await startReply(opened, prompt, model);
  },

  async stopReply({ conversationId }) {
    const { conversation } = await openConversation(conversationId);
    const reply = streamingReply(conversation);
    if (reply) stopReply(reply.id);
  },

  async regenerateReply({ conversationId, messageId }) {
    const opened = await openConversation(conversationId);
    const { messages, model } = opened.conversation;
    const reply = messages.find((message) => message.id === messageId);
    const prompt = messages.find((message) => message.id === reply?.parentId);
    if (!prompt || streamingReply(opened.conversation)) return;
    await startReply(opened, prompt, model);
  },

  async fetchImage({ conversationId, messageId }) {
    const opened = await openConversation(conversationId);
    const reply = opened.conversation.messages.find((message) => message.id === messageId);
    if (reply && !streamingReply(opened.conversation)) await resumeImage(opened, reply);
  },

  async selectModel({ conversationId, model }) {
    publish(await openConversation(conversationId), { type: 'model-change', model });
    await defaultModel.setValue(model);
  },

  async selectBranch({ conversationId, messageId }) {
    const opened = await openConversation(conversationId);
    const leafId = newestLeafBelow(opened.conversation, messageId);
    publish(opened, { type: 'branch-change', leafId });
  },

  showInPanel({ conversationId, windowId }) {
    showInPanel(windowId, conversationId);
  },

  readLog,
  clearLog,
};

/** Starts answering. A request from anywhere but Aside's own pages is refused. */
export function answerRequests(): void {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript widens keys to string
  for (const name of Object.keys(handlers) as (keyof Requests)[]) answer(name, handlers[name]);
}

function answer<Name extends keyof Requests>(name: Name, handler: Handlers[Name]): void {
  onMessage(name, ({ data, sender }) => {
    if (isOwnPage(sender)) return handler(data);
    log({ level: 'warn', event: 'request-refused' });
    throw new Error('refused');
  });
}

function isSameModel(
  one: { provider: string; model: string },
  other: { provider: string; model: string },
): boolean {
  return one.provider === other.provider && one.model === other.model;
}
