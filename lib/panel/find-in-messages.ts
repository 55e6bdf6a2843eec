/** Searches the messages of a conversation, also those that do not stand in the document. */
import type { Message } from '../conversation';
import { shownLines } from '../markdown/shown-text';
import { textOf } from '../message-text';
import { findAnywhere, foldText } from '../search-terms';

/** One place that was found: the message, and its number among the message's places. */
export interface FindHit {
  messageId: string;
  nth: number;
}

/** What Markdown adds to a text, and what lies between its words. */
const MARKUP = /\]\([^)\s]*\)|[\s\p{P}\p{S}]+/gu;
/** So long, in milliseconds, one searches before others have their turn. */
const SLICE = 8;

const shownTexts = new WeakMap<Message, string>();
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
    const text = remembered(shownTexts, message, shownTextOf);
    for (const nth of findAnywhere(text, query).keys()) hits.push({ messageId, nth });
  }
  return hits;
}

/** The text of a message as it is shown, a block a line. */
export function shownTextOf(message: Message): string {
  if (message.deletedAt !== undefined) return '';
  if (message.role === 'user') return textOf(message);
  return message.parts
    .flatMap((part) => (part.type === 'text' ? shownLines(part.text) : []))
    .join('\n');
}

function bareOf(message: Message): string {
  return bare(textOf(message));
}

function bare(text: string): string {
  return foldText(text.replace(MARKUP, ''));
}

function remembered(
  texts: WeakMap<Message, string>,
  message: Message,
  read: (message: Message) => string,
): string {
  const known = texts.get(message);
  if (known !== undefined) return known;
  const text = read(message);
  texts.set(message, text);
  return text;
}
