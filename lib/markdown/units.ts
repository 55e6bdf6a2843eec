/** What was read of a text, and the units of it that can be read again alone. */
import { lineStart, firstOfRun } from './cut';
import type { Unit } from './late-references';
import { partsOf } from './parts';
import type { Block } from './reader';
import type { Piece } from './syntax';

/** A piece that was read, and where it stands. */
export interface Read extends Piece {
  /** What was handed to the parser. */
  source: string;
  /** What the source has before the text's own characters: the head of a table whose rows go on. */
  head: string;
  /** From an offset in the source to one in the text. */
  shift: number;
}

/** The blocks with their places in the text. */
export function blocksOf({ nodes, shift }: Pick<Read, 'nodes' | 'shift'>): Block[] {
  return nodes.map((node) => ({ start: lineStart(node) + shift, node }));
}

/**
 * The units of what was read up to `to`, all of which may name these. The first block has that number;
 * `before` parts of it were read earlier.
 */
export function unitsOf(
  { nodes, source, head, shift }: Read,
  to: number,
  firstBlock: number,
  before: number,
  names: ReadonlySet<string>,
): Unit[] {
  return nodes.flatMap((node, index): Unit[] => {
    const block = firstBlock + index;
    const next = nodes[index + 1];
    const end = next ? lineStart(next) + shift : to;
    const start = lineStart(nodes[firstOfRun(nodes, index, source)] ?? node) + shift;
    const parts = partsOf(node);
    const [, second] = parts;
    if (parts.length === 0) {
      return [{ block, part: undefined, start, end, head: '', names }];
    }
    const goesOn = index === 0 && before > 0;
    const isTable = node.type === 'table';
    const ownHead = isTable && second ? source.slice(lineStart(node), lineStart(second)) : '';
    const skipped = goesOn && isTable ? 1 : 0;
    return parts.slice(skipped).map((part, nth) => {
      const at = nth + skipped;
      const following = parts[at + 1];
      return {
        block,
        part: goesOn ? before + nth : nth,
        start: at > 0 ? lineStart(part) + shift : start,
        end: following ? lineStart(following) + shift : end,
        head: at > 0 ? (goesOn ? head : ownHead) : '',
        names,
      };
    });
  });
}
