import type { Exchange } from './exchange.ts';
import type { SteppedText } from './stepped.ts';

/** How a text reply is put on the wire. */
export interface TextOptions {
  /** The whole reply, unframed. */
  text: string;
  /** Where to cut the framed bytes into network writes; the default is one word each. */
  pieces?: 'word' | 'byte' | 'whole' | number;
  /** Silence between two writes, in milliseconds (0 unless told). */
  gapMs?: number;
  /** How a line ends. */
  newline?: '\n' | '\r\n';
  /** Silence before the first byte of the body. */
  firstByteAfterMs?: number;
  /** With `firstByteAfterMs`: send the status and headers before the silence. */
  headersFirst?: boolean;
}

/** One write of a raw reply. */
export interface RawChunk {
  bytes: Uint8Array | string;
  /** Silence before this write. */
  gapMs?: number;
}

interface TextBehaviour extends TextOptions {
  kind: 'text';
}

interface RawBehaviour {
  kind: 'raw';
  status?: number;
  headers?: Record<string, string>;
  body?: Uint8Array | string;
  /** Written after `body`. */
  chunks?: RawChunk[];
  /** Destroy the socket after the last byte instead of ending the reply. */
  cut?: boolean;
}

interface StatusBehaviour {
  kind: 'status';
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

interface SilentBehaviour {
  kind: 'silent';
  /** Send the status and headers, then fall silent. */
  headersFirst?: boolean;
  /** When this settles the silence is over; without it, it lasts until somebody closes. */
  until?: Promise<unknown>;
}

interface EndlessBehaviour {
  kind: 'endless';
  /** What is repeated, unframed for chat; a few words unless told. */
  text?: string;
}

/** What the service does with one POST to /chat/send2/. */
export type Behaviour =
  /** The practice answer: a chat text or an image URL, by the type of the request. */
  | { kind: 'default' }
  | TextBehaviour
  | RawBehaviour
  /** An HTML page (403 unless told) until the request carries `human=1`; then `default`. */
  | { kind: 'human-check'; status?: 403 | 503 | 200 }
  /** Some text (may be empty), then the line ` trylimit`. */
  | { kind: 'try-limit'; text?: string }
  /** Status, headers such as `retry-after`, and a plain text body. */
  | StatusBehaviour
  /** The first `after` characters of the text, then the socket is destroyed. */
  | { kind: 'cut'; text: string; after: number }
  /** Status 200 and no text. */
  | { kind: 'empty' }
  /** Never stops, as fast as the client reads. */
  | EndlessBehaviour
  /** Accepts and says nothing; once `until` settles, `then` (or the practice answer). */
  | (SilentBehaviour & { then?: Behaviour })
  /** Released by hand: made with `stepped(text)`. */
  | SteppedText
  /** Whatever the test does with it; the reply must be at its end when this resolves. */
  | { kind: 'own'; answer: (exchange: Exchange) => Promise<void> }
  /** An image reply with any body; what is no string goes as JSON. */
  | { kind: 'image'; body: unknown; status?: number; contentType?: string }
  /** A well-formed image reply that names any URL. */
  | { kind: 'image-url'; url: string };

/** What the image host does with one GET. */
export type PictureBehaviour =
  /** The picture drawn from the prompt in the path. */
  | { kind: 'default' }
  | { kind: 'bytes'; contentType: string; bytes: Uint8Array }
  | StatusBehaviour
  /** Status 200 and an HTML page. */
  | { kind: 'html'; body?: string }
  /** PNG signature, then bytes without end, as fast as the client reads. */
  | { kind: 'endless' }
  /** 404, as for a picture that the host has forgotten. */
  | { kind: 'gone' }
  /** As for chat; once `until` settles, the picture. */
  | SilentBehaviour;
