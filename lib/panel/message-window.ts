/** Which messages of a long conversation stand in the document: those near the screen. */
import type { Message, Part } from '../conversation';

/** Up to so many messages, a conversation is in the document whole. */
const WHOLE_COUNT = 30;
/** A longer one too, while it is no higher than this. Pixels. */
const WHOLE_HEIGHT = 20_000;
/** The newest messages that are always there: what streams is found at once. */
const NEWEST = 2;
/** Heights and widths of what is not in the document yet, in pixels. */
const LINE = 22;
const CHARACTER = 7;
const AROUND_PROMPT = 50;
const AROUND_REPLY = 40;
/** A long prompt is folded. */
const FOLDED = 22 * LINE;

/** Space between messages and around them, in pixels. */
export interface Spacing {
  before: number;
  between: number;
}

/** A part of the list: a message, or the place of those that are left out. */
export type Segment =
  | { type: 'message'; message: Message }
  /** Height in pixels; the key is the first of the messages' ids. */
  | { type: 'gap'; key: string; height: number; messages: Message[] };

/** Heights of messages, in pixels: measured ones by id, and for others a guess by their length. */
export class Heights {
  readonly #measured = new Map<string, number>();
  #width = 0;

  /** The width of the list; what was measured at another one no longer counts. */
  setWidth(width: number): void {
    if (width === this.#width) return;
    this.#width = width;
    this.#measured.clear();
  }

  measure(id: string, height: number): void {
    if (height > 0) this.#measured.set(id, height);
  }

  of(message: Message): number {
    return this.#measured.get(message.id) ?? this.#guess(message);
  }

  #guess({ role, parts }: Message): number {
    const height = parts.reduce((sum, part) => sum + this.#guessPart(part), 0);
    return role === 'user' ? AROUND_PROMPT + Math.min(height, FOLDED) : AROUND_REPLY + height;
  }

  #guessPart(part: Part): number {
    const width = this.#width || 360;
    if (part.type === 'text') return Math.ceil((part.text.length * CHARACTER) / width) * LINE;
    // A reasoning is folded.
    if (part.type === 'reasoning' || !part.image) return LINE;
    return (Math.min(width, 560) * part.image.height) / part.image.width;
  }
}

/** Whether the conversation is in the document as a whole. */
export function isWhole(messages: Message[], heights: Heights): boolean {
  if (messages.length <= WHOLE_COUNT) return true;
  let height = 0;
  for (const message of messages) {
    height += heights.of(message);
    if (height > WHOLE_HEIGHT) return false;
  }
  return true;
}

/**
 * Ids of the messages that are to stand in the document when the view reaches from `top` to `bottom`
 * (pixels from the list's start): those within one view's height of it, those within two that are
 * there already, and the newest.
 */
export function messagesNear(
  messages: Message[],
  heights: Heights,
  { before, between }: Spacing,
  view: { top: number; bottom: number },
  present: ReadonlySet<string>,
): Set<string> {
  const reach = view.bottom - view.top;
  const near = new Set<string>();
  let top = before;
  for (const [index, message] of messages.entries()) {
    const bottom = top + heights.of(message);
    const far = present.has(message.id) ? 2 * reach : reach;
    const isNear = bottom > view.top - far && top < view.bottom + far;
    if (isNear || index >= messages.length - NEWEST) near.add(message.id);
    top = bottom + between;
  }
  return near;
}

/** Where a message begins, in pixels from the list's start; without one, where the list ends. */
export function topOf(
  messages: Message[],
  heights: Heights,
  { before, between }: Spacing,
  messageId: string | undefined,
): number {
  let top = before;
  for (const message of messages) {
    if (message.id === messageId) break;
    top += heights.of(message) + between;
  }
  return top;
}

/** The list with gaps in place of what is left out. */
export function segmentsOf(
  messages: Message[],
  present: ReadonlySet<string>,
  heights: Heights,
  { between }: Spacing,
): Segment[] {
  const segments: Segment[] = [];
  for (const [index, message] of messages.entries()) {
    const last = segments.at(-1);
    if (present.has(message.id) || index >= messages.length - NEWEST) {
      segments.push({ type: 'message', message });
    } else if (last?.type === 'gap') {
      last.height += between + heights.of(message);
      last.messages.push(message);
    } else {
      const height = heights.of(message);
      segments.push({ type: 'gap', key: message.id, height, messages: [message] });
    }
  }
  return segments;
}
