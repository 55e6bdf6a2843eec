/** Reads foreign JSON field by field: only what is asked for, in the type that is asked for. */
import { fromBase64 } from '../../stream/base64';
import { isTemporary } from '../../conversation';
import { TransferError } from './transfer-error';

/** The most characters that an id may have. */
const ID_LIMIT = 200;
/** Visible characters of ASCII. */
const ID = /^[!-~]+$/u;
/** The last moment that a `Date` knows. */
const LAST_TIME = 8.64e15;

/** Parses one value. Throws `damaged` with `where` for what is no JSON. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new TransferError('damaged', where, { cause });
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a text can be an id of something that is kept. */
export function isId(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > ID_LIMIT || !ID.test(value)) return false;
  return !isTemporary({ id: value });
}

/**
 * The fields of one object. Each reader throws `damaged`, with the field's name, for a field that is
 * missing or of another type. Inherited names such as `constructor` count as missing.
 */
export class Fields {
  readonly where: string;
  readonly #record: Record<string, unknown>;

  constructor(value: unknown, where: string) {
    if (!isRecord(value)) throw new TransferError('damaged', where);
    this.#record = value;
    this.where = where;
  }

  fail(name: string): never {
    throw new TransferError('damaged', `${this.where}: ${name}`);
  }

  /** Whether the field is there at all. */
  has(name: string): boolean {
    return Object.hasOwn(this.#record, name);
  }

  /** Whatever stands there; undefined when nothing does. */
  value(name: string): unknown {
    return this.has(name) ? this.#record[name] : undefined;
  }

  text(name: string, limit = Infinity): string {
    const value = this.value(name);
    return typeof value === 'string' && value.length <= limit ? value : this.fail(name);
  }

  id(name: string): string {
    const value = this.value(name);
    return isId(value) ? value : this.fail(name);
  }

  idOrNull(name: string): string | null {
    return this.value(name) === null ? null : this.id(name);
  }

  /** A number that is not negative. */
  number(name: string): number {
    const value = this.value(name);
    return typeof value === 'number' && value >= 0 && value < Infinity ? value : this.fail(name);
  }

  /** Milliseconds since the epoch. */
  time(name: string): number {
    const value = this.number(name);
    return value <= LAST_TIME ? value : this.fail(name);
  }

  flag(name: string): boolean {
    const value = this.value(name);
    return typeof value === 'boolean' ? value : this.fail(name);
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.value(name);
    return words.find((word) => word === value) ?? this.fail(name);
  }

  fields(name: string): Fields {
    return new Fields(this.value(name), `${this.where}: ${name}`);
  }

  list(name: string): Fields[] {
    const value = this.value(name);
    if (!Array.isArray(value)) return this.fail(name);
    return value.map((item, index) => new Fields(item, `${this.where}: ${name}[${index}]`));
  }

  texts(name: string): string[] {
    const value = this.value(name);
    if (!Array.isArray(value)) return this.fail(name);
    return value.map((item) => (typeof item === 'string' ? item : this.fail(name)));
  }

  base64(name: string, limit = Infinity): Uint8Array<ArrayBuffer> {
    try {
      return fromBase64(this.text(name, limit));
    } catch (cause) {
      throw new TransferError('damaged', `${this.where}: ${name}`, { cause });
    }
  }
}
