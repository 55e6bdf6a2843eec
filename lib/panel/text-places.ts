/** Places of the document for places in the text that a person reads in it. */
import type { Mark } from '../search-terms';

/** A stretch of a text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** What one place consists of: stretches of text, and what is drawn: formulas and diagrams. */
export type Place = (Range | Element)[];

/** What is no text of the message: controls, and what only screen readers or eyes get. */
const NO_TEXT =
  'button, textarea, [role="status"], [aria-hidden="true"], [data-copy="none"], .sr-only';
/** What is drawn, and which text is searched in its place. */
const DRAWN = 'data-find-text';
/** What begins a line of its own. */
const LINES = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, div, dt, dd, summary';

/** The places in an element that these marks of its text stand for; one may span elements too. */
export function textPlaces(element: Element, find: (text: string) => Mark[]): Place[] {
  const nodes: (Span & { node: Node })[] = [];
  let text = '';
  let line: Element | null = null;
  const walker = document.createTreeWalker(
    element,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    acceptNode,
  );
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const block = (node instanceof Element ? node : node.parentElement)?.closest(LINES) ?? null;
    if (line !== block && text) text += '\n';
    line = block;
    const start = text.length;
    text += node instanceof Element ? node.getAttribute(DRAWN) : node.textContent;
    nodes.push({ node, start, end: text.length });
  }
  const drawn = nodes.filter(({ node }) => node instanceof Element);
  const places = placesAmong(find(text), drawn);
  return [...withTouched(places, nodes)].map(([[start, end], touched]) => {
    const place: Place = [];
    for (const { node, ...span } of touched) {
      const last = place.at(-1);
      const to = Math.min(end, span.end) - span.start;
      if (node instanceof Element) place.push(node);
      else if (last instanceof Range) last.setEnd(node, to);
      else {
        const range = document.createRange();
        range.setStart(node, Math.max(start - span.start, 0));
        range.setEnd(node, to);
        place.push(range);
      }
    }
    return place;
  });
}

function acceptNode(node: Node): number {
  if (!(node instanceof Element)) {
    const isDrawn = node.parentElement?.closest(`[${DRAWN}]`);
    return isDrawn ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  }
  if (node.matches(NO_TEXT)) return NodeFilter.FILTER_REJECT;
  return node.hasAttribute(DRAWN) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
}

/** The marks, with all of what is drawn there that they touch: two in one formula are one place. */
export function placesAmong(marks: Mark[], drawn: Span[]): Mark[] {
  const places: Mark[] = [];
  for (const [mark, touched] of withTouched(marks, drawn)) {
    const start = Math.min(mark[0], touched[0]?.start ?? mark[0]);
    const end = Math.max(mark[1], touched.at(-1)?.end ?? mark[1]);
    const last = places.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else places.push([start, end]);
  }
  return places;
}

/** Each mark with the spans that it touches; both are in order. */
function* withTouched<In extends Span>(marks: Mark[], spans: In[]): Generator<[Mark, In[]]> {
  let first = 0;
  for (const mark of marks) {
    while ((spans[first]?.end ?? Infinity) <= mark[0]) first += 1;
    let next = first;
    while ((spans[next]?.start ?? Infinity) < mark[1]) next += 1;
    yield [mark, spans.slice(first, next)];
  }
}

/** The places in the texts of a message. */
export function messagePlaces(article: Element, find: (text: string) => Mark[]): Place[] {
  return [...article.querySelectorAll('[data-message-text]')].flatMap((text) =>
    textPlaces(text, find),
  );
}

/**
 * Marks places under a name that the style sheets know, without a change to the text; none take the
 * marks away.
 */
export function markPlaces(name: 'found' | 'find' | 'find-current', places: Place[]): void {
  const attribute = `data-mark-${name}`;
  for (const element of document.querySelectorAll(`[${attribute}]`)) {
    element.removeAttribute(attribute);
  }
  const ranges: Range[] = [];
  for (const piece of places.flat()) {
    if (piece instanceof Range) ranges.push(piece);
    // A picture has no text that a highlight could colour.
    else piece.setAttribute(attribute, '');
  }
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
