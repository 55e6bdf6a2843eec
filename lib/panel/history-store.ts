/** The list of conversations, kept live, and what a person can do to one of it. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { MessageKey } from '../i18n';
import { sendMessage, type ConversationSummary, type WorkerMessage } from '../messages';
import { chatStore } from './chat-store';
import { listen } from './connection';
import { applyToList, sortSummaries } from './history-list';

export interface HistoryState {
  /** Sorted; null until it was read. */
  summaries: ConversationSummary[] | null;
  isLoadFailed: boolean;
  /** Names the sentence about what could not be done last; null when all went well. */
  failure: MessageKey | null;
}

export const initialHistory: HistoryState = {
  summaries: null,
  isLoadFailed: false,
  failure: null,
};

export const historyStore = createStore<HistoryState>(() => initialHistory);

export function useHistory<T>(select: (state: HistoryState) => T): T {
  return useStore(historyStore, select);
}

/** What was told while the list was being read: the answer may be older. Null at other times. */
let toldMeanwhile: WorkerMessage[] | null = null;
let lastLoad = 0;

/** Reads the whole list; of two loads the later counts. */
export async function loadHistory(): Promise<void> {
  lastLoad += 1;
  const load = lastLoad;
  const told: WorkerMessage[] = [];
  toldMeanwhile = told;
  try {
    const answer = await sendMessage('listConversations');
    if (load !== lastLoad) return;
    const summaries = told.reduce(applyToList, sortSummaries(answer));
    historyStore.setState({ summaries, isLoadFailed: false });
  } catch {
    if (load !== lastLoad) return;
    historyStore.setState({ isLoadFailed: true });
  }
  toldMeanwhile = null;
}

/**
 * Loads the list for a page that shows it now, and again whenever the page comes back to the worker:
 * what changed in between was told to nobody. Returns what ends this.
 */
export function followHistory(): () => void {
  historyStore.setState({ failure: null });
  void loadHistory();
  return chatStore.subscribe(({ isConnected }, before) => {
    if (isConnected && !before.isConnected) void loadHistory();
  });
}

listen((message) => {
  const { summaries } = historyStore.getState();
  if (message.type === 'conversations-gone' && !message.ids) {
    if (summaries || toldMeanwhile) void loadHistory();
    return;
  }
  toldMeanwhile?.push(message);
  if (!summaries) return;
  const changed = applyToList(summaries, message);
  if (changed !== summaries) historyStore.setState({ summaries: changed });
});

/** Resolves to whether the worker did it; a failure is told in the list. */
export function renameConversation(conversationId: string, title: string): Promise<boolean> {
  return attempt('renameFailed', sendMessage('renameConversation', { conversationId, title }));
}

/** Resolves to whether the worker did it; a failure is told in the list. */
export function pinConversation(conversationId: string, isPinned: boolean): Promise<boolean> {
  return attempt('pinFailed', sendMessage('pinConversation', { conversationId, isPinned }));
}

/** An empty name takes it out of its folder. Resolves to whether the worker did it. */
export function moveConversation(conversationId: string, folder: string): Promise<boolean> {
  return attempt('moveFailed', sendMessage('moveConversation', { conversationId, folder }));
}

/** Resolves to whether it was done; if not, the sentence that `failure` names is shown in the list. */
export async function attempt(failure: MessageKey, done: Promise<unknown>): Promise<boolean> {
  try {
    await done;
    historyStore.setState({ failure: null });
    return true;
  } catch {
    historyStore.setState({ failure });
    return false;
  }
}
