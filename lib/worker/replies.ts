/** Runs replies to their end, whatever pages come and go. */
import type { ImageModelV4, LanguageModelV4, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { browser } from 'wxt/browser';
import { branchTo, textOf, type Conversation, type Message, type ModelRef } from '../conversation';
import { ProviderError, toErrorData, type ErrorData } from '../errors';
import { log, type LogEntry } from '../log';
import { settingsOf, type Provider, type ProviderContext } from '../provider';
import { providers } from '../providers';
import { providerSettings } from '../settings';
import { downloadImage } from '../stream/image';
import { save, type OpenConversation } from './conversation-store';
import { keepImage } from './image-data';
import { originRulesApplied } from './origin-rules';
import { publish } from './ports';
import { createProviderFetch } from './provider-fetch';

/** Silence after which a reply is given up, in milliseconds. Slow models may think for minutes. */
const IDLE_LIMIT = 5 * 60_000;
/** A worker without activity is ended after 30 seconds; waiting for a fetch counts as none. */
const KEEP_ALIVE_EVERY = 20_000;
const STOPPED = new Error('stopped');

/** Replies that run, by the id of their message. */
const running = new Map<string, AbortController>();
let keepAlive: ReturnType<typeof setInterval> | undefined;

/** What a reply is made with. */
interface Run {
  opened: OpenConversation;
  reply: Message;
  provider: Provider;
  modelId: string;
  context: ProviderContext;
  signal: AbortSignal;
  /** Says that something arrived: the time-out starts anew. */
  onProgress(bytes: number): void;
}

/** Adds a reply to the message and runs it; resolves when the reply is stored and under way. */
export async function startReply(
  opened: OpenConversation,
  prompt: Message,
  model: ModelRef,
): Promise<void> {
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
  const saved = save(opened);
  void runReply(opened, reply, model, saved, isImage ? generateImage : streamText);
  await saved;
}

/** Fetches the picture of a reply whose host was not allowed before. */
export async function resumeImage(opened: OpenConversation, reply: Message): Promise<void> {
  const url = reply.error?.imageUrl;
  if (!url || !reply.model) return;
  publish(opened, { type: 'reply-start', messageId: reply.id, at: Date.now() });
  const saved = save(opened);
  void runReply(opened, reply, reply.model, saved, async (run) => {
    await addImage(run, await downloadImage(run.context.fetch, url, run.signal));
  });
  await saved;
}

/** Ends the reply; what came so far stays. */
export function stopReply(messageId: string): void {
  running.get(messageId)?.abort(STOPPED);
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
  produce: (run: Run) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  const note = (entry: Pick<LogEntry, 'level' | 'event'> & Partial<LogEntry>) =>
    log({ requestId: reply.id, ...model, ...entry });
  let bytes = 0;
  let idle = giveUpLater(controller);
  begin(reply.id, controller);
  note({ level: 'info', event: 'reply-start' });
  let end: { state: 'done' | 'stopped' | 'interrupted' | 'failed'; error?: ErrorData };
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
}

async function streamText(run: Run): Promise<void> {
  const model: LanguageModelV4 = run.provider.languageModel(run.modelId, run.context);
  const { stream } = await model.doStream({
    prompt: toModelPrompt(run.opened.conversation, run.reply.parentId),
    abortSignal: run.signal,
  });
  const encoder = new TextEncoder();
  for await (const part of stream) {
    run.signal.throwIfAborted();
    if (part.type === 'error') throw part.error;
    if (part.type === 'text-delta') {
      run.onProgress(encoder.encode(part.delta).length);
      publish(run.opened, { type: 'text-delta', messageId: run.reply.id, text: part.delta });
    }
  }
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
  const image = await keepImage(new Uint8Array(bytes));
  run.signal.throwIfAborted();
  publish(run.opened, { type: 'image-add', messageId: run.reply.id, image });
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The conversation up to the message, as models read it; pictures are left out. */
function toModelPrompt(conversation: Conversation, promptId: string | null): LanguageModelV4Prompt {
  return branchTo(conversation, promptId).flatMap((message): LanguageModelV4Prompt => {
    const text = textOf(message);
    return text.trim() ? [{ role: message.role, content: [{ type: 'text', text }] }] : [];
  });
}

function findModel(ref: ModelRef): { provider: Provider; output: 'text' | 'image' } | undefined {
  const provider = providers.find(({ description }) => description.id === ref.provider);
  const model = provider?.description.models.find(({ id }) => id === ref.model);
  return provider && model && { provider, output: model.output };
}

async function contextFor(
  provider: Provider,
  saved: Promise<void>,
  onResponse: (response: Response) => void,
): Promise<ProviderContext> {
  const { description } = provider;
  const settings = await providerSettings.getValue();
  return {
    settings: settingsOf(description, settings[description.id]),
    fetch: createProviderFetch(description, {
      fetch: globalThis.fetch.bind(globalThis),
      isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
      ready: Promise.all([saved, originRulesApplied()]),
      onResponse,
    }),
  };
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

function begin(id: string, controller: AbortController): void {
  running.set(id, controller);
  keepAlive ??= setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_EVERY);
}

function finish(id: string): void {
  running.delete(id);
  if (running.size > 0) return;
  clearInterval(keepAlive);
  keepAlive = undefined;
}
