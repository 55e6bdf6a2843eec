/** Files as bytes, piece by piece: a whole file is never in the worker's memory. */

export type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that can be read from any place. */
export interface ByteSource {
  /** Size in bytes. */
  size: number;
  /** The bytes from `start` up to `end`; less when the source ends before. */
  read(start: number, end: number): Promise<Bytes>;
}

/** Takes bytes, first to last. */
export interface ByteWriter {
  write(bytes: Bytes): Promise<void>;
  /** To be called after the last bytes. */
  finish(): Promise<void>;
}

/** How a transfer is followed from outside. */
export interface Watch {
  signal: AbortSignal;
  /** `done` of `total`, in bytes or in things, whatever the transfer counts in. */
  onProgress: (done: number, total: number) => void;
}

const PIECE = 256 * 1024;
const PART = 4 * 1024 * 1024;

/** A file as a source. Each read tells how many bytes it took, and throws once `signal` is aborted. */
export function blobSource(
  blob: Blob,
  signal: AbortSignal,
  onRead: (bytes: number) => void = () => undefined,
): ByteSource {
  return {
    size: blob.size,
    async read(start, end) {
      signal.throwIfAborted();
      const bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
      onRead(bytes.length);
      return bytes;
    },
  };
}

/** A range of a source in pieces. */
export async function* piecesOf(
  source: ByteSource,
  start = 0,
  end = source.size,
): AsyncGenerator<Bytes, void, void> {
  for (let at = start; at < end; at += PIECE) {
    yield await source.read(at, Math.min(at + PIECE, end));
  }
}

/** Collects bytes as a Blob: the browser keeps what was written outside the worker's memory. */
export class BlobWriter implements ByteWriter {
  readonly #parts: Blob[] = [];
  #fresh: Bytes[] = [];
  #freshSize = 0;

  write(bytes: Bytes): Promise<void> {
    this.#fresh.push(bytes);
    this.#freshSize += bytes.length;
    if (this.#freshSize >= PART) this.#seal();
    return Promise.resolve();
  }

  finish(): Promise<void> {
    this.#seal();
    return Promise.resolve();
  }

  /** All that was written. */
  toBlob(type: string): Blob {
    this.#seal();
    return new Blob(this.#parts, { type });
  }

  #seal(): void {
    if (this.#freshSize > 0) this.#parts.push(new Blob(this.#fresh));
    this.#fresh = [];
    this.#freshSize = 0;
  }
}

/** The bytes one after the other. */
export function joined(parts: Bytes[]): Bytes {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** SHA-256 in hex. */
export async function sha256(bytes: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
