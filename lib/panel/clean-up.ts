/** What a person can do about the room that conversations take. */
import { currentLanguage } from '../i18n';
import { sendMessage, type StorageUse } from '../messages';

const DAY = 24 * 60 * 60_000;

export function readStorageUse(): Promise<StorageUse> {
  return sendMessage('readStorageUse');
}

/** Deletes for good what has not changed for so many days, but for what is pinned. Answers how many. */
export function deleteOlderThan(days: number): Promise<number> {
  return sendMessage('deleteOlderThan', { before: Date.now() - days * DAY });
}

export function deleteAll(): Promise<void> {
  return sendMessage('deleteAll');
}

/** What is wrong in the database, a sentence each; empty when all is well. */
export function checkDatabase(): Promise<string[]> {
  return sendMessage('checkDatabase');
}

/** The day so many days ago, as a person reads it. */
export function dateBefore(days: number): string {
  const date = new Date(Date.now() - days * DAY);
  return date.toLocaleDateString(currentLanguage(), { dateStyle: 'long' });
}
