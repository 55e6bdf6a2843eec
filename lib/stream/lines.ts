import { ProviderError } from '../errors';

/**
 * Reads a body as text lines. Each value holds the lines that one network chunk completed, without
 * their ends (`\n` or `\r\n`), so that a reader does work once a chunk; what stands after the last
 * line end comes at the end of the stream. Throws `connection-lost` when it breaks and
 * `too-large` after `limit` characters, in both cases after all that came before.
 */
export async function* readLines(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): AsyncGenerator<string[], void, void> {
  // Not piped through a TextDecoderStream: an error there drops the chunks still queued behind it.
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(throwConnectionLost);
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      length += text.length;
      const end = text.lastIndexOf('\n');
      if (end >= 0) {
        yield (rest + text.slice(0, end)).split('\n').map(withoutCarriageReturn);
        rest = text.slice(end + 1);
      } else {
        rest += text;
      }
      if (done) break;
      if (length > limit) throw new ProviderError({ kind: 'too-large' });
    }
    if (rest) yield [withoutCarriageReturn(rest)];
  } finally {
    // Also the way out when the consumer stops early: the server then sees the connection close.
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * For `catch` on a body's reads: a broken connection becomes `connection-lost`; an abort, and the end
 * of the time that was given, stay.
 */
export function throwConnectionLost(error: unknown): never {
  if (error instanceof DOMException && /^(?:Abort|Timeout)Error$/u.test(error.name)) throw error;
  throw new ProviderError({ kind: 'connection-lost', detail: String(error) }, { cause: error });
}

function withoutCarriageReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
