/** The real worker and real pages (without their interface) in one process, against the stand-in. */
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, beforeEach, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { Message, MessageState } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import type { LogEntry } from '@/lib/log';
import type { Requests } from '@/lib/messages';
import type { ChatState } from '@/lib/panel/chat-store';
import { FakeExtension, installExtension } from './fake-extension';
import { IMAGE_HOST, startAiChats, stepped, type AiChatsStandIn } from './stand-ins/ai-chats.ts';

export let service: AiChatsStandIn;
export let extension: FakeExtension;
export let worker: Worker;

const realFetch = globalThis.fetch;

/** Hosts that lead to the stand-in; nothing else can be reached. */
const reachable = [IMAGE_HOST, 'pictures.example'];

/** Hosts of other stand-ins, with their ports. */
export const otherHosts = new Set<string>();

type Worker = Awaited<ReturnType<typeof startWorker>>;
export type Page = Awaited<ReturnType<typeof openPage>>;

/** Each test gets a fresh service, browser and worker. */
export function setUpRoundTrip(): void {
  beforeEach(async () => {
    service = await startAiChats({ tls: false, gapMs: 0 });
    extension = installExtension();
    const address = `http://127.0.0.1:${service.port}`;
    await fakeBrowser.storage.local.set({ providerSettings: { 'ai-chats': { address } } });
    worker = await startWorker();
  });
  afterEach(async () => {
    // Nobody looks any more, so that no page comes back.
    vi.stubGlobal('document', { visibilityState: 'hidden', addEventListener: () => undefined });
    extension.wake = () => new Promise(() => undefined);
    extension.closePages();
    worker.kill();
    await worker.database.delete();
    await service.close();
  });
}

/** Starts the background of a browser in which nothing of it is left. */
export async function startWorker() {
  vi.resetModules();
  const life = new AbortController();
  const asked: string[] = [];
  vi.stubGlobal('fetch', fetchUntil(life.signal, asked));
  const { default: background } = await import('@/entrypoints/background');
  const { database } = await import('@/lib/worker/database');
  background.main();
  await database.open();
  return {
    database,
    /** Addresses that it has fetched. */
    asked,
    /** Ends it as browsers do: no warning, nothing more is written or sent. */
    kill() {
      extension.cutOff();
      database.close();
      life.abort();
    },
  };
}

/** Ends the worker; the next message or port starts another one. */
export function killWorker(): void {
  worker.kill();
  let starting: Promise<void> | undefined;
  extension.wake = () => {
    starting ??= restartWorker();
    return starting;
  };
}

/** Keeps all writes to the conversations waiting; the function that comes back lets them go. */
export function holdDatabase(): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { database } = worker;
  void database.transaction('rw', database.conversations, database.messages, () =>
    Dexie.waitFor(promise),
  );
  return resolve;
}

async function restartWorker(): Promise<void> {
  worker = await startWorker();
  extension.wake = () => Promise.resolve();
}

function nextFrame(callback: () => void): void {
  setImmediate(callback);
}

/** Opens a side panel, without what is seen of it. */
export async function openPage({
  conversationId,
  windowId = 1,
  as = 'panel',
}: { conversationId?: string; windowId?: number; as?: 'panel' | 'tab' | 'popup' } = {}) {
  vi.resetModules();
  vi.stubGlobal('requestAnimationFrame', nextFrame);
  vi.stubGlobal('requestIdleCallback', () => 0);
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('document', { visibilityState: 'visible', addEventListener: () => undefined });
  vi.stubGlobal('location', { search: conversationId ? `?conversation=${conversationId}` : '' });
  extension.windowId = windowId;
  extension.isTab = as === 'tab';
  const actions = await import('@/lib/panel/actions');
  const messageActions = await import('@/lib/panel/message-actions');
  const deletion = await import('@/lib/panel/deletion');
  const { releaseTemporaryChat } = await import('@/lib/panel/temporary-lock');
  const { listen, loadImage, watchConversation } = await import('@/lib/panel/connection');
  const { chatStore, selectBranch } = await import('@/lib/panel/chat-store');
  const before = extension.ports.length;
  await (as === 'popup' ? actions.startPopup() : actions.startPanel());
  const port = extension.ports[before];
  const until = (predicate: (state: ChatState) => boolean): Promise<ChatState> =>
    new Promise((resolve) => {
      const look = (state: ChatState) => {
        if (!predicate(state)) return;
        forget();
        resolve(state);
      };
      const forget = chatStore.subscribe(look);
      look(chatStore.getState());
    });
  await until(({ conversation }) => conversation !== null);
  const branch = () => selectBranch(chatStore.getState());
  return {
    ...actions,
    ...messageActions,
    ...deletion,
    listen,
    loadImage,
    watchConversation,
    state: chatStore.getState,
    branch,
    until,
    /** Types the prompt and sends it. */
    async say(text: string) {
      actions.setDraft(text);
      await (as === 'popup' ? actions.askQuickly() : actions.sendPrompt());
    },
    /** The last message, once it has this state and (where told) this text. */
    async last(state: MessageState, text?: string): Promise<Message> {
      const isFitting = (message?: Message) =>
        message?.state === state && (text === undefined || textOf(message) === text);
      await until((shown) => isFitting(selectBranch(shown).at(-1)));
      const message = branch().at(-1);
      if (!message) throw new Error('there is no message');
      return message;
    },
    /** The texts of the messages that are shown. */
    texts: () => branch().map(textOf),
    /** The connection breaks, for a reason of the browser's own. */
    loseConnection: () => port?.break(),
    /** Closes it as a person does: the worker is told, the page is gone. */
    close() {
      releaseTemporaryChat();
      port?.disconnect();
    },
  };
}

/** A page whose reply, "one two", has said its first word. */
export async function startCounting() {
  const reply = stepped('one two');
  service.answerNext(reply);
  const page = await openPage();
  await page.say('Count');
  await reply.release();
  const { id: replyId } = await page.last('streaming', 'one');
  const finish = async () => {
    await reply.releaseAll();
    await reply.end();
  };
  return { page, reply, finish, replyId, conversationId: page.state().conversation?.id ?? '' };
}

/** What stands in the database of a conversation's messages, in their order. */
export async function storedMessages(conversationId: string) {
  const { toMessages } = await import('@/lib/worker/rows');
  const [rows, parts] = await Promise.all([
    worker.database.messages.where({ conversationId }).toArray(),
    worker.database.parts.where({ conversationId }).toArray(),
  ]);
  return toMessages(rows, parts).map((message) => ({
    role: message.role,
    state: message.state,
    text: textOf(message),
  }));
}

/** A request as it crosses. */
export function asRequest(type: string, data?: unknown) {
  return { id: 1, type, data, timestamp: Date.now() };
}

/** Sends a request as a page of ours does. */
export async function request<Name extends keyof Requests>(
  name: Name,
  ...[data]: Parameters<Requests[Name]>
): Promise<unknown> {
  const { res, err } = await extension.sendFrom(extension.ownPage, asRequest(name, data));
  if (err) throw new Error(err.message);
  return res;
}

/** What the worker has noted. */
export async function readLog(): Promise<LogEntry[]> {
  const { sendMessage } = await import('@/lib/messages');
  return sendMessage('readLog');
}

function fetchUntil(death: AbortSignal, asked: string[]): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    asked.push(url.href);
    if (reachable.includes(url.hostname)) url.host = `127.0.0.1:${service.port}`;
    if (url.host !== `127.0.0.1:${service.port}` && !otherHosts.has(url.host))
      throw new TypeError('Failed to fetch');
    const signal = init?.signal ? AbortSignal.any([init.signal, death]) : death;
    return realFetch(url, { ...init, signal });
  };
}
