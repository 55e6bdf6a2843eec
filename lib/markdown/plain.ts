/** Text that is shown as it came, up to the next blank line; in pieces, so that the page need not lay all of it out again. */

/** Characters of a piece. */
const PIECE = 8192;
/** So far before its end a piece may end, to end between words. */
const SLACK = 200;
const BLANK_LINE = /\n\r?\n/g;

export class Plain {
  /** Where the piece begins that is not settled. */
  start: number;
  /** Up to here there is no blank line. */
  #searched: number;

  constructor(start: number, searched: number) {
    this.start = start;
    this.#searched = searched;
  }

  /** Takes the next piece that no later text changes. `isLast`: the text goes on after a blank line at `end`. */
  next(text: string): { start: number; stop: number; end: number; isLast: boolean } | undefined {
    BLANK_LINE.lastIndex = this.#searched;
    const blank = BLANK_LINE.exec(text);
    // A blank line may have begun with the last characters.
    const known = blank?.index ?? text.length - 2;
    if (!blank) this.#searched = Math.max(this.#searched, known);
    const { start } = this;
    if (known - start > PIECE) {
      const { stop, end } = breakBefore(text, start, start + PIECE);
      this.start = end;
      return { start, stop, end, isLast: false };
    }
    return blank
      ? { start, stop: blank.index, end: blank.index + blank[0].length, isLast: true }
      : undefined;
  }
}

/** Where a piece ends and the next one begins: between lines, or else words, or else characters. */
function breakBefore(text: string, start: number, most: number): { stop: number; end: number } {
  const newline = text.lastIndexOf('\n', most - 1);
  // The line ends with its piece anyway.
  if (newline > start) return { stop: newline, end: newline + 1 };
  const space = text.slice(most - SLACK, most).search(/\s\S*$/);
  // Not within a character of two units.
  const isWithin = /[\uD800-\uDBFF]/.test(text.charAt(most - 1));
  const end = space >= 0 ? most - SLACK + space + 1 : isWithin ? most - 1 : most;
  return { stop: end, end };
}
