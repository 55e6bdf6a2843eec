/** What is shown, without what is there for the page alone: elements that mean something, and text. */
import { safeUrl } from '../markdown/safe-url';

/** Controls, decorations, and what only screen readers get. */
const DROPPED =
  'button, svg, textarea, select, style, script, figcaption, [hidden], [aria-hidden="true"], [data-copy="none"], [role="status"], .sr-only';

/** What stays, by the name that it has on the page. */
const KEPT: Record<string, string> = {
  ...Object.fromEntries(
    ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'hr', 'br']
      .concat(['table', 'thead', 'tbody', 'tr', 'th', 'td', 'code', 'sup', 'sub'])
      .map((name) => [name, name]),
  ),
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  del: 'del',
  s: 'del',
  summary: 'p',
};

const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, ul, ol, pre, blockquote, table, hr';

/** Boxes that wait for their content to say whether they are a paragraph. */
const BOXES = 'div, figure, section, details';

/** Boxes around a task, as characters. */
const TASK = /^([☑☐]) /u;

/**
 * A copy of these nodes for other programs: no classes, styles, controls or pictures, links to the
 * web and to mail alone. It belongs to a document that loads nothing.
 */
export function cleanCopy(source: ParentNode): HTMLElement {
  const target = document.implementation.createHTMLDocument('').body;
  const texts = [...source.querySelectorAll('[data-message-text]')];
  // What stands around the messages' texts says who wrote them and what one can do with them.
  for (const root of texts.length > 0 ? texts : [source]) append(root, target);
  for (const item of target.querySelectorAll('li')) joinParagraph(item);
  for (const block of target.querySelectorAll('p, li, blockquote, h1, h2, h3, h4, h5, h6')) {
    if (!block.textContent && !block.querySelector('br, hr')) block.remove();
  }
  return target;
}

/** An item with one paragraph is a line of a list; the box of a task stands before its words. */
function joinParagraph(item: Element): void {
  const paragraphs = [...item.children].filter((child) => child.matches('p'));
  const [first] = paragraphs;
  if (!first) return;
  if (paragraphs.length === 1) first.replaceWith(...first.childNodes);
  else if (first === item.firstElementChild && item.firstChild !== first) {
    while (first.previousSibling) first.prepend(first.previousSibling);
  }
}

function append(source: Node, target: HTMLElement): void {
  // Messages of the person are boxes with nothing but text in them.
  if (source instanceof Element && source.matches(BOXES)) appendBox(source, target);
  else for (const child of source.childNodes) appendNode(child, target);
}

function appendNode(node: Node, target: HTMLElement): void {
  if (!(node instanceof Element)) {
    if (node.nodeType === Node.TEXT_NODE) appendText(node.textContent ?? '', target);
    return;
  }
  const told = node.getAttribute('data-copy-text');
  if (told !== null && node.getAttribute('data-copy') !== 'none') {
    if (node.matches(BOXES)) add('code', add('pre', target)).textContent = told;
    else appendText(told, addLink(node.getAttribute('data-copy-href'), target) ?? target);
  } else if (node instanceof HTMLInputElement && node.type === 'checkbox') {
    appendText(node.checked ? '[x] ' : '[ ] ', target);
  } else if (isDropped(node)) {
    // Nothing of it is part of the text.
  } else if (node.matches('pre')) {
    add('code', add('pre', target)).textContent = exactText(node);
  } else if (node instanceof HTMLImageElement) appendText(node.alt, target);
  else if (node.matches('a')) append(node, addLink(node.getAttribute('href'), target) ?? target);
  else if (node.matches(BOXES)) appendBox(node, target);
  else appendKept(node, target);
}

/** The number of a footnote is a button, and text as well. */
function isDropped(node: Element): boolean {
  return node.matches(DROPPED) && !(node.matches('button') && node.parentElement?.matches('sup'));
}

function appendKept(node: Element, target: HTMLElement): void {
  const name = KEPT[node.localName];
  const element = name ? add(name, target) : target;
  const start = node.getAttribute('start');
  if (name === 'ol' && start !== null && start !== '1') element.setAttribute('start', start);
  append(node, element);
}

/** A box is no more than its blocks; with none, it is a paragraph. */
function appendBox(box: Element, target: HTMLElement): void {
  const content = target.ownerDocument.createElement('p');
  for (const child of box.childNodes) appendNode(child, content);
  if (content.querySelector(BLOCKS)) target.append(...content.childNodes);
  else if (content.textContent) target.append(content);
}

/** Lines stay lines: on the page white space counts. */
function appendText(text: string, target: HTMLElement): void {
  const written = target.closest('li') ? text.replace(TASK, taskText) : text;
  for (const [index, line] of written.split('\n').entries()) {
    if (index > 0) add('br', target);
    if (line) target.append(line);
  }
}

function taskText(_: string, box: string): string {
  return box === '☑' ? '[x] ' : '[ ] ';
}

/** Code to the character, without line numbers and the like. */
export function exactText(pre: ParentNode): string {
  return [...pre.childNodes]
    .map((node) => {
      if (!(node instanceof Element)) return node.textContent ?? '';
      return isDropped(node) ? '' : node.matches('br') ? '\n' : exactText(node);
    })
    .join('');
}

function addLink(url: string | null, target: HTMLElement): HTMLElement | undefined {
  const address = url === null ? undefined : safeUrl(url);
  if (!address) return undefined;
  const link = add('a', target);
  link.setAttribute('href', address.href);
  return link;
}

function add(name: string, target: HTMLElement): HTMLElement {
  const element = target.ownerDocument.createElement(name);
  target.append(element);
  return element;
}
