/** How the parts of a reply grow. */
import type { Part } from './conversation';

/** The parts with more text at their end. */
export function appendText(parts: Part[], text: string): Part[] {
  const last = parts.at(-1);
  if (last?.type !== 'text') return [...parts, { type: 'text', text }];
  return [...parts.slice(0, -1), { type: 'text', text: last.text + text }];
}

/** The parts with more of the reasoning that is under way; without one, it begins at that time. */
export function appendReasoning(parts: Part[], text: string, at: number): Part[] {
  const last = parts.at(-1);
  return isThinking(last)
    ? [...parts.slice(0, -1), { ...last, text: last.text + text }]
    : [...parts, { type: 'reasoning', text, startedAt: at }];
}

/** The parts with the reasoning at their end, if there is one under way, ended at that time. */
export function endReasoning(parts: Part[], at: number): Part[] {
  const last = parts.at(-1);
  return isThinking(last) ? [...parts.slice(0, -1), { ...last, endedAt: at }] : parts;
}

function isThinking(part: Part | undefined): part is Part & { type: 'reasoning' } {
  return part?.type === 'reasoning' && part.endedAt === undefined;
}
