/** The text of Markdown as it is shown. What is drawn, formulas and diagrams, is no text. */
import type { Nodes } from 'mdast';
import { groupDetails } from './details';
import { isDiagram } from './diagram-source';
import { footnotesOf } from './footnotes';
import { isBreaks, pairInlineHtml } from './inline-html';
import { parseMarkdown } from './parse';

/** The lines of a text, a block each, notes at the end. */
export function shownLines(text: string): string[] {
  const blocks = groupDetails(parseMarkdown(text).blocks);
  const notes = footnotesOf(blocks);
  return [
    ...blocks.flatMap(({ node }) => linesOf(node)),
    ...notes.flatMap(({ definition }) => definition.children.flatMap(linesOf)),
  ];
}

function linesOf(node: Nodes): string[] {
  switch (node.type) {
    case 'root':
    case 'blockquote':
    case 'list':
    case 'listItem':
    case 'table':
    case 'tableRow':
      return node.children.flatMap(linesOf);
    case 'details':
      return [node.summary, ...node.children.flatMap(linesOf)].filter(Boolean);
    case 'definition':
    case 'footnoteDefinition':
    case 'math':
      return [];
    case 'code':
      return isDiagram(node) ? [] : [node.value];
    case 'html':
      return isBreaks(node.value) ? [] : [node.value];
    default:
      return [shownText(node)];
  }
}

/** The text of a node within a line. */
export function shownText(node: Nodes): string {
  if (node.type === 'inlineMath') return '';
  if ('value' in node) return node.value;
  if ('alt' in node) return node.alt ?? '';
  return 'children' in node ? pairInlineHtml(node.children).map(shownText).join('') : '';
}
