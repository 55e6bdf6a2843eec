/**
 * Formulas within a text: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`. A dollar opens one by pandoc's rule,
 * and some more, so that prices stay text.
 */
import type { Code, Construct, State } from 'micromark-util-types';
import { MathSense } from './sense';
import {
  closings,
  DOLLAR,
  isLineEnding,
  readClosing,
  readData,
  readLineEnding,
  readOpening,
  unitOf,
  type Opening,
} from './syntax';

/** So many characters it may have. */
const LIMIT = 1000;

export const inlineMath: Construct = {
  name: 'inlineMath',
  // Not within a row of dollars.
  previous(code) {
    return code !== DOLLAR || this.events.at(-1)?.[1].type === 'characterEscape';
  },
  tokenize(effects, ok, nok) {
    const before = unitOf(this.previous);
    const sense = new MathSense();
    let opening: Opening = '$';
    /** Whether a closing was found, but what it closes is none. */
    let isText = false;

    const between: State = (code) => {
      if (isEnd(code)) return nok(code);
      if (isLineEnding(code)) return readLineEnding(effects, sense, between)(code);
      return isClosing(code) ? effects.attempt(closing(), closed, notClosed)(code) : data(code);
    };
    // Code comes first.
    const isEnd = (code: Code) =>
      code === null || unitOf(code) === '`' || sense.length > LIMIT || sense.opensAnother;
    const isClosing = (code: Code) => unitOf(code) === closings[opening][0];
    const data = readData(
      effects,
      sense,
      (code) => isEnd(code) || isClosing(code),
      (code) => between(code),
    );
    const closing = () =>
      readClosing(opening, (next) => {
        isText = !isFormula(opening, sense, unitOf(next));
        return !isText;
      });
    // What closes no formula ends the search all the same: it may well open one.
    const notClosed: State = (code) => (isText ? nok(code) : data(code));
    const closed: State = (code) => {
      effects.exit('inlineMath');
      return ok(code);
    };
    const opened = readOpening(effects, nok, (found) => {
      opening = found;
      return (code) => (isStart(opening, before, unitOf(code)) ? between(code) : nok(code));
    });
    return (code) => {
      effects.enter('inlineMath');
      return opened(code);
    };
  },
};

/** Whether dollars open a formula, by what stands before and after them. */
function isStart(opening: Opening, before: string, after: string): boolean {
  // "US$5", "100$"; a Chinese word may well stand before one.
  if (opening === '$') return after.trim() !== '' && !/[\p{Script=Latin}\d]/u.test(before);
  // "cheap ($), dear ($$)"
  return opening !== '$$' || !/[),.;:!?\]}]/.test(after);
}

/** Whether what stands before a closing is a formula. */
function isFormula(opening: Opening, sense: MathSense, after: string): boolean {
  if (opening === '$' && !isEndOfDollars(sense.last, after)) return false;
  if (opening === '$$' && after === '$') return false;
  if (opening === '\\[') return !sense.isBlank && !sense.isBracketed && after !== '(';
  return !sense.isBlank && !sense.isProse;
}

/** Whether a dollar closes a formula, by what stands before and after it. */
function isEndOfDollars(before: string, after: string): boolean {
  if (!before.trim() || /[\d${]/.test(after)) return false;
  // "$n$th" is a formula, "$HOME/$USER" is none.
  return !/[a-z_]/i.test(after) || /[\p{L}\d})\]|'*]/u.test(before);
}
