/** Copies what a person marked in the messages, for programs that take text and for those that take more. */
import { cleanCopy, exactText } from './clean-copy';
import { plainText } from './plain-text';

/** The same content in two forms. */
export interface Copied {
  text: string;
  /** Without classes, styles and scripts. */
  html: string;
}

/** What a part of the page reads as elsewhere. */
export function copied(source: ParentNode): Copied {
  const clean = cleanCopy(source);
  return { text: plainText(clean), html: clean.innerHTML };
}

/** The messages that a gap in the list stands for, by the gap's key, apart from the document. */
export type DrawGap = (key: string) => Node;

/** Copies that way whatever is marked in the messages' texts, until the function is called. */
export function followCopies(drawGap: DrawGap): () => void {
  const onCopy = (event: ClipboardEvent) => copySelection(event, drawGap);
  document.addEventListener('copy', onCopy);
  return () => document.removeEventListener('copy', onCopy);
}

/** Leaves everything else to the browser. */
function copySelection(event: ClipboardEvent, drawGap: DrawGap): void {
  const { target, clipboardData } = event;
  const isBox = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
  const selection = getSelection();
  if (isBox || !clipboardData || !selection || selection.isCollapsed) return;
  const ranges = Array.from({ length: selection.rangeCount }, (_, index) =>
    selection.getRangeAt(index),
  );
  const found = ranges.flatMap((range) => copiedRange(range, drawGap) ?? []);
  if (found.length === 0) return;
  clipboardData.setData('text/plain', found.map(({ text }) => text).join('\n'));
  clipboardData.setData('text/html', found.map(({ html }) => html).join(''));
  event.preventDefault();
}

/** Undefined for what is not part of a message's text. */
export function copiedRange(range: Range, drawGap?: DrawGap): Copied | undefined {
  const { commonAncestorContainer: ancestor } = range;
  const element = ancestor instanceof Element ? ancestor : ancestor.parentElement;
  const told = element?.closest('[data-copy-text]');
  const fragment = document.createDocumentFragment();
  // A piece of a formula is the whole of it.
  fragment.append(told ? told.cloneNode(true) : range.cloneContents());
  // Of a long conversation most does not stand in the document. Where the mark only reaches the edge of
  // a gap, nothing of it is marked.
  const edges = [gapKey(range.startContainer), gapKey(range.endContainer)];
  for (const gap of fragment.querySelectorAll('[data-gap]')) {
    const key = gapKey(gap);
    if (key !== undefined && drawGap && !edges.includes(key)) gap.replaceWith(drawGap(key));
  }
  const isWithin = element?.closest('[data-message-text]');
  if (!element || !(isWithin || fragment.querySelector('[data-message-text]'))) return undefined;
  if (element.closest('pre')) {
    const text = exactText(fragment);
    return { text, html: asCode(text) };
  }
  if (told) return copied(fragment);
  keepNumbers(range, fragment);
  return copied(withSurroundings(range, element, fragment));
}

/** The key of the gap that holds the node. */
function gapKey(node: Node): string | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('[data-gap]')?.getAttribute('data-gap') ?? undefined;
}

/** What the marked nodes need around them to be what they are. */
const SURROUNDINGS = 'tr, thead, tbody, table, ul, ol, a, strong, em, del, code, sup, sub';

function withSurroundings(range: Range, element: Element, content: DocumentFragment) {
  if (!element.parentElement || !element.matches(SURROUNDINGS)) return content;
  const box = element.cloneNode(false);
  if (box instanceof HTMLOListElement) box.start += itemsBefore(range, element);
  box.appendChild(content);
  const around = document.createDocumentFragment();
  around.append(box);
  return withSurroundings(range, element.parentElement, around);
}

/** Lists that are marked from their middle on begin with the number that they have there. */
function keepNumbers(range: Range, fragment: DocumentFragment): void {
  const clones: HTMLOListElement[] = [];
  for (let at = fragment.firstChild; at; at = at.firstChild) {
    if (at instanceof HTMLOListElement) clones.push(at);
  }
  const lists: Element[] = [];
  for (let at: Node | null = range.startContainer; at; at = at.parentNode) {
    if (at === range.commonAncestorContainer) break;
    if (at instanceof HTMLOListElement) lists.unshift(at);
  }
  for (const [index, list] of lists.entries()) {
    const clone = clones[index];
    if (clone) clone.start += itemsBefore(range, list);
  }
}

/** How many items of a list come before what is marked. */
function itemsBefore({ startContainer, startOffset }: Range, list: Element): number {
  if (startContainer === list) return startOffset;
  return Math.max(
    [...list.children].findIndex((item) => item.contains(startContainer)),
    0,
  );
}

function asCode(text: string): string {
  const pre = document.createElement('pre');
  pre.append(text);
  return pre.outerHTML;
}
