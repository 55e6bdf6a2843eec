/** The number on the toolbar icon: conversations with a reply that nobody has seen. */
import { browser } from 'wxt/browser';
import { database } from './database';
import { reportStorageFailure } from './storage-trouble';

let unread = new Set<string>();

/** Marks a conversation as waiting to be read, or as read. */
export function markUnread(conversationId: string, isUnread: boolean): void {
  unread = isUnread
    ? new Set([...unread, conversationId])
    : unread.difference(new Set([conversationId]));
  show();
}

/** Counts anew, from the database: after the start, and after deletions. */
export async function countUnread(): Promise<void> {
  const before = unread;
  const ids = await database.conversations
    .filter(({ isUnread, deletedAt }) => isUnread && deletedAt === undefined)
    .primaryKeys()
    .catch(reportStorageFailure);
  // A mark has come meanwhile, and may be missing in what was read.
  if (unread !== before) return countUnread();
  unread = new Set(ids ?? []);
  show();
}

function show(): void {
  const text = unread.size > 0 ? String(unread.size) : '';
  void browser.action.setBadgeText({ text });
  void browser.action.setBadgeBackgroundColor({ color: '#0b6e66' });
}
