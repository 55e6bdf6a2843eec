/** Right-to-left texts: which way a block of several texts runs. */
import type { Nodes } from 'mdast';

const STRONG = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{scx=Arab}\p{scx=Hebr}\p{scx=Syrc}\p{scx=Thaa}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Rohg}]/u;

/**
 * The direction of the first letter in it, code apart, as `dir="auto"` has it; but that looks into no
 * block which has a direction of its own. Undefined where there is none: the one around it counts.
 */
export function directionOf(node: Nodes): 'rtl' | 'ltr' | undefined {
  if (node.type === 'text') {
    const letter = STRONG.exec(node.value)?.[0];
    if (letter === undefined) return undefined;
    return RIGHT_TO_LEFT.test(letter) ? 'rtl' : 'ltr';
  }
  if (!('children' in node)) return undefined;
  for (const child of node.children) {
    const direction = directionOf(child);
    if (direction) return direction;
  }
  return undefined;
}
