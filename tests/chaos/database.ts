/** Looks into the extension's database, past its worker. */
import type { Page } from 'puppeteer-core';

/** A message as it is stored. */
export interface StoredMessage {
  id: string;
  conversationId: string;
  parentId: string | null;
  role: string;
  state: string;
  text: string;
}

/** What is stored, as far as it matters here. */
export interface Stored {
  messages: StoredMessage[];
  queues: { conversationId: string; prompts: { id: string; text: string }[] }[];
  /** Ids of the messages whose reply is noted as running. */
  replying: string[];
}

/** Reads it in a page of the extension. */
export async function readDatabase(desk: Page): Promise<Stored> {
  const stored: Stored = JSON.parse(await desk.evaluate(dumpDatabase));
  return stored;
}

/** Runs in the page: nothing from outside of it may be used. Answers with a `Stored` as JSON. */
async function dumpDatabase(): Promise<string> {
  // Opened where there is none, an empty one would be made.
  const isThere = (await indexedDB.databases()).some(({ name }) => name === 'aside');
  if (!isThere) return JSON.stringify({ messages: [], queues: [], replying: [] });
  const { promise: opened, ...opening } = Promise.withResolvers<IDBDatabase>();
  const asked = indexedDB.open('aside');
  asked.addEventListener('success', () => opening.resolve(asked.result));
  asked.addEventListener('error', () => opening.reject(asked.error ?? new Error('not opened')));
  const database = await opened;
  const names = ['messages', 'parts', 'conversations', 'jobs'];
  const transaction = database.transaction(names);
  const read = (name: string) => {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>[]>();
    const all = transaction.objectStore(name).getAll();
    all.addEventListener('success', () => resolve(all.result));
    return promise;
  };
  const [messages = [], parts = [], conversations = [], jobs = []] = await Promise.all(
    names.map(read),
  );
  database.close();
  const partsOf = Map.groupBy(parts, ({ messageId }) => messageId);
  const textOf = (id: unknown) =>
    (partsOf.get(id) ?? []).map(({ text }) => (typeof text === 'string' ? text : '')).join('');
  return JSON.stringify({
    messages: messages.map((row) => ({ ...row, text: textOf(row['id']) })),
    queues: conversations.map(({ id, queue }) => ({ conversationId: id, prompts: queue })),
    replying: jobs.filter(({ kind }) => kind === 'reply').map(({ messageId }) => messageId),
  });
}

/** Asks the worker, as a page of the extension does. */
export async function ask(desk: Page, type: string, data?: unknown): Promise<unknown> {
  const message = { id: 1, type, data, timestamp: Date.now() };
  const { res, err } = await desk.evaluate(
    (sent): Promise<{ res?: unknown; err?: { message: string } }> =>
      chrome.runtime.sendMessage(sent),
    message,
  );
  if (err) throw new Error(`${type}: ${err.message}`);
  return res;
}
