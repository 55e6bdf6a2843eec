/** Items of a list and rows of a table, which are read one by one, and put together again. */
import type { ListItem, RootContent, TableRow } from 'mdast';

export function partsOf(node: RootContent): (ListItem | TableRow)[] {
  return node.type === 'list' || node.type === 'table' ? node.children : [];
}

/** A list or table with its first parts alone. */
export function firstParts(node: RootContent, count: number): RootContent {
  if (node.type === 'list') {
    // Also the gap before the next item: no later text takes it away.
    const spread = hasGap(node.children.slice(0, count + 1));
    return { ...node, spread, children: node.children.slice(0, count) };
  }
  return node.type === 'table' ? { ...node, children: node.children.slice(0, count) } : node;
}

/** A list or table with the parts of the one that goes on with it; of a table, that has the same head. */
export function joined(first: RootContent, next: RootContent): RootContent {
  if (first.type === 'list' && next.type === 'list') {
    const spread = first.spread || next.spread;
    return { ...first, spread, children: [...first.children, ...next.children] };
  }
  if (first.type === 'table' && next.type === 'table') {
    return { ...first, children: [...first.children, ...next.children.slice(1)] };
  }
  return first;
}

/** With one part in place of another: the last one of a list or table that was read alone. */
export function withPart(node: RootContent, index: number, from: RootContent): RootContent {
  if (node.type === 'list' && from.type === 'list') {
    const item = from.children.at(-1);
    return item ? { ...node, children: node.children.with(index, item) } : node;
  }
  if (node.type === 'table' && from.type === 'table') {
    const row = from.children.at(-1);
    return row ? { ...node, children: node.children.with(index, row) } : node;
  }
  return node;
}

/** Whether there are blank lines between any two of these that follow each other. */
function hasGap(items: ListItem[]): boolean {
  return items.some((item, index) => {
    const next = items[index + 1]?.position?.start.line ?? 0;
    return next - (item.position?.end.line ?? next) > 1;
  });
}
