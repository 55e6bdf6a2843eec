/** What formulas within a text and on lines of their own have in common, as micromark's syntax. */
import type { Code, Construct, Effects, State } from 'micromark-util-types';
import type { MathSense } from './sense';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    inlineMath: 'inlineMath';
    math: 'math';
    mathOpening: 'mathOpening';
    mathClosing: 'mathClosing';
    mathData: 'mathData';
  }
}

export const DOLLAR = 36;
export const BACKSLASH = 92;

/** How a formula opens. */
export type Opening = '$' | '$$' | '\\(' | '\\[';
/** How it closes. */
export const closings = { $: '$', $$: '$$', '\\(': '\\)', '\\[': '\\]' } as const;

export const isLineEnding = (code: Code): boolean => code !== null && code < -2;

/** One UTF-16 unit; micromark has numbers of its own for line endings and tabs. */
export function unitOf(code: Code): string {
  if (code === null) return '';
  if (code < 0) return isLineEnding(code) ? '\n' : ' ';
  return String.fromCharCode(code);
}

/** Reads what opens a formula; `opened` says how to go on. */
export function readOpening(
  effects: Effects,
  nok: State,
  opened: (opening: Opening) => State,
): State {
  let text = '';
  const take: State = (code) => {
    text += unitOf(code);
    effects.consume(code);
    return next;
  };
  const next: State = (code) => {
    const unit = unitOf(code);
    if (unit && text.length === 1 && text + unit in closings) return take(code);
    if (!isOpening(text) || (text === '$$' && unit === '$')) return nok(code);
    effects.exit('mathOpening');
    return opened(text)(code);
  };
  return (code) => {
    effects.enter('mathOpening');
    return take(code);
  };
}

/** Whether the text opens a formula. */
export function isOpening(text: string): text is Opening {
  return text in closings;
}

/** Reads what closes a formula, where `isClosed` agrees with what comes next. */
export function readClosing(opening: Opening, isClosed: (next: Code) => boolean): Construct {
  const closing = closings[opening];
  return {
    partial: true,
    tokenize(effects, ok, nok) {
      let read = 0;
      const next: State = (code) => {
        if (read < closing.length) {
          if (unitOf(code) !== closing[read]) return nok(code);
          read += 1;
          effects.consume(code);
          return next;
        }
        effects.exit('mathClosing');
        return isClosed(code) ? ok(code) : nok(code);
      };
      return (code) => {
        effects.enter('mathClosing');
        return next(code);
      };
    },
  };
}

/** Reads at least one sign of a formula, and on to where it, or its line, could end. */
export function readData(
  effects: Effects,
  sense: MathSense,
  isStop: (code: Code) => boolean,
  after: State,
): State {
  const take: State = (code) => {
    sense.add(unitOf(code));
    effects.consume(code);
    return code === BACKSLASH ? escaped : next;
  };
  // A backslash takes the next sign with it, so that `\\)` and `\$` close nothing.
  const escaped: State = (code) => {
    if (code === null || isLineEnding(code)) return next(code);
    sense.add(unitOf(code));
    effects.consume(code);
    return next;
  };
  const next: State = (code) => {
    if (code !== null && !isLineEnding(code) && !isStop(code)) return take(code);
    effects.exit('mathData');
    return after(code);
  };
  return (code) => {
    effects.enter('mathData');
    return take(code);
  };
}

export function readLineEnding(effects: Effects, sense: MathSense, after: State): State {
  return (code) => {
    effects.enter('lineEnding');
    effects.consume(code);
    effects.exit('lineEnding');
    sense.add('\n');
    return after;
  };
}
