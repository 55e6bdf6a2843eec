import type { ReactNode } from 'react';

/** A text with some of its words marked; `marks` are ranges of UTF-16 units, overlapping or not. */
export function Marked({ text, marks }: { text: string; marks: [start: number, end: number][] }) {
  const pieces: ReactNode[] = [];
  let end = 0;
  for (const [from, to] of marks) {
    const start = Math.max(from, end);
    if (to <= start) continue;
    pieces.push(
      text.slice(end, start),
      <mark key={start} className="rounded-[3px] bg-mark text-ink">
        {text.slice(start, to)}
      </mark>,
    );
    end = to;
  }
  return [...pieces, text.slice(end)];
}
