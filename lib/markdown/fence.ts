/** Code between fences at the start of a line: nothing in it is parsed. */
import type { Code } from 'mdast';
import { parsePiece } from './syntax';

const OPENING = /(?:(`{3,})[^`\n\r]*|(~{3,})[^\n\r]*)(?:\r\n|\n|\r)/y;

/** What is known of the code after a look. */
export interface Fenced {
  node: Code;
  /** Where the text goes on; undefined as long as more text can belong to the code. */
  end: number | undefined;
}

/** A block of code whose end may not have come. */
export class Fence {
  readonly start: number;
  readonly #from: number;
  readonly #closing: RegExp;
  /** The block without its code. */
  readonly #node: Code;
  /** Up to here there is no closing. */
  #searched: number;

  private constructor(start: number, from: number, marks: string, node: Code) {
    this.start = start;
    this.#from = from;
    this.#searched = from;
    this.#node = node;
    const [mark] = marks;
    this.#closing = new RegExp(
      `(?<=[\\n\\r]) {0,3}${mark}{${marks.length},}[ \\t]*(\\r\\n|\\n|\\r|$)`,
      'g',
    );
  }

  /** The one that begins here, if its first line is complete. */
  static open(text: string, start: number): Fence | undefined {
    OPENING.lastIndex = start;
    const [opening, graves, tildes] = OPENING.exec(text) ?? [];
    const marks = graves ?? tildes;
    // A line that ends with the text may be about to end in two characters.
    if (!opening || !marks || start + opening.length === text.length) return undefined;
    const [node] = parsePiece(opening, () => false).nodes;
    return node?.type === 'code'
      ? new Fence(start, start + opening.length, marks, node)
      : undefined;
  }

  /** Reads on: of a text that has grown, what is new. */
  read(text: string): Fenced {
    this.#closing.lastIndex = this.#searched;
    const closing = this.#closing.exec(text);
    const to = closing?.index ?? text.length;
    // The line ending before the closing is none of the code's.
    const value = text
      .slice(this.#from, to)
      .replace(/(?:\r\n|\n|\r)$/, '')
      .replaceAll('\0', '\uFFFD');
    const node: Code = { ...this.#node, value, ...(closing && { data: { isClosed: true } }) };
    if (closing?.[1]) return { node, end: closing.index + closing[0].length };
    this.#searched = Math.max(this.#from, text.lastIndexOf('\n', text.length - 1) + 1);
    if (closing) this.#searched = closing.index;
    return { node, end: undefined };
  }
}
