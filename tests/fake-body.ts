/** Bodies of answers, cut as a test wants them, that tell whether somebody closed them. */

export interface FakeBody {
  stream: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Whether the reader let go before the end. */
  isCancelled: boolean;
  /** Pieces handed out so far. */
  taken: number;
}

export interface BodyOptions {
  /** Bytes a piece; all at once unless told. */
  size?: number;
  /** What the connection breaks with after the last byte; it ends properly unless told. */
  brokenBy?: Error;
  /** Breaks the body when it aborts, as `fetch` does. */
  signal?: AbortSignal | null | undefined;
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A body of these bytes, handed out one piece for each read. */
export function bodyOf(
  content: string | Uint8Array<ArrayBuffer>,
  { size = Infinity, brokenBy, signal }: BodyOptions = {},
): FakeBody {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  let at = 0;
  const body: FakeBody = {
    isCancelled: false,
    taken: 0,
    stream: new ReadableStream(
      {
        start(controller) {
          signal?.addEventListener('abort', () => controller.error(signal.reason));
        },
        pull(controller) {
          if (at < bytes.length) {
            controller.enqueue(bytes.slice(at, at + size));
            at += size;
            body.taken += 1;
          } else if (brokenBy) controller.error(brokenBy);
          else controller.close();
        },
        cancel() {
          body.isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return body;
}

/** A body that repeats a text for ever. */
export function endlessBody(text: string): FakeBody {
  const bytes = bytesOf(text);
  const body: FakeBody = {
    isCancelled: false,
    taken: 0,
    stream: new ReadableStream(
      {
        pull(controller) {
          controller.enqueue(bytes.slice());
          body.taken += 1;
        },
        cancel() {
          body.isCancelled = true;
        },
      },
      { highWaterMark: 0 },
    ),
  };
  return body;
}

/** All values of a generator or a stream, and what it threw in the end. */
export async function collect<T>(
  values: AsyncIterable<T>,
): Promise<{ values: T[]; error: unknown }> {
  const collected: T[] = [];
  try {
    for await (const value of values) collected.push(value);
  } catch (error) {
    return { values: collected, error };
  }
  return { values: collected, error: undefined };
}
