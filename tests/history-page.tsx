/** What the tests of the history share: the list as the worker tells it, and the page that shows it. */
import { act, screen, within } from '@testing-library/react';
import { vi } from 'vitest';
import { History } from '@/components/history';
import type { ConversationSummary, SearchHit, WorkerMessage } from '@/lib/messages';
import { connect } from '@/lib/panel/connection';
import { historyStore, initialHistory } from '@/lib/panel/history-store';
import type { FakePort } from './fake-port';
import { answers, extension, show } from './component';

/** The worker's end of the page's port. */
let port: FakePort;

/** Shows the history of these conversations, connected to a worker. */
export async function showHistory(summaries: ConversationSummary[]) {
  historyStore.setState(initialHistory, true);
  answers['listConversations'] = () => summaries;
  const connected = Promise.withResolvers<FakePort>();
  extension.onConnect.addListener((opened) => connected.resolve(opened));
  connect('c');
  port = await connected.promise;
  const handlers = {
    onOpen: vi.fn<(id: string) => void>(),
    onOpenHit: vi.fn<(hit: SearchHit, query: string) => void>(),
    onExport: vi.fn<(id: string, format: string) => void>(),
  };
  const page = show(<History {...handlers} />);
  await vi.waitFor(
    () => historyStore.getState().summaries ?? Promise.reject(new Error('not read')),
  );
  await act(() => Promise.resolve());
  return { ...page, ...handlers };
}

/** The worker posts this, and the page has taken it. */
export async function tell(message: WorkerMessage): Promise<void> {
  await act(async () => {
    port.postMessage(message);
    await new Promise(setImmediate);
    await new Promise(setImmediate);
  });
}

/** Ends the worker, and waits until the page has found a new one. */
export async function loseWorker(): Promise<void> {
  const connected = Promise.withResolvers<FakePort>();
  extension.onConnect.addListener((opened) => connected.resolve(opened));
  await act(async () => {
    port.break();
    port = await connected.promise;
  });
}

/** The row of a conversation, by its title. */
export function rowOf(title: string): HTMLElement {
  const row = screen.getByText(title).closest('li');
  if (!row) throw new Error(`"${title}" is not in a row`);
  return row;
}

/** A button of a conversation's row. */
export function button(title: string, name: string): HTMLElement {
  return within(rowOf(title)).getByRole('button', { name });
}

/** What opens the conversation. */
export function opener(title: string): HTMLElement {
  return within(rowOf(title)).getByRole('button', { name: new RegExp(`^${title}`, 'u') });
}

/** The titles of all rows, from the top. */
export function titles(): string[] {
  return [...document.querySelectorAll('[data-control=open] [id]')].map(
    ({ textContent }) => textContent,
  );
}
