/** Streamed Markdown: what is settled keeps its parsed form, only the end is parsed again. */
import { Reader, type Block } from './reader';

export type { Block } from './reader';

/** A text in blocks; settled ones keep their identity from one parse of a growing text to the next. */
export interface ParsedMarkdown {
  text: string;
  blocks: Block[];
}

/** What read a text, and whether it read all of it. */
const readers = new WeakMap<ParsedMarkdown, { reader: Reader; isWhole: boolean }>();

/** Parses the text; where it continues the text of `before`, settled blocks are taken over. */
export function parseMarkdown(text: string, before?: ParsedMarkdown): ParsedMarkdown {
  return read(text, before, true);
}

/**
 * Parses a text that is still growing, at a cost that all in all is what the text is long: its end
 * may be shown in part or as it came, until `parseMarkdown` has the last word.
 */
export function growMarkdown(text: string, before?: ParsedMarkdown): ParsedMarkdown {
  return read(text, before, false);
}

function read(text: string, before: ParsedMarkdown | undefined, isWhole: boolean): ParsedMarkdown {
  const known = before && readers.get(before);
  if (before?.text === text && known?.isWhole === isWhole) return before;
  // A reader that has gone on from there with another text cannot go back.
  const canGoOn = known && known.reader.text === before?.text && text.startsWith(before.text);
  const reader = canGoOn ? known.reader : new Reader();
  const parsed = { text, blocks: isWhole ? reader.finish(text) : reader.grow(text) };
  readers.set(parsed, { reader, isWhole });
  return parsed;
}

/** The parser's first run is slow; this one is nobody's wait. */
export function warmUpMarkdown(): void {
  requestIdleCallback(() => void parseMarkdown('# a\n\n- **b** `c`\n\n| d |\n| - |\n| e |'));
}
