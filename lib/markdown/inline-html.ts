/** The few HTML tags within a text that become elements: `<br>`, and pairs of `<sub>`, `<sup>`, `<kbd>`. */
import type { Nodes, Parent, PhrasingContent } from 'mdast';

/** What stands between a tag and its end. */
export interface InlineElement extends Parent {
  type: 'inlineElement';
  name: 'sub' | 'sup' | 'kbd';
  children: PhrasingContent[];
}

declare module 'mdast' {
  interface PhrasingContentMap {
    inlineElement: InlineElement;
  }
  interface RootContentMap {
    inlineElement: InlineElement;
  }
}

const TAG = /^<(\/?)(sub|sup|kbd)>$/i;
const BREAKS = /^\s*(?:<br\s*\/?>\s*)+$/i;

/** Whether an HTML node is nothing but line breaks. */
export function isBreaks(html: string): boolean {
  return BREAKS.test(html);
}

/** The same nodes, with elements for tags that stand in pairs and breaks for `<br>`; all other HTML stays. */
export function pairInlineHtml<Node extends Nodes>(nodes: Node[]): (Node | PhrasingContent)[] {
  if (!nodes.some(({ type }) => type === 'html')) return nodes;
  type Paired = Node | PhrasingContent;
  const open: { tag: Node; name: string; before: Paired[] }[] = [];
  let siblings: Paired[] = [];
  const giveUp = () => {
    const { tag, before } = open.pop() ?? {};
    if (tag && before) siblings = [...before, tag, ...siblings];
  };
  for (const node of nodes) {
    const [, slash, tag] = (node.type === 'html' && TAG.exec(node.value)) || [];
    const name = tag?.toLowerCase();
    if (node.type === 'html' && isBreaks(node.value)) siblings.push({ type: 'break' });
    else if (name === undefined) siblings.push(node);
    else if (!slash) {
      open.push({ tag: node, name, before: siblings });
      siblings = [];
    } else if (open.some((one) => one.name === name)) {
      while (open.at(-1)?.name !== name) giveUp();
      const before = open.pop()?.before ?? [];
      siblings = [...before, elementOf(name, siblings)];
    } else siblings.push(node);
  }
  while (open.length > 0) giveUp();
  return siblings;
}

function elementOf(name: string, nodes: Nodes[]): InlineElement {
  const children = nodes.filter(isPhrasing);
  return { type: 'inlineElement', name: name === 'sub' || name === 'sup' ? name : 'kbd', children };
}

/** Tags stand only within texts, so that what is between them is of a text too. */
function isPhrasing(node: Nodes): node is PhrasingContent {
  return node.type !== 'root';
}
