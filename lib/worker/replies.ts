/** Runs replies to their end, whatever pages come and go. */
import type { ImageModelV4, LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { isTemporary, type Message, type MessageState, type ModelRef } from '../conversation';
import { textOf } from '../message-text';
import { ProviderError, toErrorData, type ErrorData } from '../errors';
import { log, type LogEntry } from '../log';
import { branchTo } from '../message-tree';
import type { Provider, ProviderContext } from '../provider';
import { continuationPrompt, joinerFor, type Joiner } from '../stream/continuation';
import { downloadImage } from '../stream/image';
import { splitThinkTags, type Piece } from '../stream/think-tags';
import { save, type OpenConversation } from './conversation-store';
import { collectBlobs } from './gallery';
import { keepImage } from './image-data';
import { keepAlive } from './keep-alive';
import { contextFor, findModel, toModelPrompt } from './models';
import { publish } from './ports';

/** Silence after which a reply is given up, in milliseconds. Slow models may think for minutes. */
const IDLE_LIMIT = 5 * 60_000;
const STOPPED = new Error('stopped');

/** How a reply ends. */
export type ReplyEnd = Exclude<MessageState, 'streaming'>;

/** Replies that run, by the id of their message. */
const running = new Map<string, { controller: AbortController; ended: Promise<ReplyEnd> }>();
/** Waiting for a service counts as no activity. */
let letGo: (() => void) | undefined;

/** What a reply is made with. */
interface Run {
  opened: OpenConversation;
  reply: Message;
  provider: Provider;
  modelId: string;
  context: ProviderContext;
  signal: AbortSignal;
  /** Says that something arrived: the time-out starts anew. */
  onProgress: (bytes: number) => void;
}

/** A reply that is under way: on disk as begun, and how it will have ended. */
export interface StartedReply {
  saved: Promise<void>;
  ended: Promise<ReplyEnd>;
}

/** Adds a reply to the message and runs it. */
export function startReply(
  opened: OpenConversation,
  prompt: Message,
  model: ModelRef,
): StartedReply {
  const isImage = findModel(model)?.output === 'image';
  const reply: Message = {
    id: crypto.randomUUID(),
    parentId: prompt.id,
    role: 'assistant',
    parts: isImage ? [{ type: 'image', prompt: textOf(prompt), image: null }] : [],
    state: 'streaming',
    createdAt: Date.now(),
    model,
  };
  publish(opened, { type: 'message-add', message: reply });
  return begin(opened, reply, model, isImage ? generateImage : streamText);
}

/** Has the model go on where the reply broke off. */
export function continueReply(opened: OpenConversation, reply: Message): StartedReply | undefined {
  const before = textOf(reply);
  if (!reply.model || reply.state === 'done' || !before.trim()) return undefined;
  publish(opened, { type: 'reply-start', messageId: reply.id, at: Date.now() });
  return begin(opened, reply, reply.model, (started) => continueText(started, before));
}

/** Fetches the picture of a reply whose host was not allowed before. */
export function resumeImage(opened: OpenConversation, reply: Message): StartedReply | undefined {
  const url = reply.error?.imageUrl;
  if (!url || !reply.model) return undefined;
  publish(opened, { type: 'reply-start', messageId: reply.id, at: Date.now() });
  return begin(opened, reply, reply.model, async (started) => {
    await addImage(started, await downloadImage(started.context.fetch, url, started.signal));
  });
}

/** Ends the reply; what came so far stays. Resolves when the end is written. */
export async function stopReply(messageId: string): Promise<void> {
  const reply = running.get(messageId);
  reply?.controller.abort(STOPPED);
  await reply?.ended;
}

function begin(
  opened: OpenConversation,
  reply: Message,
  model: ModelRef,
  produce: (run: Run) => Promise<void>,
): StartedReply {
  const saved = save(opened);
  const controller = new AbortController();
  const ended = Promise.resolve().then(() =>
    runReply(opened, reply, model, saved, controller, produce),
  );
  enter(reply.id, { controller, ended });
  return { saved, ended };
}

/**
 * Takes a reply to its end: the one place where what a provider throws becomes an event. No request
 * leaves before `saved`: what was asked is on disk even if the worker dies the moment after.
 */
async function runReply(
  opened: OpenConversation,
  reply: Message,
  model: ModelRef,
  saved: Promise<void>,
  controller: AbortController,
  produce: (run: Run) => Promise<void>,
): Promise<ReplyEnd> {
  const { signal } = controller;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  const note = (entry: Pick<LogEntry, 'level' | 'event'> & Partial<LogEntry>) =>
    log({ requestId: reply.id, ...model, ...entry });
  let bytes = 0;
  let idle = giveUpLater(controller);
  note({ level: 'info', event: 'reply-start' });
  let end: { state: ReplyEnd; error?: ErrorData };
  try {
    const provider = findModel(model)?.provider;
    if (!provider) throw new ProviderError({ kind: 'refused', detail: model.model });
    const context = await contextFor(provider, saved, ({ status }) =>
      note({ level: 'info', event: 'response', status, duration: since() }),
    );
    const onProgress = (received: number) => {
      if (bytes === 0) note({ level: 'info', event: 'first-token', duration: since() });
      bytes += received;
      clearTimeout(idle);
      idle = giveUpLater(controller);
    };
    await produce({ opened, reply, provider, modelId: model.model, context, signal, onProgress });
    signal.throwIfAborted();
    end = { state: 'done' };
  } catch (thrown) {
    end = endOf(signal.aborted ? signal.reason : thrown);
  }
  clearTimeout(idle);
  finish(reply.id);
  note({
    level: end.error ? 'warn' : 'info',
    event: 'reply-end',
    status: end.state,
    duration: since(),
    bytes,
    ...(end.error && { error: end.error.kind }),
  });
  publish(opened, { type: 'reply-end', messageId: reply.id, at: Date.now(), ...end });
  await save(opened);
  return end.state;
}

function streamText(started: Run): Promise<void> {
  const prompt = toModelPrompt(started.opened.conversation, started.reply.parentId);
  return readStream(started, prompt, pieceWriter(started));
}

async function continueText(started: Run, before: string): Promise<void> {
  const joiner: Joiner = joinerFor(before);
  const prompt: LanguageModelV4Prompt = [
    ...toModelPrompt(started.opened.conversation, started.reply.id),
    { role: 'user', content: [{ type: 'text', text: continuationPrompt(before) }] },
  ];
  try {
    await readStream(started, prompt, ({ type, text }) => {
      // What is thought in between would stand in the middle of a sentence.
      if (type === 'text') addText(started, joiner.push(text));
    });
  } finally {
    addText(started, joiner.end());
  }
}

/** Hands on what the model says and thinks; throws what ends it early. */
async function readStream(
  { provider, modelId, context, signal, onProgress }: Run,
  prompt: LanguageModelV4Prompt,
  onPiece: (piece: Piece) => void,
): Promise<void> {
  const model: LanguageModelV4 = provider.languageModel(modelId, context);
  const { stream } = await model.doStream({ prompt, abortSignal: signal });
  const encoder = new TextEncoder();
  const tags = splitThinkTags();
  let gap = '';
  try {
    for await (const part of stream) {
      signal.throwIfAborted();
      if (part.type === 'error') throw part.error;
      if (part.type === 'reasoning-start') {
        // Some models think long before their first word of it, and in several paragraphs.
        onPiece({ type: 'reasoning', text: gap });
        gap = '\n\n';
      }
      if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') continue;
      onProgress(encoder.encode(part.delta).length);
      if (part.type === 'text-delta') tags.push(part.delta).forEach(onPiece);
      else onPiece({ type: 'reasoning', text: part.delta });
    }
  } finally {
    tags.end().forEach(onPiece);
  }
}

/** The first word of the answer ends what the model thinks; the end of the reply does as well. */
function pieceWriter(run: Run): (piece: Piece) => void {
  const { opened, reply } = run;
  let isThinking = false;
  return ({ type, text }) => {
    const about = { messageId: reply.id, at: Date.now() };
    if (type === 'reasoning') publish(opened, { type: 'reasoning-delta', text, ...about });
    else if (isThinking) publish(opened, { type: 'reasoning-end', ...about });
    isThinking = type === 'reasoning';
    if (type === 'text') addText(run, text);
  };
}

function addText({ opened, reply }: Run, text: string): void {
  if (text) publish(opened, { type: 'text-delta', messageId: reply.id, text });
}

async function generateImage(run: Run): Promise<void> {
  const model: ImageModelV4 = run.provider.imageModel(run.modelId, run.context);
  const prompt = branchTo(run.opened.conversation, run.reply.parentId).at(-1);
  const { images } = await model.doGenerate({
    prompt: prompt && textOf(prompt),
    n: 1,
    size: undefined,
    aspectRatio: undefined,
    seed: undefined,
    files: undefined,
    mask: undefined,
    providerOptions: {},
    abortSignal: run.signal,
  });
  const [image] = images;
  if (!image) throw new ProviderError({ kind: 'empty-reply' });
  await addImage(run, typeof image === 'string' ? fromBase64(image) : image);
}

async function addImage(run: Run, bytes: Uint8Array): Promise<void> {
  run.onProgress(bytes.length);
  const image = await keepImage(new Uint8Array(bytes), isTemporary(run.opened.conversation));
  if (run.signal.aborted) await collectBlobs([image.id]);
  run.signal.throwIfAborted();
  publish(run.opened, { type: 'image-add', messageId: run.reply.id, image });
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function endOf(thrown: unknown): {
  state: 'stopped' | 'interrupted' | 'failed';
  error?: ErrorData;
} {
  if (thrown === STOPPED) return { state: 'stopped' };
  const error = toErrorData(thrown);
  return { state: error.kind === 'connection-lost' ? 'interrupted' : 'failed', error };
}

function giveUpLater(controller: AbortController): ReturnType<typeof setTimeout> {
  return setTimeout(() => controller.abort(new ProviderError({ kind: 'timeout' })), IDLE_LIMIT);
}

function enter(id: string, reply: { controller: AbortController; ended: Promise<ReplyEnd> }): void {
  running.set(id, reply);
  letGo ??= keepAlive();
}

function finish(id: string): void {
  running.delete(id);
  if (running.size > 0) return;
  letGo?.();
  letGo = undefined;
}
