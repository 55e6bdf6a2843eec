/** The text of Markdown as it is shown; of what is drawn, formulas and diagrams, their source. */
import type { Nodes } from 'mdast';
import { groupDetails } from './details';
import { isDiagram } from './diagram-source';
import { footnotesOf } from './footnotes';
import { isBreaks, pairInlineHtml } from './inline-html';
import { parseMarkdown } from './parse';

/** Text, or the source of what is drawn in its place. */
export type ShownPiece = string | { drawn: string };

/** The lines of a text, a block each, notes at the end. */
export function shownLines(text: string): ShownPiece[][] {
  const blocks = groupDetails(parseMarkdown(text).blocks);
  const notes = footnotesOf(blocks);
  return [
    ...blocks.flatMap(({ node }) => linesOf(node)),
    ...notes.flatMap(({ definition }) => definition.children.flatMap(linesOf)),
  ];
}

function linesOf(node: Nodes): ShownPiece[][] {
  switch (node.type) {
    case 'root':
    case 'blockquote':
    case 'list':
    case 'listItem':
    case 'table':
    case 'tableRow':
      return node.children.flatMap(linesOf);
    case 'details':
      return [...(node.summary ? [[node.summary]] : []), ...node.children.flatMap(linesOf)];
    case 'definition':
    case 'footnoteDefinition':
      return [];
    case 'math':
      return [[{ drawn: node.value }]];
    case 'code':
      return [[isDiagram(node) ? { drawn: node.value } : node.value]];
    case 'html':
      return isBreaks(node.value) ? [] : [[node.value]];
    default:
      return [shownPieces(node)];
  }
}

function shownPieces(node: Nodes): ShownPiece[] {
  if (node.type === 'inlineMath') return [{ drawn: node.value }];
  if ('value' in node) return [node.value];
  if ('alt' in node) return [node.alt ?? ''];
  return 'children' in node ? pairInlineHtml(node.children).flatMap(shownPieces) : [];
}
