import { memo, type ReactNode } from 'react';
import { kinds, type LineColours } from '@/lib/panel/highlight/kinds';

/** How far a wrapped line goes in behind its first part, in characters, and the most in all. */
const HANGING = 2;
const MOST_HANGING = 20;
const TAB = 4;

/**
 * Some lines of code: their text as it is, in spans that do nothing but colour. A wrapped line is a
 * box of its own, so that what does not fit goes in further than the line began.
 */
export const CodeLines = memo(function CodeLines({
  text,
  colours,
  isWrapped,
}: {
  text: string;
  colours: readonly LineColours[] | undefined;
  isWrapped: boolean;
}) {
  if (!colours && !isWrapped) return text;
  const lines = text.split(/(?<=\n)/u);
  return lines.map((line, index) => {
    const content = coloured(line, colours?.[index] ?? []);
    if (!isWrapped) return content;
    const indent = `${hanging(line)}ch`;
    return (
      <span
        key={index}
        className="block"
        style={{ paddingInlineStart: indent, textIndent: `-${indent}` }}
      >
        {content}
      </span>
    );
  });
});

function coloured(line: string, colours: LineColours): ReactNode {
  if (colours.length === 0) return line;
  const parts: ReactNode[] = [line.slice(0, colours[0])];
  for (let at = 0; at < colours.length; at += 2) {
    const text = line.slice(colours[at], colours[at + 2]);
    const kind = kinds[colours[at + 1] ?? 0] ?? 'plain';
    parts.push(
      kind === 'plain' ? (
        text
      ) : (
        <span key={at} className={`code-${kind}`}>
          {text}
        </span>
      ),
    );
  }
  return parts;
}

function hanging(line: string): number {
  const space = /^[ \t]*/u.exec(line)?.[0] ?? '';
  const width = space.length + (TAB - 1) * (space.split('\t').length - 1);
  return Math.min(width + HANGING, MOST_HANGING);
}
