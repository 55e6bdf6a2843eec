/** The end of a text that grows: what would look like something else a moment later is held back. */
import type { Nodes } from 'mdast';
import type { Block } from './reader';

/** Marks that begin a line and can still become another thing: `-` a rule, a heading or an item. */
const MARKS_OF_LINE = /^[ \t>]*(?:[-=*_+#~`|:.)\d]+|!?\[)[ \t]*$/;
/** Half a link or image after its text: the address, perhaps a title. */
const HALF_LINK = /!?\[([^[\]\n]*)\]\([^()\s]*(?:[ \t]+["'(][^"'()\n]*)?$/;
/** Emphasis that was opened by the last characters. */
const LAST_MARKS = /(?<=^|\s)(?:\*{1,3}|_{1,3}|~~?|`+|!?\[|!)$/;
/** So far back one looks, in characters. */
const REACH = 2000;

/** The text without what is not finished; half a link is its text. */
export function withoutUnfinished(text: string): string {
  const lineStart = Math.max(text.lastIndexOf('\n') + 1, text.length - REACH);
  const line = text.slice(lineStart);
  if (MARKS_OF_LINE.test(line)) return text.slice(0, lineStart);
  const shown = line.replace(LAST_MARKS, '').replace(HALF_LINK, '$1');
  return shown === line ? text : text.slice(0, lineStart) + shown;
}

/** The blocks with text that has not been read yet at their end, as it came. */
export function withRest(blocks: Block[], rest: string, at: number): Block[] {
  const last = blocks.at(-1);
  if (!last) return [{ start: at, node: { type: 'text', value: rest } }];
  const node = structuredClone(last.node);
  append(node, rest);
  return [...blocks.slice(0, -1), { ...last, node }];
}

function append(node: Nodes, rest: string): void {
  if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
    node.children.push({ type: 'text', value: rest });
  } else if ('value' in node) node.value += rest;
  else if ('children' in node) {
    const last = node.children.at(-1);
    if (last) append(last, rest);
  }
}
