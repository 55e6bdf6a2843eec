/** Lists; items that can be done have a box which says whether they are. */
import type { List as ListNode, ListItem as ItemNode, Parents } from 'mdast';
import { useId, type ReactNode } from 'react';
import { directionOf } from '@/lib/markdown/direction';

declare module 'react' {
  interface CSSProperties {
    /** How many digits the longest number of a list has. */
    '--digits'?: number;
  }
}

export function List({ node, children }: { node: ListNode; children: ReactNode }) {
  const isLoose = node.spread === true || node.children.some(({ spread }) => spread === true);
  const dir = directionOf(node);
  const className = isLoose ? 'loose' : undefined;
  if (!node.ordered)
    return (
      <ul className={className} dir={dir}>
        {children}
      </ul>
    );
  const start = node.start ?? 1;
  // Room for the longest number; for two digits from the start, so that the tenth item moves nothing.
  const digits = Math.max(2, String(start + node.children.length - 1).length);
  return (
    <ol className={className} dir={dir} start={start} style={{ '--digits': digits }}>
      {children}
    </ol>
  );
}

export function ListItem({
  node,
  renderChildren,
}: {
  node: ItemNode;
  renderChildren: (node: Parents) => ReactNode;
}) {
  const id = useId();
  const dir = directionOf(node);
  if (typeof node.checked !== 'boolean') return <li dir={dir}>{renderChildren(node)}</li>;
  const [first, ...rest] = node.children;
  return (
    <li className="task" dir={dir}>
      <input type="checkbox" checked={node.checked} disabled aria-labelledby={id} />
      <div id={id}>{first && renderChildren({ ...node, children: [first] })}</div>
      {rest.length > 0 && <div>{renderChildren({ ...node, children: rest })}</div>}
    </li>
  );
}
