/** Where a growing text can be cut: what stands before the cut, no later text changes. */
import type { RootContent } from 'mdast';
import { partsOf } from './parts';

/** A line that is longer counts as complete: what kind of block it begins has been told by then. */
const LONG_LINE = 4096;

const INDENTATION = /^(?: {4}| {0,3}\t)/;
const CONTAINERS = new Set(['blockquote', 'list', 'footnoteDefinition']);

/** Before which block, and before which of its items or rows; `at` is the offset in the piece. */
export interface Cut {
  block: number;
  /** 0: before the block itself. */
  part: number;
  at: number;
}

/**
 * The last place where a piece of text can be cut. A block, an item or a row is there to stay, and
 * the one before it is over, once its first line is complete: more text goes on with the last one.
 */
export function findCut(nodes: RootContent[], piece: string): Cut | undefined {
  const isThere = (node: RootContent) => isLineComplete(piece, lineStart(node));
  const last = nodes.findLastIndex(isThere);
  const node = nodes[last];
  if (!node) return undefined;
  const part = partsOf(node).findLastIndex(isThere);
  const first = partsOf(node)[part];
  if (part > 0 && first) return { block: last, part, at: lineStart(first) };
  const block = firstOfRun(nodes, last, piece);
  return { block, part: 0, at: lineStart(nodes[block] ?? node) };
}

/** The first of the blocks that can only be read together with this one. */
export function firstOfRun(nodes: RootContent[], index: number, piece: string): number {
  let first = index;
  for (; first > 0; first -= 1) {
    const [before, node] = [nodes[first - 1], nodes[first]];
    if (before && node && isFree(before, node, piece)) break;
  }
  return first;
}

/** Offset of the line on which it begins: the indentation counts when it is parsed again. */
export function lineStart({ position }: RootContent): number {
  return position ? (position.start.offset ?? 0) - (position.start.column - 1) : 0;
}

/** Whether a block is the same when it is read without the one before it. */
function isFree(before: RootContent, node: RootContent, piece: string): boolean {
  // The parser ends such code at lines that it would have taken for the container's.
  if (CONTAINERS.has(before.type) && isIndentedCode(node, piece)) return false;
  // A heading that is underlined begins where definitions before it do.
  if ((node.position?.start.line ?? 0) > (before.position?.end.line ?? 0) + 1) return true;
  const isMarked = node.type === 'heading' || node.type === 'thematicBreak' || node.type === 'code';
  if (isMarked && before.type !== 'definition' && !isIndentedCode(node, piece)) return true;
  switch (before.type) {
    case 'heading':
    case 'thematicBreak':
      return true;
    case 'definition':
      // It may get its title from the lines that follow, which are a paragraph until it is closed.
      return node.type === 'definition';
    case 'paragraph':
      // The parser reads the first line of a container in another way where it ends something.
      return !CONTAINERS.has(node.type);
    case 'code':
      return !CONTAINERS.has(node.type) && !isIndentedCode(before, piece);
    default:
      return false;
  }
}

function isIndentedCode(node: RootContent, piece: string): boolean {
  return node.type === 'code' && INDENTATION.test(piece.slice(lineStart(node)));
}

function isLineComplete(piece: string, start: number): boolean {
  return piece.length - start >= LONG_LINE || /[\n\r]/.test(piece.slice(start));
}
