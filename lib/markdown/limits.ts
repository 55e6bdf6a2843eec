/** How much of a text is parsed at once: what would cost the parser, or the page, without end is not. */

/** Characters of one block that cannot be cut; a longer one is shown as it came. */
const MOST_CHARACTERS = 50_000;

/** Marks of one block: those of emphasis and of links cost the square of their number. */
const MOST_MARKS = 1500;
const MARKS = new Set(['*', '_', '~', '[', ']'].map((mark) => mark.charCodeAt(0)));
/** What an underline that makes a heading counts for: the parser looks back for its text. */
const UNDERLINE_MARKS = 20;
/** So many spaces before a line count for one: they may be lists in lists, each of which is asked. */
const INDENTATION_OF_MARK = 8;
const UNDERLINE = /^[ \t>]*(?:=+|-+)[ \t]*$/;

/** Containers within containers in one line: the parser's depth, and the page's, goes with them. */
const TOO_DEEP = /^[ \t]*(?:(?:>|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]*\]:)[ \t]*){50}/;
/** A rule looks like lists in lists. */
const RULE = /^[ \t]*([-*])(?:[ \t]*\1)*[ \t]*$/;
/** So much of a line is looked at. */
const LINE_START = 1000;

/** Where parsing has to end, and why. Offsets in the text. */
export interface Limit {
  at: number;
  reason: 'text-end' | 'too-much' | 'too-deep';
  /** Marks up to there. */
  marks: number;
}

/** How far one may parse from a place. It depends on what stands before the limit alone. */
export function limitFrom(text: string, from: number): Limit {
  const most = Math.min(text.length, from + MOST_CHARACTERS);
  let marks = 0;
  for (let start = from; start < most;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(start, Math.min(end, start + LINE_START)).trimEnd();
    if (TOO_DEEP.test(line) && !(line.length < LINE_START && RULE.test(line))) {
      return { at: start, reason: 'too-deep', marks };
    }
    marks += Math.floor((line.length - line.trimStart().length) / INDENTATION_OF_MARK);
    if (UNDERLINE.test(line)) marks += UNDERLINE_MARKS;
    for (let at = start; at < Math.min(end, most); at += 1) {
      if (MARKS.has(text.charCodeAt(at))) marks += 1;
      if (marks > MOST_MARKS) return { at, reason: 'too-much', marks };
    }
    start = end;
  }
  return { at: most, reason: most < text.length ? 'too-much' : 'text-end', marks };
}
