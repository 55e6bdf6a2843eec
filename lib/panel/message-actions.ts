/** What a person can do with messages and replies, as plain functions over the worker's requests. */
import { browser } from 'wxt/browser';
import type { Message, ModelRef } from '../conversation';
import { promptImagesOf } from '../message-text';
import { sendMessage } from '../messages';
import { isPrompt, setDraft, tellFailure } from './actions';
import { chatStore } from './chat-store';
import { deliverPrompt } from './outbox';

/** Names a message to the worker. */
interface About {
  conversationId: string;
  messageId: string;
}

export function stopReply(): Promise<void> {
  return about('', ({ conversationId }) => sendMessage('stopReply', { conversationId }));
}

/** Lifts the time limit of the reply that runs. */
export function waitLonger(): Promise<void> {
  return about('', ({ conversationId }) => sendMessage('waitLonger', { conversationId }));
}

/** Answers the same prompt again; the conversation goes on with its own model afterwards. */
export function regenerateReply(messageId: string, model?: ModelRef): Promise<void> {
  return about(messageId, (message) =>
    sendMessage('regenerateReply', { ...message, ...(model && { model }) }),
  );
}

/** Has the model go on where the reply broke off. */
export function continueReply(messageId: string): Promise<void> {
  return about(messageId, (message) => sendMessage('continueReply', message));
}

/** Shows the branch that the message is on. */
export function selectVersion(messageId: string): Promise<void> {
  return about(messageId, (message) => sendMessage('selectBranch', message));
}

/** The next prompt follows on this message; what followed until now stays as another version. */
export function branchFrom(messageId: string): Promise<void> {
  return about(messageId, (message) => sendMessage('branchFrom', message));
}

/** Sends the prompts that wait although no reply runs. */
export function sendQueue(): Promise<void> {
  return about('', ({ conversationId }) => sendMessage('sendQueue', { conversationId }));
}

/** Sends another version of a prompt, once by its id; the one before stays. Throws when it did not arrive. */
export async function editPrompt(
  messageId: string,
  version: { id: string; text: string },
): Promise<void> {
  const { conversation } = chatStore.getState();
  const message = conversation?.messages.find(({ id }) => id === messageId);
  if (!conversation || !message || !isPrompt(version.text)) return;
  const images = promptImagesOf(message);
  await deliverPrompt({
    conversationId: conversation.id,
    messageId: version.id,
    text: version.text,
    model: conversation.model,
    parentId: message.parentId,
    ...(images.length > 0 && { images }),
    ...(message.source && { source: message.source }),
  });
}

/** Takes a waiting prompt back into the prompt box. */
export async function withdrawPrompt(promptId: string): Promise<void> {
  const { conversation } = chatStore.getState();
  const prompt = conversation?.queue.find(({ id }) => id === promptId);
  if (!conversation || !prompt) return;
  const { id: conversationId } = conversation;
  let isWithdrawn = false;
  await about('', async () => {
    isWithdrawn = await sendMessage('withdrawPrompt', { conversationId, promptId });
  });
  // Its turn may have come; and what was typed meanwhile stays too.
  const { draft } = chatStore.getState();
  if (!isWithdrawn) return;
  setDraft([prompt.text, draft].filter(Boolean).join('\n'));
  const [image] = prompt.images ?? [];
  if (image) chatStore.setState({ attached: { ...image, conversationId } });
}

/**
 * Asks for the right to reach one host, then goes on with what needed it. Must be called within a
 * click: the browser's question needs one.
 */
export async function allowAccess(
  { id, model }: Pick<Message, 'id' | 'model'>,
  { origin, isImage }: { origin: string; isImage: boolean },
): Promise<void> {
  const isAllowed = await browser.permissions.request({ origins: [origin] });
  if (!isAllowed) return;
  await (isImage
    ? about(id, (message) => sendMessage('fetchImage', message))
    : regenerateReply(id, model));
}

/** Asks the worker twice, as it may have been ended at this very moment; a failure is told. */
async function about(messageId: string, send: (about: About) => Promise<void>): Promise<void> {
  const { conversation } = chatStore.getState();
  if (!conversation) return;
  const message = { conversationId: conversation.id, messageId };
  chatStore.setState({ isActionFailed: false });
  await send(message)
    .catch(() => send(message))
    .catch(tellFailure);
}
