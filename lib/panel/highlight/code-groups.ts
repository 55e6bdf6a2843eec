/** Code in groups of lines, so that what is added to it draws only its last group again. */
import type { LineColours } from './kinds';

/** Lines in a group. */
export const GROUP = 50;

export interface CodeGroups {
  code: string;
  /** The code, cut behind each 50th line; all but the last end in a line end. */
  texts: string[];
  lineCount: number;
}

/** Groups the code; where it continues that of `before`, full groups are taken over. */
export function groupLines(code: string, before?: CodeGroups): CodeGroups {
  if (before?.code === code) return before;
  const continues = before !== undefined && code.startsWith(before.code);
  const texts = continues ? before.texts.slice(0, -1) : [];
  let start = continues ? before.code.length - (before.texts.at(-1)?.length ?? 0) : 0;
  let linesInGroup = 0;
  for (let at = code.indexOf('\n', start); at >= 0; at = code.indexOf('\n', at + 1)) {
    linesInGroup += 1;
    if (linesInGroup < GROUP) continue;
    texts.push(code.slice(start, at + 1));
    start = at + 1;
    linesInGroup = 0;
  }
  const lineCount = texts.length * GROUP + linesInGroup + 1;
  return { code, texts: [...texts, code.slice(start)], lineCount };
}

/** The colours of each line of each group, as far as they are known. */
export type ColourGroups = readonly (readonly LineColours[] | undefined)[];

/** With the colours of lines from the one numbered `from` on; only their groups are new. */
export function placeColours(
  groups: ColourGroups,
  from: number,
  lines: readonly LineColours[],
): ColourGroups {
  const placed = [...groups];
  for (let done = 0; done < lines.length;) {
    const index = Math.floor((from + done) / GROUP);
    const at = (from + done) % GROUP;
    const part = lines.slice(done, done + GROUP - at);
    const group = placed[index] ?? [];
    placed[index] = [...group.slice(0, at), ...part, ...group.slice(at + part.length)];
    done += part.length;
  }
  return placed;
}
