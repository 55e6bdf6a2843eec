/** Ranges of the document for places in the text that a person reads in it. */
import type { Mark } from '../search-terms';

/** What is no text of the message: controls, and what only screen readers or eyes get. */
const NO_TEXT =
  'button, textarea, [role="status"], [aria-hidden="true"], [data-copy="none"], [data-find="none"], .sr-only';
/** What begins a line of its own. */
const LINES = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, div, dt, dd, summary';

/** The ranges of an element that these marks of its text stand for; one that spans elements too. */
export function textRanges(element: Element, find: (text: string) => Mark[]): Range[] {
  const nodes: { node: Node; start: number }[] = [];
  let text = '';
  let line: Element | null = null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement?.closest(NO_TEXT)) continue;
    const block = node.parentElement?.closest(LINES) ?? null;
    if (line !== block && text) text += '\n';
    line = block;
    nodes.push({ node, start: text.length });
    text += node.textContent ?? '';
  }
  const place = (at: number, isEnd: boolean) =>
    nodes.findLast(({ start }) => (isEnd ? start < at : start <= at));
  return find(text).flatMap(([start, end]) => {
    const first = place(start, false);
    const last = place(end, true);
    if (!first || !last) return [];
    const range = document.createRange();
    range.setStart(first.node, start - first.start);
    range.setEnd(last.node, end - last.start);
    return [range];
  });
}

/** The ranges in the texts of a message. */
export function messageRanges(article: Element, find: (text: string) => Mark[]): Range[] {
  return [...article.querySelectorAll('[data-message-text]')].flatMap((text) =>
    textRanges(text, find),
  );
}

/** Marks ranges under a name that components/theme.css styles; none take the marks away. */
export function markRanges(name: 'found' | 'find' | 'find-current', ranges: Range[]): void {
  // Firefox has it from version 140 on.
  if (!('highlights' in CSS)) return;
  const highlight = new Highlight(...ranges);
  highlight.priority = name === 'find-current' ? 1 : 0;
  if (ranges.length === 0) CSS.highlights.delete(name);
  else CSS.highlights.set(name, highlight);
}

/**
 * Marks what is in the element, and again whenever that has changed, until the function is called:
 * when code gets its colours, the nodes with its marks go.
 */
export function keepMarked(element: Element, mark: () => void): () => void {
  let frame = 0;
  const observer = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(mark);
  });
  observer.observe(element, { childList: true, characterData: true, subtree: true });
  mark();
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
