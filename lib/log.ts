/**
 * Structured logging, kept by the worker. An entry has no field that could hold the text of a
 * message, a page or a key; what is not in this type cannot be logged.
 */
import { storage } from '@wxt-dev/storage';

export interface LogEntry {
  /** Milliseconds since the epoch. */
  time: number;
  level: 'info' | 'warn' | 'error';
  /** What happened, from a closed list: never free text. */
  event:
    | 'worker-start'
    | 'recovered'
    | 'reply-start'
    | 'response'
    | 'first-token'
    | 'reply-retry'
    | 'reply-end'
    | 'request-refused'
    | 'check-failed'
    | 'storage-failed'
    | 'proxy-failed'
    | 'count-failed'
    | 'title-failed'
    | 'thumbnail-failed'
    | 'picture-not-sent'
    | 'highlight-failed';
  /** Ties the entries of one reply together. */
  requestId?: string;
  provider?: string;
  model?: string;
  /** HTTP status, or the state in which a reply ended. */
  status?: number | string;
  /** Milliseconds since the reply began. */
  duration?: number;
  /** Bytes of text or picture received. */
  bytes?: number;
  /** A word of `ErrorKind`, or the class name of an error that nobody foresaw. */
  error?: string;
  /** How many, for entries that count. */
  count?: number;
}

const CAPACITY = 1000;
const WRITE_EVERY = 1000;

const stored = storage.defineItem<LogEntry[]>('local:log', { fallback: [], version: 1 });

let loading: Promise<LogEntry[]> | undefined;
let entries: LogEntry[] | undefined;
let fresh: LogEntry[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

/** Adds an entry; the oldest beyond 1,000 are dropped. Written at most once a second. */
export function log(entry: Omit<LogEntry, 'time'>): void {
  fresh.push({ time: Date.now(), ...entry });
  timer ??= setTimeout(() => void readLog(), WRITE_EVERY);
}

/** All entries, oldest first, also those of workers before this one. */
export async function readLog(): Promise<LogEntry[]> {
  clearTimeout(timer);
  timer = undefined;
  loading ??= stored.getValue();
  const old = await loading;
  entries ??= old;
  if (fresh.length > 0) {
    entries = [...entries, ...fresh].slice(-CAPACITY);
    fresh = [];
    await stored.setValue(entries);
  }
  return entries;
}

export async function clearLog(): Promise<void> {
  fresh = [];
  entries = [];
  await stored.setValue(entries);
}
