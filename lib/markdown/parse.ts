/** Streamed Markdown: blocks that are settled keep their parsed form, only the end is parsed again. */
import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { fenceFromMarkdown } from './fences';
import { findHostile } from './hostile';
import { math, mathFromMarkdown } from './math';
import { resolveReferences } from './references';
import { cellSourceFromMarkdown } from './table-text';

export interface Block {
  /** Where the block's first line starts in the text. */
  start: number;
  node: RootContent;
  /** Whether it defines a link or a footnote, which text before it may refer to. */
  defines: boolean;
}

export interface ParsedMarkdown {
  text: string;
  blocks: Block[];
}

const options = {
  extensions: [gfm(), math()],
  mdastExtensions: [
    gfmFromMarkdown(),
    mathFromMarkdown(),
    fenceFromMarkdown(),
    cellSourceFromMarkdown(),
  ],
};

/** Blocks at the end that more text can still change: a list goes on after a blank line. */
const UNSETTLED = 2;

/**
 * Characters parsed at once. A single block that is longer is shown as it came, up to its next blank
 * line, so that nothing hangs.
 */
const PARSE_LIMIT = 50_000;

/** Parses the text; where it continues the text of `before`, settled blocks are taken over. */
export function parseMarkdown(text: string, before?: ParsedMarkdown): ParsedMarkdown {
  if (before?.text === text) return before;
  const continues = before !== undefined && text.startsWith(before.text);
  const blocks = continues ? continueFrom(before, text) : parseFrom(text, 0, false);
  if (!blocks.some(({ defines }) => defines)) return { text, blocks };
  // What is defined at the end changes what stands before, so such a text is always parsed whole.
  const whole = continues ? parseFrom(text, 0, false) : blocks;
  resolveReferences(whole.map(({ node }) => node));
  return { text, blocks: whole };
}

function continueFrom(before: ParsedMarkdown, text: string): Block[] {
  const last = before.blocks.at(-1);
  const isLong = last?.node.type === 'text' && before.text.length - last.start > PARSE_LIMIT;
  const settled = before.blocks.slice(0, isLong ? -1 : -UNSETTLED);
  const start = before.blocks[settled.length]?.start ?? 0;
  return [...settled, ...parseFrom(text, start, isLong)];
}

/** Also within a quote or a list. */
function isDefining(node: Nodes): boolean {
  return (
    node.type === 'definition' ||
    node.type === 'footnoteDefinition' ||
    ('children' in node && node.children.some(isDefining))
  );
}

/** Text that is shown as it came. */
function plainBlock(start: number, value: string): Block {
  return { start, node: { type: 'text', value }, defines: false };
}

/** `isLong` says that the first block is known to be over the limit. */
function parseFrom(text: string, from: number, isLong: boolean): Block[] {
  const blocks: Block[] = [];
  for (let start = from, isNextLong = isLong; ; isNextLong = false) {
    const parsed = isNextLong ? [] : parseWindow(text.slice(start, start + PARSE_LIMIT), start);
    if (!isNextLong && start + PARSE_LIMIT >= text.length) return [...blocks, ...parsed];
    const last = parsed.at(-1);
    if (last && last.start > start) {
      blocks.push(...parsed.slice(0, -1));
      start = last.start;
    } else {
      const end = text.indexOf('\n\n', start + PARSE_LIMIT);
      blocks.push(plainBlock(start, text.slice(start, end < 0 ? undefined : end)));
      if (end < 0) return blocks;
      start = end + 2;
    }
  }
}

function parseWindow(text: string, start: number): Block[] {
  const hostile = findHostile(text);
  if (!hostile) {
    return fromMarkdown(text, options).children.map((node) => {
      const offset = node.position?.start.offset ?? 0;
      // From the start of the line: the indentation counts when the block is parsed again.
      const lineStart = start + text.lastIndexOf('\n', offset - 1) + 1;
      return { start: lineStart, node, defines: isDefining(node) };
    });
  }
  const { from, to } = hostile;
  return [
    ...parseWindow(text.slice(0, from), start),
    plainBlock(start + from, text.slice(from, to)),
    ...parseWindow(text.slice(to), start + to),
  ];
}

/** The parser's first run is slow; this one is nobody's wait. */
export function warmUpMarkdown(): void {
  requestIdleCallback(() => void parseMarkdown('# a\n\n- **b** `c`\n\n| d |\n| - |\n| e |'));
}
