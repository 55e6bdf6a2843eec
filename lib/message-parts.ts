/** How the parts of a reply grow. */
import type { ImageInfo, Part } from './conversation';

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

/** The parts with the picture in the first place that is free; where none is, at their end. */
export function addImage(parts: Part[], image: ImageInfo, prompt: string): Part[] {
  const index = parts.findIndex((part) => part.type === 'image' && !part.image);
  const place = parts[index];
  return place?.type === 'image'
    ? parts.with(index, { ...place, image })
    : [...parts, { type: 'image', prompt, image }];
}

/** The parts without the places that stayed free: fewer pictures came than were asked for. */
export function withoutPlaces(parts: Part[]): Part[] {
  const hasImage = parts.some((part) => part.type === 'image' && part.image);
  return hasImage ? parts.filter((part) => part.type !== 'image' || part.image) : parts;
}

function isThinking(part: Part | undefined): part is Part & { type: 'reasoning' } {
  return part?.type === 'reasoning' && part.endedAt === undefined;
}
