import type { AlignType, Parents, Table as TableNode, TableCell } from 'mdast';
import { Copy, Sheet } from 'lucide-react';
import type { ReactNode } from 'react';
import { directionOf } from '@/lib/markdown/direction';
import { t } from '@/lib/i18n';
import { tableCsv, tableMarkdown } from '@/lib/markdown/table-text';
import { CopyAction } from '../copy-button';

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
  const cells = (Cell: 'th' | 'td', row: TableCell[]) =>
    row.map((cell, column) => (
      <Cell key={column} dir="auto" className={alignments[node.align?.[column] ?? 'none']}>
        {renderChildren(cell)}
      </Cell>
    ));
  return (
    <div className="table-block">
      <div className="table-box" tabIndex={0} role="group" aria-label={t('table')}>
        <table dir={head && directionOf(head)} style={{ '--columns': node.align?.length ?? 1 }}>
          {head && (
            <thead>
              <tr>{cells('th', head.children)}</tr>
            </thead>
          )}
          <tbody>
            {body.map((row, index) => (
              <tr key={index}>{cells('td', row.children)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="table-actions">
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
      </div>
    </div>
  );
}

const alignments: Record<NonNullable<AlignType> | 'none', string | undefined> = {
  left: 'text-left',
  center: 'text-center',
  right: 'text-right',
  none: undefined,
};
