/** Leads to a message that was found, and marks the words by which. */
import { findMarks } from '../search-terms';
import type { Target } from './chat-store';
import { markPlaces, messagePlaces, type Place } from './text-places';

/** The article of the message, in the list that holds it. */
export function articleOf(list: Element, messageId: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(messageId)}"]`);
}

/** Where the query's words stand in the message. */
export function foundPlaces(article: Element, { query }: Target): Place[] {
  return messagePlaces(article, (text) => findMarks(text, query));
}

export function highlightFound(article: Element, target: Target): void {
  markPlaces('found', foundPlaces(article, target));
}

export function clearHighlight(): void {
  markPlaces('found', []);
}
