/** One run of the parser: a piece of a text, with the names of links and notes that are known outside it. */
import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Construct, Extension } from 'micromark-util-types';
import { fenceFromMarkdown } from './fences';
import { math, mathFromMarkdown } from './math';
import { cellSourceFromMarkdown } from './table-text';

/** What of Markdown is understood: CommonMark, GFM, formulas. */
export const syntax = [gfm(), math()];
/** What the tree tells of it. */
export const trees = [
  gfmFromMarkdown(),
  mathFromMarkdown(),
  fenceFromMarkdown(),
  cellSourceFromMarkdown(),
];

/** Begins the name of a footnote; the parser's names of links have no small letters. */
export const NOTE = 'note ';

/** The blocks of a piece, and every name that it asked for: another answer could change them. */
export interface Piece {
  nodes: RootContent[];
  asked: ReadonlySet<string>;
}

/** Parses a piece that begins at the start of a block; `isKnown` says what is defined elsewhere. */
export function parsePiece(text: string, isKnown: (name: string) => boolean): Piece {
  const asked = new Set<string>();
  // At the very start the parser takes this mark for no text at all.
  const value = text.startsWith('\uFEFF') ? `\uFEFF${text}` : text;
  const { children } = fromMarkdown(value, {
    extensions: [...syntax, knowing(isKnown, asked)],
    mdastExtensions: trees,
  });
  return { nodes: children, asked };
}

/** Runs before anything else and takes nothing: only to reach the parser's lists of what is defined. */
function knowing(isKnown: (name: string) => boolean, asked: Set<string>): Extension {
  const construct: Construct = {
    tokenize(_effects, _ok, nok) {
      const { parser } = this;
      if (!(parser.defined instanceof Defined)) {
        parser.defined = new Defined(parser.defined, '', isKnown, asked);
        parser.gfmFootnotes = new Defined(parser.gfmFootnotes ?? [], NOTE, isKnown, asked);
      }
      return nok;
    },
  };
  return { document: { null: [construct] } };
}

/** The parser's list of what is defined: it knows more than the piece says, and notes who asks. */
class Defined extends Array<string> {
  readonly #own: Set<string>;
  readonly #prefix: string;
  readonly #isKnown: (name: string) => boolean;
  readonly #asked: Set<string>;

  constructor(
    own: string[],
    prefix: string,
    isKnown: (name: string) => boolean,
    asked: Set<string>,
  ) {
    super();
    this.#own = new Set(own);
    this.#prefix = prefix;
    this.#isKnown = isKnown;
    this.#asked = asked;
  }

  override push(...names: string[]): number {
    for (const name of names) this.#own.add(name);
    return this.#own.size;
  }

  override includes(name: string): boolean {
    this.#asked.add(this.#prefix + name);
    return this.#own.has(name) || this.#isKnown(this.#prefix + name);
  }
}
