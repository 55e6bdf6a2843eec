/** Lists; items that can be done have a box which says whether they are. */
import type { List as ListNode, ListItem as ItemNode, Parents } from 'mdast';
import { useId, type ReactNode } from 'react';
import { directionOf } from '@/lib/markdown/direction';
import { InRuns } from './in-runs';

declare module 'react' {
  interface CSSProperties {
    /** How many digits the longest number of a list has. */
    '--digits'?: number;
  }
}

/** So many items are laid out together; a longer list is several to the browser. */
const MOST_ITEMS = 500;

type RenderItem = (item: ItemNode, index: number) => ReactNode;

export function List({ node, renderItem }: { node: ListNode; renderItem: RenderItem }) {
  const count = node.children.length;
  const isLoose = node.spread === true || node.children.some(({ spread }) => spread === true);
  const shared = { node, isLoose, renderItem };
  if (count <= MOST_ITEMS) return <Items from={0} {...shared} />;
  return Array.from({ length: Math.ceil(count / MOST_ITEMS) }, (_, nth) => (
    <div key={nth} className="long-list">
      <Items from={nth * MOST_ITEMS} {...shared} />
    </div>
  ));
}

function Items({
  node,
  from,
  isLoose,
  renderItem,
}: {
  node: ListNode;
  from: number;
  isLoose: boolean;
  renderItem: RenderItem;
}) {
  const items = node.children.slice(from, from + MOST_ITEMS);
  const dir = directionOf(node);
  const className = isLoose ? 'loose' : undefined;
  const content = <InRuns items={items} render={renderItem} />;
  if (!node.ordered) {
    return (
      <ul className={className} dir={dir}>
        {content}
      </ul>
    );
  }
  const start = (node.start ?? 1) + from;
  // Room for the longest number; for two digits from the start, so that the tenth item moves nothing.
  const digits = Math.max(2, String(start + items.length - 1).length);
  return (
    <ol className={className} dir={dir} start={start} style={{ '--digits': digits }}>
      {content}
    </ol>
  );
}

interface ItemProps {
  node: ItemNode;
  renderChildren: (node: Parents) => ReactNode;
}

export function ListItem({ node, renderChildren }: ItemProps) {
  if (typeof node.checked === 'boolean')
    return <Task node={node} renderChildren={renderChildren} />;
  return <li dir={directionOf(node)}>{renderChildren(tight(node))}</li>;
}

/** An item that is one line needs no paragraph around it: in long lists that is a third of all elements. */
function tight(node: ItemNode): Parents {
  const [only, ...others] = node.children;
  return !node.spread && only?.type === 'paragraph' && others.length === 0 ? only : node;
}

function Task({ node, renderChildren }: ItemProps) {
  const id = useId();
  const [first, ...rest] = node.children;
  return (
    <li className="task" dir={directionOf(node)}>
      <input type="checkbox" checked={node.checked === true} disabled aria-labelledby={id} />
      <div id={id}>{first && renderChildren({ ...node, children: [first] })}</div>
      {rest.length > 0 && <div>{renderChildren({ ...node, children: rest })}</div>}
    </li>
  );
}
