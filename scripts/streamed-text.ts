/** Prints a text that grows on a page, word by word, as far as it will not change any more. */

/** What may still turn into bold, code, a link, a table or a list once more of it has come. */
const MARKUP = /[*`|[\]#_]/u;

/** The start of a growing text that is sure to stay: whole words, up to unfinished markup. */
export function settledStart(text: string): string {
  const block = text.lastIndexOf('\n\n') + 1;
  const markup = text.slice(block).search(MARKUP);
  const known = markup < 0 ? text : text.slice(0, block + markup);
  return known.slice(0, known.search(/\S*$/u));
}

function commonLength(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}

/** Remembers what was written and writes the rest. */
export class StreamedText {
  readonly #write: (text: string) => void;
  #written = '';

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** The text so far. */
  grow(text: string): void {
    this.#go(settledStart(text));
  }

  /** The whole text, which is also the end of it. */
  end(text: string): void {
    this.#go(text);
    this.#write('\n');
  }

  #go(text: string): void {
    const same = commonLength(this.#written, text);
    if (same === this.#written.length) {
      this.#write(text.slice(same));
      this.#written = text;
    } else if (same < text.length) {
      // What was taken for settled has changed: its line is written once more.
      const line = text.lastIndexOf('\n', same - 1) + 1;
      this.#write(`\n${text.slice(line)}`);
      this.#written = text;
    }
  }
}
