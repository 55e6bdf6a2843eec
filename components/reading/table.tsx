import type { Parents, Table as TableNode, TableRow } from 'mdast';
import { Copy, Sheet } from 'lucide-react';
import { memo, useRef, type ReactNode } from 'react';
import { directionOf } from '@/lib/markdown/direction';
import { t } from '@/lib/i18n';
import { useNear } from '@/lib/panel/near';
import { tableCsv, tableMarkdown } from '@/lib/markdown/table-text';
import { CopyAction } from '../copy-button';
import { InRuns } from './in-runs';

declare module 'react' {
  interface CSSProperties {
    '--columns'?: number;
  }
}

/** A table that scrolls by itself, and ways to take it along. */
export function Table({
  node,
  renderChildren,
}: {
  node: TableNode;
  renderChildren: (node: Parents) => ReactNode;
}) {
  const [head, ...body] = node.children;
  const block = useRef<HTMLDivElement>(null);
  const isNear = useNear(block);
  const align = (node.align ?? []).join();
  return (
    <div ref={block} className="table-block">
      <div className="table-box" tabIndex={0} role="group" aria-label={t('table')}>
        <table dir={head && directionOf(head)} style={{ '--columns': node.align?.length ?? 1 }}>
          {head && (
            <thead>
              <Row row={head} cell="th" align={align} renderChildren={renderChildren} />
            </thead>
          )}
          <tbody>
            <InRuns
              items={body}
              render={(row, index) => (
                <Row
                  key={index}
                  row={row}
                  cell="td"
                  align={align}
                  renderChildren={renderChildren}
                />
              )}
            />
          </tbody>
        </table>
      </div>
      <div className="table-actions">{isNear && <Copies node={node} />}</div>
    </div>
  );
}

function Copies({ node }: { node: TableNode }) {
  return (
    <>
      <CopyAction
        label={t('copyTableMarkdown')}
        icon={Copy}
        copy={() => navigator.clipboard.writeText(tableMarkdown(node))}
      />
      <CopyAction
        label={t('copyTableCsv')}
        icon={Sheet}
        copy={() => navigator.clipboard.writeText(tableCsv(node))}
      />
    </>
  );
}

const alignments = new Map<string, string>([
  ['left', 'text-left'],
  ['center', 'text-center'],
  ['right', 'text-right'],
]);

const Row = memo(function Row({
  row,
  cell: Cell,
  align,
  renderChildren,
}: {
  row: TableRow;
  cell: 'th' | 'td';
  /** Of each column, with commas between: the same as long as the columns are. */
  align: string;
  renderChildren: (node: Parents) => ReactNode;
}) {
  const classes = align.split(',').map((one) => alignments.get(one));
  return (
    <tr>
      {row.children.map((cell, column) => (
        <Cell key={column} dir="auto" className={classes[column]}>
          {renderChildren(cell)}
        </Cell>
      ))}
    </tr>
  );
});
