/** A database that fails must not take the running reply with it: it is told, and work goes on. */
import { log } from '../log';
import type { StorageTrouble } from '../messages';

let trouble: StorageTrouble = null;
const listeners = new Set<(trouble: StorageTrouble) => void>();

/** What is the matter with the database now. */
export function storageTrouble(): StorageTrouble {
  return trouble;
}

/** Calls back at each change. */
export function followStorageTrouble(listener: (trouble: StorageTrouble) => void): void {
  listeners.add(listener);
}

/** Notes a failure of the database, and has it told to the person. */
export function reportStorageFailure(error: unknown): void {
  const next = troubleOf(error);
  // It is tried again every two seconds: told once is enough.
  if (next !== trouble) {
    const name = error instanceof Error ? error.name : typeof error;
    log({ level: 'error', event: 'storage-failed', error: name });
  }
  change(next);
}

/** Notes that the database has taken something. */
export function reportStorageWorks(): void {
  change(null);
}

function change(next: StorageTrouble): void {
  if (next === trouble) return;
  trouble = next;
  for (const listener of listeners) listener(next);
}

/** Dexie wraps what the browser says; the quota's own error stands inside an aborted transaction. */
function troubleOf(error: unknown): StorageTrouble {
  const names = new Set<string>();
  for (let cause: unknown = error; cause instanceof Error && names.size < 5;) {
    names.add(cause.name);
    cause = 'inner' in cause ? cause.inner : undefined;
  }
  if (names.has('QuotaExceededError')) return 'full';
  return names.has('BlockedError') || names.has('VersionChangeError') ? 'blocked' : 'broken';
}
