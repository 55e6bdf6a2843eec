import type { TableCell, TableRow } from 'mdast';
import type { ReactNode } from 'react';

export function Table({
  rows,
  renderCell,
}: {
  rows: TableRow[];
  renderCell: (cell: TableCell) => ReactNode;
}) {
  const [head, ...body] = rows;
  return (
    <div className="overflow-x-auto" tabIndex={0} role="group">
      <table>
        {head && (
          <thead>
            <tr>
              {head.children.map((cell, index) => (
                <th key={index}>{renderCell(cell)}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>
              {row.children.map((cell, column) => (
                <td key={column}>{renderCell(cell)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
