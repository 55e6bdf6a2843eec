/** Formulas on lines of their own: `$$…$$` and `\[…\]`, from the start of a line to the end of one. */
import type { Construct, Effects, State } from 'micromark-util-types';
import { MathSense } from './sense';
import {
  closings,
  isLineEnding,
  readClosing,
  readData,
  readLineEnding,
  readOpening,
  unitOf,
  type Opening,
} from './syntax';

export const math: Construct = {
  name: 'math',
  // No list or quote begins in it.
  concrete: true,
  tokenize(effects, ok, nok) {
    const sense = new MathSense();
    let opening: Opening = '$$';
    let isFirstLine = true;
    /** Whether the opening stands alone on its line, as that of code does. */
    let isAlone = false;
    let isEmptyLine = false;
    /** Whether words stand behind what closes it: then it is no formula of its own lines. */
    let isFollowed = false;

    const between: State = (code) => {
      if (isLineEnding(code)) return atLineEnd(code);
      if (sense.opensAnother) return nok(code);
      if (code === null) return !isFirstLine || isLikely() ? finished(code) : nok(code);
      isEmptyLine &&= !unitOf(code).trim();
      const isClosing = unitOf(code) === closings[opening][0];
      return isClosing ? effects.attempt(closing, closed, notClosed)(code) : data(code);
    };
    const isLikely = () => sense.isBlank || sense.hasSign;
    const data: State = (code) =>
      readData(
        effects,
        sense,
        (next) => {
          isEmptyLine &&= !unitOf(next).trim();
          return unitOf(next) === closings[opening][0];
        },
        between,
      )(code);
    const atLineEnd: State = (code) => {
      if (isFirstLine) {
        if (!isLikely()) return nok(code);
        isAlone = sense.isBlank;
        // Whether it ends a paragraph is asked with this line alone.
        if (this.interrupt) return ok(code);
      }
      // As code between fences, it ends where it is closed; any other at a blank line at the latest.
      if (isEmptyLine && !(isAlone && opening === '$$')) return nok(code);
      return effects.check(nextLine, lineEnding, finished)(code);
    };
    const lineEnding: State = (code) => {
      isFirstLine = false;
      isEmptyLine = true;
      return readLineEnding(effects, sense, between)(code);
    };
    const closing: Construct = {
      partial: true,
      tokenize: (inner, isOk, isNok) => {
        const sequence = readClosing(opening, (next) => opening === '\\[' || unitOf(next) !== '$');
        const end = readLineRest(inner, isOk, (code) => {
          isFollowed = true;
          return isNok(code);
        });
        return inner.attempt(sequence, end, isNok);
      },
    };
    const closed: State = (code) => {
      const isText = sense.isBlank || (opening === '\\[' && sense.isBracketed);
      return isFirstLine && isText ? nok(code) : finished(code);
    };
    const notClosed: State = (code) => (isFollowed ? nok(code) : data(code));
    const finished: State = (code) => {
      effects.exit('math');
      return ok(code);
    };
    const opened = readOpening(effects, nok, (found) => {
      opening = found;
      const isOfLines = opening === '$$' || opening === '\\[';
      return isOfLines ? between : nok;
    });
    return (code) => {
      effects.enter('math');
      return opened(code);
    };
  },
};

/** Reads spaces up to the end of the line; anything else is refused. */
function readLineRest(effects: Effects, ok: State, nok: State): State {
  const atEnd: State = (code) => (code === null || isLineEnding(code) ? ok(code) : nok(code));
  const spaces: State = (code) => {
    if (unitOf(code) === ' ') {
      effects.consume(code);
      return spaces;
    }
    effects.exit('whitespace');
    return atEnd(code);
  };
  return (code) => {
    if (unitOf(code) !== ' ') return atEnd(code);
    effects.enter('whitespace');
    return spaces(code);
  };
}

/** Whether the next line still belongs to the same quote or list. */
const nextLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    const after: State = (code) => (this.parser.lazy[this.now().line] ? nok(code) : ok(code));
    return (code) => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return after;
    };
  },
};
