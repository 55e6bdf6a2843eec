/** Answers the pages' requests: one function each, named as in the contract. */
import type { Message } from '../conversation';
import { clearLog, log, readLog } from '../log';
import { activeBranch, newestLeafBelow, streamingReply } from '../message-tree';
import { NAME_LIMIT, onMessage, PROMPT_LIMIT, type Requests } from '../messages';
import { errorDataOf } from '../provider-error';
import { activeProviders, defaultModel } from '../settings';
import { withoutKey } from '../without-key';
import { openConversation, save, type OpenConversation } from './conversation-store';
import { checkDatabase } from './database-check';
import { conversationsOlderThan } from './database';
import { collectBlobs, listImages, readStorageUse } from './gallery';
import { isOwnPage } from './own-page';
import { lockKeys } from './key-lock';
import { forgetKey, readKeyLock, setPassphrase, unlockKeys } from './keys';
import { refreshModels } from './model-lists';
import { findLocalServers, probeServer } from './local-servers';
import { contextFor, findProvider, listProviders } from './models';
import { isSameModel } from '../model-ref';
import { publish, showInPanel } from './ports';
import { saveAddress, saveKeyFor } from './provider-address';
import { saveProxy } from './proxy-login';
import { answerAgain, goOnAfter, sendPrompt, sendQueue } from './prompts';
import { loadRemoteImage } from './remote-image';
import { continueReply, resumeImage, stopReply, waitLonger } from './replies';
import { searchMessages } from './search-messages';
import { exportSettings, importSettings, resetSettings } from './settings-file';
import { listConversations } from './summaries';
import {
  deleteAll,
  deleteConversation,
  deleteMessage,
  purgeConversations,
  restoreConversation,
  restoreMessage,
} from './trash';

type Handlers = {
  [Name in keyof Requests]: (
    request: Parameters<Requests[Name]>[0],
  ) => ReturnType<Requests[Name]> | Promise<ReturnType<Requests[Name]>>;
};

export const handlers: Handlers = {
  listProviders,

  async activateProvider({ provider, isActive }) {
    const others = (await activeProviders.getValue()).filter((id) => id !== provider);
    await activeProviders.setValue(isActive ? [...others, provider] : others);
  },

  saveAddress: ({ provider, address, keepsKey }) => saveAddress(provider, address, keepsKey),
  saveProxy: ({ provider, address, login }) => saveProxy(provider, address, login),
  saveKey: ({ provider, key }) => (key.trim() ? saveKeyFor(provider, key) : forgetKey(provider)),
  readKeyLock,
  setPassphrase: ({ passphrase }) => setPassphrase(passphrase),
  unlockKeys: ({ passphrase }) => unlockKeys(passphrase),
  lockKeys,

  async refreshModels(request) {
    let key = '';
    try {
      const provider = findProvider(request.provider);
      const context = await contextFor(provider);
      ({ key } = context);
      await refreshModels(provider, context);
      return null;
    } catch (error) {
      return withoutKey(errorDataOf(error), key);
    }
  },

  findLocalServers,
  probeServer: ({ provider }) => probeServer(provider),
  exportSettings: ({ passphrase }) => exportSettings(passphrase),
  importSettings,
  resetSettings,

  listConversations,

  async sendPrompt(prompt) {
    const { text } = prompt;
    if (!text.trim() || text.length > PROMPT_LIMIT) throw new Error('prompt blank or too long');
    await sendPrompt(prompt);
  },

  async withdrawPrompt({ conversationId, promptId }) {
    const opened = await openConversation(conversationId);
    if (!opened.conversation.queue.some(({ id }) => id === promptId)) return false;
    publish(opened, { type: 'queue-remove', promptId });
    // Its text goes back into the prompt box: it must not be in both.
    await save(opened);
    return true;
  },

  async sendQueue({ conversationId }) {
    await sendQueue(await openConversation(conversationId));
  },

  async stopReply({ conversationId }) {
    const { conversation } = await openConversation(conversationId);
    const reply = streamingReply(conversation);
    if (reply) await stopReply(reply.id);
  },

  async waitLonger({ conversationId }) {
    const { conversation } = await openConversation(conversationId);
    const reply = streamingReply(conversation);
    if (reply) waitLonger(reply.id);
  },

  async regenerateReply({ conversationId, messageId, model }) {
    const opened = await openConversation(conversationId);
    const { messages } = opened.conversation;
    const reply = messages.find((message) => message.id === messageId);
    const prompt = messages.find((message) => message.id === reply?.parentId);
    // The same model is asked for the same: a chat model that could not draw gets no prompt for words.
    const isSame = isSameModel(model ?? opened.conversation.model, reply?.model);
    const isImage = isSame && reply?.parts.some(({ type }) => type === 'image') === true;
    if (!prompt || streamingReply(opened.conversation)) return;
    await answerAgain(opened, prompt, model, isImage ? 'image' : undefined);
  },

  async continueReply(request) {
    const { opened, message } = await idleMessage(request);
    if (message) await goOnAfter(opened, continueReply(opened, message));
  },

  async fetchImage(request) {
    const { opened, message } = await idleMessage(request);
    if (message) await goOnAfter(opened, resumeImage(opened, message));
  },

  loadRemoteImage: ({ url }) => loadRemoteImage(url),

  async selectModel({ conversationId, model }) {
    publish(await openConversation(conversationId), { type: 'model-change', model });
    await defaultModel.setValue(model);
  },

  async setOptions({ conversationId, options }) {
    publish(await openConversation(conversationId), { type: 'options-change', options });
  },

  async selectBranch({ conversationId, messageId }) {
    const opened = await openConversation(conversationId);
    const { conversation } = opened;
    const isShown = activeBranch(conversation).some(({ id }) => id === messageId);
    if (isShown && conversation.leafId !== messageId) return;
    publish(opened, { type: 'branch-change', leafId: newestLeafBelow(conversation, messageId) });
  },

  async branchFrom({ conversationId, messageId }) {
    const opened = await openConversation(conversationId);
    publish(opened, { type: 'branch-change', leafId: messageId });
  },

  deleteMessage: ({ conversationId, messageId }) => deleteMessage(conversationId, messageId),
  restoreMessage: ({ conversationId, messageId }) => restoreMessage(conversationId, messageId),

  async renameConversation({ conversationId, title }) {
    const opened = await openConversation(conversationId);
    publish(opened, {
      type: 'title-change',
      title: title.trim().slice(0, NAME_LIMIT),
      by: 'person',
    });
  },

  async pinConversation({ conversationId, isPinned }) {
    publish(await openConversation(conversationId), { type: 'pin-change', isPinned });
  },

  async moveConversation({ conversationId, folder }) {
    const opened = await openConversation(conversationId);
    publish(opened, { type: 'folder-change', folder: folder.trim().slice(0, NAME_LIMIT) });
  },

  deleteConversation: ({ conversationId }) => deleteConversation(conversationId),
  restoreConversation: ({ conversationId }) => restoreConversation(conversationId),

  searchMessages: ({ query }) => searchMessages(query),

  listImages,

  async deleteImages({ images }) {
    for (const [id, deleted] of Map.groupBy(images, ({ conversationId }) => conversationId)) {
      const opened = await openConversation(id);
      for (const { messageId, imageId } of deleted) {
        publish(opened, { type: 'image-remove', messageId, imageId });
      }
      await save(opened);
    }
    await collectBlobs(images.map(({ imageId }) => imageId));
  },

  readStorageUse,

  async deleteOlderThan({ before }) {
    const ids = await conversationsOlderThan(before);
    await purgeConversations(ids);
    return ids.length;
  },

  deleteAll,
  checkDatabase,

  showInPanel({ conversationId, windowId }) {
    showInPanel(windowId, conversationId);
  },

  reportHighlightFailure({ error }) {
    log({ level: 'warn', event: 'highlight-failed', error });
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

/** The message, unless a reply of its conversation runs. */
async function idleMessage({
  conversationId,
  messageId,
}: {
  conversationId: string;
  messageId: string;
}): Promise<{ opened: OpenConversation; message: Message | undefined }> {
  const opened = await openConversation(conversationId);
  const message = streamingReply(opened.conversation)
    ? undefined
    : opened.conversation.messages.find(
        ({ id, deletedAt }) => id === messageId && deletedAt === undefined,
      );
  return { opened, message };
}
