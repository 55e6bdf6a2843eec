/** The number on the toolbar icon: conversations with a reply that nobody has seen. */
import { browser } from 'wxt/browser';
import { database } from './database';
import { reportStorageFailure } from './storage-trouble';

/** Milliseconds from the worker's start: a page that waits for its conversation comes first. */
const COUNT_AFTER = 300;

/** Undefined until they were counted: the icon shows what it showed before. */
let unread: Set<string> | undefined;
/** How often something was marked. */
let marks = 0;

/** Marks a conversation as waiting to be read, or as read. */
export function markUnread(conversationId: string, isUnread: boolean): void {
  marks += 1;
  if (isUnread) unread?.add(conversationId);
  else unread?.delete(conversationId);
  show();
}

/** Counts when the worker's start is over. */
export function countUnreadSoon(): void {
  setTimeout(() => void countUnread(), COUNT_AFTER);
}

/** Counts anew, from the database: after the start, and after deletions. */
export async function countUnread(): Promise<void> {
  const before = marks;
  // All at once: one after the other through a filter takes several times as long.
  const rows = (await database.conversations.toArray().catch(reportStorageFailure)) ?? [];
  // A mark that came meanwhile may be missing in what was read.
  if (marks !== before) return countUnread();
  const waiting = rows.filter(({ isUnread, deletedAt }) => isUnread && deletedAt === undefined);
  unread = new Set(waiting.map(({ id }) => id));
  show();
}

function show(): void {
  if (!unread) return;
  const text = unread.size > 0 ? String(unread.size) : '';
  void browser.action.setBadgeText({ text });
  void browser.action.setBadgeBackgroundColor({ color: '#0b6e66' });
}
