/** The number on the toolbar icon: conversations with a reply that nobody has seen. */
import { browser } from 'wxt/browser';
import { database } from './database';
import { reportStorageFailure } from './storage-trouble';

let unread = new Set<string>();

/** Marks a conversation as waiting to be read, or as read. */
export function markUnread(conversationId: string, isUnread: boolean): void {
  if (isUnread) unread.add(conversationId);
  else unread.delete(conversationId);
  show();
}

/** Counts anew, from the database: after the start, and after deletions. */
export async function countUnread(): Promise<void> {
  const ids = database.conversations
    .filter(({ isUnread, deletedAt }) => isUnread && deletedAt === undefined)
    .primaryKeys();
  unread = new Set((await ids.catch(reportStorageFailure)) ?? []);
  show();
}

function show(): void {
  const text = unread.size > 0 ? String(unread.size) : '';
  void browser.action.setBadgeText({ text });
  void browser.action.setBadgeBackgroundColor({ color: '#0b6e66' });
}
