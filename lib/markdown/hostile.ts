/** What would cost the parser, or the page, without end. */

/** Containers within containers: the parser's depth, and the page's, goes with them. */
const TOO_DEEP =
  /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)[ \t]*(?:(?:>|[*+-](?=[ \t])|\d+[.)](?=[ \t]))[ \t]*){50}/m;

/** Marks of emphasis and ends of links in one paragraph: those without a partner cost the square of their number. */
const TOO_MANY_MARKS = 1500;

/** Code between fences, also when its end has not come: nothing in it is parsed. */
const FENCED = /^[ \t]*(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n(?:[\s\S]*?^[ \t]*\1|[\s\S]*)/gm;

/** The first paragraph that no writer needs: it is shown as it came, so that it cannot hang the page. */
export function findHostile(text: string): { from: number; to: number } | undefined {
  const prose = text.replaceAll(FENCED, (code) => code.replaceAll(/[^\n]/g, '.'));
  let from = 0;
  for (const paragraph of prose.split(/(?<=\n[ \t]*\n)/)) {
    const marks = paragraph.match(/[*_~\]]/g)?.length ?? 0;
    const to = from + paragraph.length;
    if (marks > TOO_MANY_MARKS || TOO_DEEP.test(paragraph)) return { from, to };
    from = to;
  }
  return undefined;
}
