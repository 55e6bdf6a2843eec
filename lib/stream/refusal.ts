/** Enough to tell a web page, and to show in the details. */
const START_BYTES = 2000;

/** The start of a body as text; the rest is not read. */
export async function readStart(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < START_BYTES) {
    // The status says what went wrong; that its explanation broke off is no news.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    text += decoder.decode(value, { stream: !done });
    if (done) break;
  }
  await reader.cancel().catch(() => undefined);
  return text.slice(0, START_BYTES);
}

/** Seconds; who names more means nothing by it, or one of the two clocks is wrong. */
const LONGEST_WAIT = 7 * 24 * 60 * 60;

/**
 * Seconds, from either form that `retry-after` may have: a number of them, or a date, which counts from
 * the `date` of the same answer, since the clock here may be wrong.
 */
export function secondsToWait(retryAfter: string | null, date: string | null): number | undefined {
  if (!retryAfter) return undefined;
  const now = Date.parse(date ?? '') || Date.now();
  const seconds = /^\d+(?:\.\d+)?$/u.test(retryAfter)
    ? Math.ceil(Number(retryAfter))
    : Math.ceil((Date.parse(retryAfter) - now) / 1000);
  return seconds >= 0 && seconds <= LONGEST_WAIT ? seconds : undefined;
}
