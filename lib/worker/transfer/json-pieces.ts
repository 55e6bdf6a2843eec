/**
 * Reads a large JSON file piece by piece: the members of a list at the root, or those of an object's
 * fields and of the lists in them. Only one piece at a time is parsed.
 */
import { parseJson } from './fields';
import { TransferError } from './transfer-error';

/** The most characters of one piece: a picture in base64 must fit. */
const PIECE_LIMIT = 48 * 1024 * 1024;

export interface JsonPiece {
  /** The field that it stands in; empty for a member of the list at the root. */
  key: string;
  value: unknown;
  /** Names its place, for the details of a fault. */
  where: string;
}

/**
 * The pieces in their order; of an object, only the fields that `isWanted` names. Throws
 * `unknown-format` for what is neither list nor object, `damaged` for what is no JSON.
 */
export async function* jsonPieces(
  texts: AsyncIterable<string>,
  isWanted: (key: string) => boolean,
): AsyncGenerator<JsonPiece, void, void> {
  const scanner = new Scanner(isWanted);
  for await (const text of texts) yield* scanner.take(text);
  scanner.finish();
}

/** What can change where we are: outside a text, and inside one. */
const STRUCTURE = /["{}[\],]/gu;
const TEXT_END = /["\\]/gu;
const KEY_BEFORE = /^\s*("(?:[^"\\]|\\.){0,1000}")\s*:/u;

class Scanner {
  readonly #isWanted: (key: string) => boolean;
  #root: '' | '[' | '{' = '';
  /** Lists and objects that are open. */
  #depth = 0;
  /** How deep the pieces stand: directly in the root, or in a list that is a field of it. */
  #pieceDepth = 1;
  #isInText = false;
  #isEscaped = false;
  /** The beginning of the piece that is being read. */
  #piece = '';
  #isDropped = false;
  /** The field whose list is being read. */
  #key = '';
  #index = 0;

  constructor(isWanted: (key: string) => boolean) {
    this.#isWanted = isWanted;
  }

  *take(text: string): Generator<JsonPiece, void, void> {
    if (text === '') return;
    let from = 0;
    let at = 0;
    if (this.#isEscaped) {
      this.#isEscaped = false;
      at = 1;
    }
    while (at < text.length) {
      const pattern = this.#isInText ? TEXT_END : STRUCTURE;
      pattern.lastIndex = at;
      const match = pattern.exec(text);
      if (!match) break;
      const sign = match[0];
      at = match.index + 1;
      if (sign === '\\') {
        // A surrogate pair cannot follow: the sign that is escaped is one unit.
        this.#isEscaped = at >= text.length;
        at += 1;
      } else if (sign === '"') {
        if (this.#depth === 0) this.#fail();
        this.#isInText = !this.#isInText;
      } else if (sign === '[' || sign === '{') {
        if (this.#open(sign, text.slice(from, match.index))) from = at;
      } else if (this.#depth === 0) {
        this.#fail();
      } else {
        const isEnd = sign !== ',';
        if (this.#depth === this.#pieceDepth) {
          this.#append(text.slice(from, match.index));
          from = at;
          yield* this.#closePiece();
        }
        if (isEnd) this.#close();
      }
    }
    this.#append(text.slice(from));
  }

  finish(): void {
    if (this.#root === '') throw new TransferError('unknown-format');
    if (this.#depth > 0) throw new TransferError('damaged', `${this.#place()}: end of the file`);
  }

  /** Whether pieces begin behind this sign. */
  #open(sign: '[' | '{', before: string): boolean {
    const isRoot = this.#depth === 0;
    if (isRoot) {
      if (this.#root !== '' || (this.#piece + before).trim() !== '') this.#fail();
      this.#root = sign;
    }
    const isInRoot = this.#root === '{' && this.#depth === 1 && sign === '[';
    const field = isInRoot ? fieldOf(this.#piece + before) : undefined;
    const isField = field !== undefined && field.text.trim() === '';
    // Each search for a name goes through all of the piece so far: one is enough.
    if (isInRoot && !isField) this.#fail();
    this.#depth += 1;
    if (isField) {
      this.#key = field.key;
      this.#index = 0;
      this.#pieceDepth = 2;
    }
    if (isRoot || isField) this.#startPiece();
    return isRoot || isField;
  }

  #close(): void {
    if (this.#depth === 2 && this.#pieceDepth === 2) {
      this.#pieceDepth = 1;
      this.#key = '';
      this.#startPiece();
    }
    this.#depth -= 1;
  }

  #startPiece(): void {
    this.#piece = '';
    this.#isDropped = this.#key !== '' && !this.#isWanted(this.#key);
  }

  *#closePiece(): Generator<JsonPiece, void, void> {
    const text = this.#piece;
    const where = this.#place();
    const isDropped = this.#isDropped;
    this.#startPiece();
    if (isDropped || text.trim() === '') return;
    this.#index += 1;
    if (this.#root === '[' || this.#pieceDepth === 2) {
      yield { key: this.#key, value: parseJson(text, where), where };
      return;
    }
    const field = fieldOf(text);
    if (!field) throw new TransferError('damaged', where);
    if (!this.#isWanted(field.key)) return;
    yield { key: field.key, value: parseJson(field.text, field.key), where: field.key };
  }

  #append(text: string): void {
    if (this.#isDropped) return;
    this.#piece += text;
    if (this.#depth === 0 && this.#piece.trim() !== '') this.#fail();
    if (this.#piece.length <= PIECE_LIMIT) return;
    const field = this.#root === '{' && this.#pieceDepth === 1 ? fieldOf(this.#piece) : undefined;
    if (!field || this.#isWanted(field.key)) throw new TransferError('too-large', this.#place());
    this.#isDropped = true;
    this.#piece = '';
  }

  #place(): string {
    return `${this.#key || 'JSON'}[${this.#index}]`;
  }

  /** What does not begin like JSON is of another format; after that it is damaged. */
  #fail(): never {
    throw this.#root === ''
      ? new TransferError('unknown-format')
      : new TransferError('damaged', this.#place());
  }
}

/** A field's name, and the text of its value. */
function fieldOf(piece: string): { key: string; text: string } | undefined {
  const match = KEY_BEFORE.exec(piece);
  if (!match?.[1]) return undefined;
  return { key: String(parseJson(match[1], 'JSON')), text: piece.slice(match[0].length) };
}
