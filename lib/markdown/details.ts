/** `<details>` as models write it in Markdown: HTML lines with blocks between them. */
import type { Html, Parent, RootContent } from 'mdast';
import { parseMarkdown, type Block } from './parse';

/** What can be folded away. */
export interface Details extends Parent {
  type: 'details';
  /** What is always seen; may be empty. */
  summary: string;
  /** Whether it is to be open from the start. */
  isOpen: boolean;
  /** False while its end has not come. */
  isClosed: boolean;
  children: RootContent[];
}

declare module 'mdast' {
  interface RootContentMap {
    details: Details;
  }
}

const TAGS =
  /<details(\s[^<>]*)?>|<\/details\s*>|<summary(?:\s[^<>]*)?>([\s\S]*?)(?:<\/summary\s*>|$)/gi;
/** What is put around a summary, or a part of it, to make it bold. */
const EMPHASIS = /<\/?(?:b|strong|i|em|code)>/gi;
/** Any deeper and it is text: the page's depth goes with it. */
const MOST_NESTED = 8;

type Piece =
  | { type: 'open'; isOpen: boolean; at: number }
  | { type: 'close'; source: string; at: number }
  | { type: 'summary'; text: string; source: string; at: number }
  | { type: 'blocks'; blocks: Block[]; at: number };

const pieces = new WeakMap<Html, Piece[] | undefined>();

/**
 * Puts the blocks between `<details>` and `</details>` into one. No other attribute than `open`
 * counts. One that is not closed goes to the end.
 */
export function groupDetails(blocks: Block[]): Block[] {
  if (!blocks.some(isOpening)) return blocks;
  const grouped: Block[] = [];
  const open: Details[] = [];
  const add = (block: Block) => {
    const inner = open.at(-1);
    if (inner) inner.children.push(block.node);
    else grouped.push(block);
  };
  for (const block of blocks) {
    const parts = block.node.type === 'html' ? piecesOf(block.node) : undefined;
    if (!parts) add(block);
    for (const piece of parts ?? []) addPiece(piece, block, open, add);
  }
  return grouped;
}

function isOpening({ node }: Block): boolean {
  return node.type === 'html' && /<details/i.test(node.value);
}

function addPiece(piece: Piece, { start }: Block, open: Details[], add: (block: Block) => void) {
  const inner = open.at(-1);
  const addText = (value: string) =>
    add({ start: start + piece.at, node: { type: 'text', value } });
  if (piece.type === 'blocks') for (const block of piece.blocks) add(block);
  else if (piece.type === 'open' && open.length < MOST_NESTED) {
    const { isOpen } = piece;
    const details: Details = {
      type: 'details',
      summary: '',
      isOpen,
      isClosed: false,
      children: [],
    };
    add({ start: start + piece.at, node: details });
    open.push(details);
  } else if (piece.type === 'close' && inner) {
    inner.isClosed = true;
    open.pop();
  } else if (piece.type === 'summary' && inner?.children.length === 0 && !inner.summary) {
    inner.summary = piece.text;
  } else addText(piece.type === 'open' ? '<details>' : piece.source);
}

/** What an HTML block is made of; undefined where none of it belongs to details. */
function piecesOf(node: Html): Piece[] | undefined {
  if (pieces.has(node)) return pieces.get(node);
  const { value } = node;
  const found: Piece[] = [];
  let from = 0;
  const addText = (to: number) => {
    const text = value.slice(from, to);
    if (!text.trim()) return;
    const at = from;
    const blocks = parseMarkdown(text).blocks.map((block) => ({
      ...block,
      start: at + block.start,
    }));
    found.push({ type: 'blocks', blocks, at });
  };
  for (const match of value.matchAll(TAGS)) {
    const [source, attributes = '', summary] = match;
    const at = match.index;
    addText(at);
    from = at + source.length;
    if (summary !== undefined) {
      const text = summary.replace(EMPHASIS, '').trim();
      found.push({ type: 'summary', text, source, at });
    } else if (source.startsWith('</')) found.push({ type: 'close', source, at });
    else found.push({ type: 'open', isOpen: /\sopen\b/i.test(attributes), at });
  }
  if (found.length > 0) addText(value.length);
  const known = found.length > 0 ? found : undefined;
  pieces.set(node, known);
  return known;
}
