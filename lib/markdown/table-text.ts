/** Tables on their way into other programs. */
import type { Nodes, Table } from 'mdast';
import type { Extension } from 'mdast-util-from-markdown';
import { pairInlineHtml } from './inline-html';
import { mathSource } from './math';

declare module 'mdast' {
  interface TableCellData {
    /** The Markdown in it, as it was written. */
    source?: string;
  }
}

/** Lets cells remember their Markdown. */
export function cellSourceFromMarkdown(): Extension {
  return {
    exit: {
      tableContent(token) {
        const cell = this.stack.at(-1);
        if (cell?.type === 'tableCell') cell.data = { source: this.sliceSerialize(token) };
      },
    },
  };
}

const RULES = { left: ':--', center: ':-:', right: '--:', none: '---' };

/** The table as Markdown, its cells as they were written. */
export function tableMarkdown({ align, children }: Table): string {
  const [head = [], ...body] = children.map((row) =>
    row.children.map(({ data }) => data?.source ?? ''),
  );
  const rules = head.map((_, column) => RULES[align?.[column] ?? 'none']);
  return [head, rules, ...body].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** The table as CSV by RFC 4180: the texts of its cells, formulas as TeX. */
export function tableCsv({ children }: Table): string {
  const lines = children.map((row) =>
    row.children.map((cell) => quoted(textWithFormulas(cell))).join(','),
  );
  return lines.map((line) => `${line}\r\n`).join('');
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a node within a line, formulas as TeX. */
export function textWithFormulas(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if (node.type === 'inlineMath') return mathSource(node);
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? pairInlineHtml(node.children).map(textWithFormulas).join('') : '';
}
