/** Has a model go on with a text that was cut off, and joins the two without a seam. */

/** Characters of the text so far that the model is asked to repeat: by them the place is found. */
const ANCHOR = 60;
/** Characters of the continuation that are held back until the place is found. */
const WINDOW = 200;
/** An overlap shorter than this may be chance, unless it is the whole broken word. */
const LEAST_OVERLAP = 4;

/** What the model is told after its own text so far. */
export function continuationPrompt(before: string): string {
  return (
    'Your last answer was cut off. Go on with it: first repeat its last words exactly as they ' +
    'stand below, then continue from there, with no word about it.\n\n' +
    anchorOf(before)
  );
}

/** The last words of the text, from the start of a word. */
function anchorOf(before: string): string {
  // The cut may go through a character, and services refuse half of one.
  const end = before.slice(-ANCHOR).replace(/^\p{Surrogate}/u, '');
  const space = end.search(/\s\S/u);
  return before.length > ANCHOR && space >= 0 ? end.slice(space).trimStart() : end.trimStart();
}

/** Takes a continuation piece by piece; what comes back is to be added to the text. */
export interface Joiner {
  push(piece: string): string;
  /** The rest, when the stream is over. */
  end(): string;
}

/** Joins a continuation to the text before: what it repeats of the end is left out. */
export function joinerFor(before: string): Joiner {
  let held: string | undefined = '';
  const settle = (start: string): string => {
    held = undefined;
    return joined(before, start);
  };
  return {
    push(piece) {
      if (held === undefined) return piece;
      held += piece;
      return held.length < WINDOW ? '' : settle(held);
    },
    end: () => (held === undefined ? '' : settle(held)),
  };
}

/** A letter or digit of a script that has spaces between words. */
const WORD = /^(?![\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}])[\p{L}\p{N}]/u;

function joined(before: string, start: string): string {
  const repeated = start.trimStart();
  const overlap = overlapOf(before.trimEnd(), repeated);
  if (overlap > 0) return withoutSpace(before, repeated.slice(overlap));
  const isInWord = WORD.test(before.slice(-1)) && WORD.test(start.slice(0, 1));
  return isInWord ? ` ${start}` : start;
}

/** How many characters at the start of one text are the end of the other. */
function overlapOf(end: string, start: string): number {
  const lastWord = /\S*$/u.exec(end.slice(-WINDOW))?.[0].length ?? 0;
  for (let length = Math.min(end.length, start.length, WINDOW); length > 0; length -= 1) {
    // One letter may be chance, unless it is all there is.
    const isWord = length === lastWord && (length > 1 || length === end.length);
    const isEnough = length >= LEAST_OVERLAP || isWord;
    if (isEnough && end.endsWith(start.slice(0, length))) return length;
  }
  return 0;
}

/** The space at which the text was cut is there already. */
function withoutSpace(before: string, rest: string): string {
  const space = before.slice(before.trimEnd().length);
  return rest.startsWith(space) ? rest.slice(space.length) : rest;
}
