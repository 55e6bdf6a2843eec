/** Runs replies to their end, whatever pages come and go. */
import type { Message, ModelRef, Part } from '../conversation';
import type { Retry } from '../message-reply';
import { textOf } from '../message-text';
import type { ErrorData } from '../errors';
import type { Progress } from '../messages';
import { errorDataOf } from '../provider-error';
import { log, type LogEntry } from '../log';
import { streamingReply } from '../message-tree';
import { canContinue, type ReplyEnding } from '../message-reply';
import { kindAt, type ProviderContext } from '../provider';
import { withoutKey } from '../without-key';
import { save, type OpenConversation } from './conversation-store';
import { keepAlive } from './keep-alive';
import { contextFor, providerOf, type Task } from './models';
import { limitsOf, Patience } from './patience';
import { drawImages, fetchImages } from './pictures';
import { publish, tellProgress } from './ports';
import { withRetries } from './retries';
import type { Run, Told } from './run';
import { continueText, streamText } from './stream-text';
import { countUse } from './usage';

/** Responses of one reply that are noted in the log. */
const NOTED_RESPONSES = 10;
const STOPPED = new Error('stopped');

interface Running {
  controller: AbortController;
  patience: Patience;
  ended: Promise<ReplyEnd>;
}

/** How a reply ends. */
export type ReplyEnd = ReplyEnding['state'];

/** Replies that run, by the id of their message. */
const running = new Map<string, Running>();
/** Waiting for a service counts as no activity. */
let letGo: (() => void) | undefined;

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
  task: Task,
): StartedReply {
  const reply: Message = {
    id: crypto.randomUUID(),
    parentId: prompt.id,
    role: 'assistant',
    parts: placesFor(task, textOf(prompt)),
    state: 'streaming',
    createdAt: Date.now(),
    model,
  };
  publish(opened, { type: 'message-add', message: reply });
  return begin(opened, reply, model, (run) =>
    task.output === 'image' ? drawImages(run, task) : streamText(run),
  );
}

/** The places of the pictures that will come. */
function placesFor(task: Task, prompt: string): Part[] {
  if (task.output === 'text') return [];
  const { count, size } = task.options;
  return Array.from({ length: count }, () => ({
    type: 'image',
    prompt,
    image: null,
    ...(size && { size }),
  }));
}

/** Has the model go on where the reply broke off. */
export function continueReply(opened: OpenConversation, reply: Message): StartedReply | undefined {
  const before = textOf(reply);
  if (streamingReply(opened.conversation)) return undefined;
  if (!reply.model || !canContinue(reply) || !before.trim()) return undefined;
  publish(opened, { type: 'reply-start', messageId: reply.id, at: Date.now() });
  return begin(opened, reply, reply.model, (started) => continueText(started, before));
}

/** Fetches the pictures of a reply whose host was not allowed before. */
export function resumeImage(opened: OpenConversation, reply: Message): StartedReply | undefined {
  const { error } = reply;
  if (!error?.imageUrl || !reply.model) return undefined;
  publish(opened, { type: 'reply-start', messageId: reply.id, at: Date.now() });
  return begin(opened, reply, reply.model, (started) => fetchImages(started, error));
}

/** Ends the reply; what came so far stays. Resolves when the end is written. */
export async function stopReply(messageId: string): Promise<void> {
  const reply = running.get(messageId);
  reply?.controller.abort(STOPPED);
  await reply?.ended;
}

/** Lifts the time limit of a reply that is under way. */
export function waitLonger(messageId: string): void {
  running.get(messageId)?.patience.lift();
}

function begin(
  opened: OpenConversation,
  reply: Message,
  model: ModelRef,
  produce: (run: Run) => Promise<Told | void>,
): StartedReply {
  const saved = save(opened);
  const controller = new AbortController();
  const patience = new Patience();
  const { signal } = controller;
  const ended = Promise.resolve().then(() =>
    runReply({ opened, reply, model, saved, signal, patience, produce }),
  );
  running.set(reply.id, { controller, patience, ended });
  letGo ??= keepAlive();
  return { saved, ended };
}

/**
 * Takes a reply to its end: the one place where what a provider throws becomes an event. No request
 * leaves before `saved`: what was asked is on disk even if the worker dies the moment after.
 */
async function runReply({
  opened,
  reply,
  model,
  saved,
  signal,
  patience,
  produce,
}: {
  opened: OpenConversation;
  reply: Message;
  model: ModelRef;
  saved: Promise<void>;
  signal: AbortSignal;
  patience: Patience;
  produce: (run: Run) => Promise<Told | void>;
}): Promise<ReplyEnd> {
  const messageId = reply.id;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  const note = (entry: Pick<LogEntry, 'level' | 'event'> & Partial<LogEntry>) =>
    log({ requestId: messageId, ...model, ...entry });
  const isPicture = reply.parts.some(({ type }) => type === 'image');
  let bytes = 0;
  let firstAt: number | undefined;
  note({ level: 'info', event: 'reply-start' });
  let end: Omit<ReplyEnding, 'at'>;
  let key = '';
  try {
    const provider = await providerOf(reply, model);
    const onArrival = (received: number) => {
      if (firstAt === undefined) note({ level: 'info', event: 'first-token', duration: since() });
      firstAt ??= Date.now();
      bytes += received;
      patience.heard();
    };
    let responses = 0;
    const context: ProviderContext = await contextFor(provider, saved, ({ status }) => {
      responses += 1;
      patience.answered();
      // Who is asked again while it works, and answers, is alive.
      if (responses > 1) patience.heard();
      // A server that is asked each second how far it is would fill the log.
      if (responses > NOTED_RESPONSES) return;
      note({ level: 'info', event: 'response', status, duration: since() });
    });
    ({ key } = context);
    const kind = kindAt(provider.description, context.settings['address']);
    const tell = (progress: Progress) => {
      // The browser's own model may have to be downloaded first, which no response tells.
      patience.heard();
      tellProgress(opened.conversation.id, reply.id, progress);
    };
    context.onWhole = () => patience.answered();
    context.onProgress = (fraction) => tell({ fraction });
    context.onTurn = (before) => tell({ before });
    const tries = {
      asked: () => ({ kind, isPicture, isOnline: navigator.onLine }),
      isOver: () => firstAt !== undefined || patience.isSpent,
      onRetry: (retry: Retry) => {
        note({ level: 'warn', event: 'reply-retry', error: retry.kind, count: retry.attempt });
        publish(opened, { type: 'reply-retry', messageId, retry });
      },
      signal,
    };
    const run = { opened, reply, provider, modelId: model.model, context, onArrival };
    // By the name: to read the lists would keep every prompt waiting.
    const { thinksLong } = provider.guessModel?.(model.model) ?? {};
    const limits = limitsOf(kind, isPicture, thinksLong);
    let told: Told = {};
    await withRetries(tries, () =>
      patience.during(limits, signal, async (either) => {
        told = (await produce({ ...run, signal: either })) ?? {};
      }),
    );
    signal.throwIfAborted();
    end = { state: 'done', ...told };
    await countUse(model.provider, end.usage);
  } catch (thrown) {
    end = endOf(signal.aborted ? signal.reason : thrown, key);
  }
  finish(messageId);
  note({
    level: end.error ? 'warn' : 'info',
    event: 'reply-end',
    status: end.state,
    duration: since(),
    bytes,
    ...(end.error && { error: end.error.kind }),
  });
  const times = { at: Date.now(), ...(firstAt !== undefined && { firstAt }) };
  publish(opened, { type: 'reply-end', messageId, ...times, ...end });
  await save(opened);
  return end.state;
}

function endOf(
  thrown: unknown,
  key: string,
): {
  state: 'stopped' | 'interrupted' | 'failed';
  error?: ErrorData;
} {
  if (thrown === STOPPED) return { state: 'stopped' };
  const error = withoutKey(errorDataOf(thrown), key);
  return { state: error.kind === 'connection-lost' ? 'interrupted' : 'failed', error };
}

function finish(id: string): void {
  running.delete(id);
  if (running.size > 0) return;
  letGo?.();
  letGo = undefined;
}
