/** Prompts on their way to replies: sent at once, or waiting until the reply before has ended. */
import type { Message, ModelRef, QueuedPrompt } from '../conversation';
import { streamingReply } from '../message-tree';
import type { Requests } from '../messages';
import { openConversation, save, type OpenConversation } from './conversation-store';
import { isSameModel } from './models';
import { publish } from './ports';
import { startReply, type StartedReply } from './replies';
import { improveTitle } from './titles';
import { isInTrash, restoreConversation } from './trash';

type NewPrompt = Parameters<Requests['sendPrompt']>[0];

/** Adds the prompt and starts its reply, or lets it wait. The same `messageId` twice is taken once. */
export async function sendPrompt(prompt: NewPrompt): Promise<void> {
  const { conversationId, messageId, text, model } = prompt;
  // Whoever still writes in a deleted conversation wants it.
  if (await isInTrash(conversationId)) await restoreConversation(conversationId);
  const opened = await openConversation(conversationId);
  const { messages, queue } = opened.conversation;
  if ([...messages, ...queue].some(({ id }) => id === messageId)) return;
  const isFree = queue.length === 0 && !streamingReply(opened.conversation);
  if (isFree || prompt.parentId !== undefined) {
    if (streamingReply(opened.conversation)) throw new Error('a reply is running');
    await answerPrompt(opened, prompt);
  } else {
    const { source, cutFrom } = prompt;
    const about = { ...(source && { source }), ...(cutFrom && { cutFrom }) };
    publish(opened, { type: 'queue-add', prompt: { id: messageId, text, model, ...about } });
    // Whoever sent it may forget it as soon as this resolves.
    await save(opened);
    await sendQueue(opened);
  }
}

/** Sends the first prompt that waits, if no reply runs. */
export async function sendQueue(opened: OpenConversation): Promise<void> {
  const [next] = opened.conversation.queue;
  if (!next || streamingReply(opened.conversation)) return;
  await sendQueued(opened, next);
}

/** Answers a prompt that is there already, as a new version. */
export async function answerAgain(opened: OpenConversation, prompt: Message): Promise<void> {
  await goOnAfter(opened, startReply(opened, prompt, opened.conversation.model));
}

/** When the reply has ended well, the next prompt goes; resolves as soon as the reply is on disk. */
export async function goOnAfter(
  opened: OpenConversation,
  reply: StartedReply | undefined,
): Promise<void> {
  if (!reply) return;
  void goOnWhenDone(opened, reply);
  await reply.saved;
}

async function goOnWhenDone(opened: OpenConversation, reply: StartedReply): Promise<void> {
  if ((await reply.ended) !== 'done' || opened.isGone) return;
  const titled = improveTitle(opened);
  await sendQueue(opened);
  await titled;
}

async function sendQueued(opened: OpenConversation, prompt: QueuedPrompt): Promise<void> {
  publish(opened, { type: 'queue-remove', promptId: prompt.id });
  await answerPrompt(opened, { ...prompt, messageId: prompt.id });
}

async function answerPrompt(
  opened: OpenConversation,
  {
    messageId,
    text,
    model,
    parentId = opened.conversation.leafId,
    source,
    cutFrom,
  }: Omit<NewPrompt, 'conversationId'>,
): Promise<void> {
  const prompt: Message = {
    id: messageId,
    parentId,
    role: 'user',
    parts: [{ type: 'text', text }],
    state: 'done',
    createdAt: Date.now(),
    ...(source && { source }),
    ...(cutFrom && { cutFrom }),
  };
  changeModel(opened, model);
  publish(opened, { type: 'message-add', message: prompt });
  await goOnAfter(opened, startReply(opened, prompt, model));
}

function changeModel(opened: OpenConversation, model: ModelRef): void {
  if (isSameModel(opened.conversation.model, model)) return;
  publish(opened, { type: 'model-change', model });
}
