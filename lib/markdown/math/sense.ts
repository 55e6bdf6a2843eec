/** Tells formulas from prices, shell variables and other text that has dollars or brackets in it. */

/** What hardly any text has and nearly every formula of more than a word. */
const SIGNS = new Set('\\^_={}<>');
const LETTER = /\p{L}/u;

/** Reads a possible formula, one UTF-16 unit after another. */
export class MathSense {
  length = 0;
  /** The last unit that was read. */
  last = '';
  /** Whether another formula opens in it: TeX has no such thing. */
  opensAnother = false;
  #first = '';
  #isEscape = false;
  #hasSign = false;
  #run = 0;
  #words = 0;
  #longWords = 0;

  add(unit: string): void {
    const before = this.last;
    this.length += 1;
    this.last = unit;
    if (this.#isEscape && (unit === '(' || unit === '[')) this.opensAnother = true;
    this.#isEscape = unit === '\\' && !this.#isEscape;
    if (!this.#first.trim()) this.#first = unit;
    if (SIGNS.has(unit)) this.#hasSign = true;
    // The letters of "2ab" are no word.
    if (LETTER.test(unit)) this.#run += /\d/.test(before) ? NaN : 1;
    else this.#run = 0;
    if (this.#run === 2) this.#words += 1;
    if (this.#run === 3) this.#longWords += 1;
  }

  get isBlank(): boolean {
    return !this.#first.trim();
  }

  get hasSign(): boolean {
    return this.#hasSign;
  }

  /** Words, or an amount of money with a word, and nothing of a formula. */
  get isProse(): boolean {
    return !this.#hasSign && this.#words >= (/\d/.test(this.#first) ? 1 : 2);
  }

  /** What people put into brackets with a backslash so that it is no link: `\[1\]`, `\[x\]`, `\[see below\]`. */
  get isBracketed(): boolean {
    const isMark = this.length <= 3 && /[\dxX]/.test(this.#first);
    return !this.#hasSign && (this.#longWords > 0 || isMark);
  }
}
