/** Prompts on their way to replies: sent at once, or waiting until the reply before has ended. */
import { isSameModel } from '../model-ref';
import type { Message, ModelRef, Part, PromptImage, QueuedPrompt } from '../conversation';
import { streamingReply } from '../message-tree';
import type { Requests } from '../messages';
import { openConversation, save, type OpenConversation } from './conversation-store';
import { taskOf, type Task } from './models';
import { publish } from './ports';
import { startReply, type StartedReply } from './replies';
import { improveTitle } from './titles';
import { isInTrash, restoreConversation } from './trash';

type NewPrompt = Parameters<Requests['sendPrompt']>[0];

/**
 * Adds the prompt and starts its reply, or lets it wait. The same `messageId` twice is taken once.
 * Unless told, the reply is what the model makes.
 */
export async function sendPrompt(prompt: NewPrompt, output?: Task['output']): Promise<void> {
  const { conversationId, messageId, text, model } = prompt;
  // Whoever still writes in a deleted conversation wants it.
  if (await isInTrash(conversationId)) await restoreConversation(conversationId);
  const [opened, task] = await Promise.all([
    openConversation(conversationId),
    taskOf(model, output),
  ]);
  const { messages, queue } = opened.conversation;
  if ([...messages, ...queue].some(({ id }) => id === messageId)) return;
  const isFree = queue.length === 0 && !streamingReply(opened.conversation);
  if (isFree || prompt.parentId !== undefined) {
    if (streamingReply(opened.conversation)) throw new Error('a reply is running');
    await answerPrompt(opened, prompt, task);
  } else {
    const { images, source, cutFrom } = prompt;
    const about = {
      ...(images && { images }),
      ...(source && { source }),
      ...(cutFrom && { cutFrom }),
    };
    publish(opened, { type: 'queue-add', prompt: { id: messageId, text, model, ...about } });
    // Whoever sent it may forget it as soon as this resolves.
    await save(opened);
    await sendQueue(opened);
  }
}

/** Sends the first prompt that waits, if no reply runs. */
export async function sendQueue(opened: OpenConversation): Promise<void> {
  const [first] = opened.conversation.queue;
  if (!first) return;
  const task = await taskOf(first.model);
  const [next] = opened.conversation.queue;
  if (streamingReply(opened.conversation)) return;
  // It may have been withdrawn meanwhile.
  if (next?.id !== first.id) return sendQueue(opened);
  await sendQueued(opened, next, task);
}

/** Answers a prompt that is there already, as a new version; `asked` is what the model is to make. */
export async function answerAgain(
  opened: OpenConversation,
  prompt: Message,
  model: ModelRef = opened.conversation.model,
  asked?: Task['output'],
): Promise<void> {
  const task = await taskOf(model, asked);
  if (streamingReply(opened.conversation)) return;
  await goOnAfter(opened, startReply(opened, prompt, model, task));
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

async function sendQueued(
  opened: OpenConversation,
  prompt: QueuedPrompt,
  task: Task,
): Promise<void> {
  publish(opened, { type: 'queue-remove', promptId: prompt.id });
  await answerPrompt(opened, { ...prompt, messageId: prompt.id }, task);
}

async function answerPrompt(
  opened: OpenConversation,
  {
    messageId,
    text,
    model,
    parentId = opened.conversation.leafId,
    images = [],
    source,
    cutFrom,
  }: Omit<NewPrompt, 'conversationId'>,
  task: Task,
): Promise<void> {
  const prompt: Message = {
    id: messageId,
    parentId,
    role: 'user',
    parts: [...images.map(toPart), { type: 'text', text }],
    state: 'done',
    createdAt: Date.now(),
    ...(source && { source }),
    ...(cutFrom && { cutFrom }),
  };
  changeModel(opened, model);
  publish(opened, { type: 'message-add', message: prompt });
  await goOnAfter(opened, startReply(opened, prompt, model, task));
}

function toPart({ prompt, image }: PromptImage): Part {
  return { type: 'image', prompt, image };
}

function changeModel(opened: OpenConversation, model: ModelRef): void {
  if (isSameModel(opened.conversation.model, model)) return;
  publish(opened, { type: 'model-change', model });
}
