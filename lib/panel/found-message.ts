/** Leads to a message that was found, and marks the words by which. */
import { findMarks } from '../search-terms';
import type { Target } from './chat-store';

/** The name that components/theme.css styles. */
const HIGHLIGHT = 'found';

/** The article of the message, in the list that holds it. */
export function articleOf(list: Element, messageId: string): HTMLElement | null {
  return list.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(messageId)}"]`);
}

/** Marks the query's words in the message, without a change to the document. */
export function highlightFound(article: Element, { query }: Target): void {
  // Firefox has it from version 140 on.
  if (!('highlights' in CSS)) return;
  const ranges = [...article.querySelectorAll('[data-message-text]')].flatMap((text) =>
    rangesIn(text, query),
  );
  CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
}

export function clearHighlight(): void {
  if ('highlights' in CSS) CSS.highlights.delete(HIGHLIGHT);
}

function rangesIn(element: Element, query: string): Range[] {
  const ranges: Range[] = [];
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    for (const [start, end] of findMarks(node.textContent ?? '', query)) {
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, end);
      ranges.push(range);
    }
  }
  return ranges;
}
