/** Searches the messages of a conversation, also those that do not stand in the document. */
import type { Message } from '../conversation';
import { shownLines, type ShownPiece } from '../markdown/shown-text';
import { textOf } from '../message-text';
import { findAnywhere, foldText } from '../search-terms';
import { placesAmong, type Span } from './text-places';

/** One place that was found: the message, and its number among the message's places. */
export interface FindHit {
  messageId: string;
  nth: number;
}

/** A text, and where in it the sources of formulas and diagrams stand. */
export interface ShownText {
  text: string;
  drawn: Span[];
}

/** What Markdown adds to a text, and what lies between its words. */
const SIGNS = /[\s\p{P}\p{S}]+/gu;
/** None reaches into the next: so a text of nothing but their beginnings is read in one go, too. */
const LINK_ENDS = /\]\((?:[^)\s\]]|\](?!\())*\)/gu;
/** So long, in milliseconds, one searches before others have their turn. */
const SLICE = 8;

const shownTexts = new WeakMap<Message, ShownText>();
const bareTexts = new WeakMap<Message, string>();

/** The hits of a query in the messages, in order; stops, with none, when the signal says so. */
export async function findInMessages(
  messages: Message[],
  query: string,
  signal: AbortSignal,
): Promise<FindHit[]> {
  const hits: FindHit[] = [];
  const bareQuery = bare(query);
  let since = performance.now();
  for (const message of messages) {
    if (performance.now() - since > SLICE) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    if (signal.aborted) return [];
    const { id: messageId } = message;
    // Reading Markdown costs much more than looking whether it could hold the words at all.
    if (bareQuery && !remembered(bareTexts, message, bareOf).includes(bareQuery)) continue;
    const { text, drawn } = remembered(shownTexts, message, shownTextOf);
    const places = placesAmong(findAnywhere(text, query), drawn);
    for (const nth of places.keys()) hits.push({ messageId, nth });
  }
  return hits;
}

/** The text of a message as it is shown, a block a line. */
export function shownTextOf(message: Message): ShownText {
  const shown: ShownText = { text: '', drawn: [] };
  for (const [index, line] of linesOf(message).entries()) {
    if (index > 0) shown.text += '\n';
    for (const piece of line) {
      const start = shown.text.length;
      shown.text += typeof piece === 'string' ? piece : piece.drawn;
      if (typeof piece !== 'string') shown.drawn.push({ start, end: shown.text.length });
    }
  }
  return shown;
}

function linesOf(message: Message): ShownPiece[][] {
  if (message.deletedAt !== undefined) return [];
  if (message.role === 'user') return [[textOf(message)]];
  return message.parts.flatMap((part) => (part.type === 'text' ? shownLines(part.text) : []));
}

function bareOf(message: Message): string {
  const text = textOf(message);
  const withoutLinks = text.replace(LINK_ENDS, '');
  // In code and formulas, what looks like the end of a link is none.
  return withoutLinks === text ? bare(text) : `${bare(withoutLinks)} ${bare(text)}`;
}

function bare(text: string): string {
  return foldText(text.replace(SIGNS, ''));
}

function remembered<Read>(
  texts: WeakMap<Message, Read>,
  message: Message,
  read: (message: Message) => Read,
): Read {
  const known = texts.get(message);
  if (known !== undefined) return known;
  const text = read(message);
  texts.set(message, text);
  return text;
}
