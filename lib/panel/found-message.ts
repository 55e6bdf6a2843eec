/** Leads to a message that was found, and marks the words by which. */
import { findMarks } from '../search-terms';
import type { Target } from './chat-store';
import { markRanges, messageRanges } from './text-ranges';

/** The article of the message, in the list that holds it. */
export function articleOf(list: Element, messageId: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(messageId)}"]`);
}

/** Marks the query's words in the message, without a change to the document. */
export function highlightFound(article: Element, { query }: Target): void {
  markRanges(
    'found',
    messageRanges(article, (text) => findMarks(text, query)),
  );
}

export function clearHighlight(): void {
  markRanges('found', []);
}
