import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { RecordedRequest } from './request-log.ts';

/** Where the service answers chat and image prompts. */
export const CHAT_PATH = '/chat/send2/';
/** The host that keeps the pictures. */
export const IMAGE_HOST = 'oaidalleapiprodscus.blob.core.windows.net';

/** One request, its answer, and how the server was told to behave. */
export interface Exchange {
  request: RecordedRequest;
  response: ServerResponse;
  /** Aborted when the answer is over or the client has gone. */
  signal: AbortSignal;
  /** Silence between two pieces of an answer, in milliseconds. */
  gapMs: number;
  scheme: 'http' | 'https';
}

/** Waits; false when the answer was over before. */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Writes and waits until the client has room for more; false when it has gone. */
export async function write(exchange: Exchange, bytes: Uint8Array | string): Promise<boolean> {
  const { response, signal } = exchange;
  if (signal.aborted) return false;
  if (response.write(bytes)) return true;
  // The signal aborts when the answer is over, whoever ends it.
  await once(response, 'drain', { signal }).catch(() => undefined);
  return !signal.aborted;
}

/** Waits until the answer is over, whoever ends it. */
export async function untilClosed(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/** Destroys the connection in the middle of the answer. */
export async function breakOff({ response, signal }: Exchange): Promise<void> {
  // What was written has to reach the client before the connection breaks.
  await pause(20, signal);
  response.destroy();
}

/** Sends a whole body at once; the status and headers only if none have been sent. */
export function sendWhole(
  { response }: Exchange,
  status: number,
  headers: Record<string, string>,
  body: Uint8Array | string,
): void {
  if (!response.headersSent) response.writeHead(status, headers);
  response.end(body);
}
