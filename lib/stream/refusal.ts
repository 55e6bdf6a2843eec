import { throwConnectionLost } from './lines';

/** The first chunk is enough to tell a web page and to show the details; the rest is not read. */
export async function readStart(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = body.getReader();
  const { value } = await reader.read().catch(throwConnectionLost);
  await reader.cancel();
  return new TextDecoder().decode(value?.subarray(0, 2000));
}

/** Seconds, from either form that the header may have: a number of them, or a date. */
export function secondsToWait(retryAfter: string | null): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return seconds >= 0 ? seconds : undefined;
}
