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

/** Seconds, from either form that the header may have: a number of them, or a date. */
export function secondsToWait(retryAfter: string | null): number | undefined {
  if (!retryAfter) return undefined;
  const seconds = /^\d+$/.test(retryAfter)
    ? Number(retryAfter)
    : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1000);
  return seconds >= 0 ? seconds : undefined;
}
