/** What a message says, whole and in short. */
import type { Message, PromptImage } from './conversation';
import { withoutMarks } from './without-marks';

const TITLE_LENGTH = 80;
const PREVIEW_LENGTH = 160;

/** So much of a text is read for a preview: addresses of links take their share of it. */
const PREVIEW_SOURCE = 2000;

/** The ids of a message's pictures, as far as they are there. */
export function imageIdsOf({ parts }: Pick<Message, 'parts'>): string[] {
  return parts.flatMap((part) => (part.type === 'image' && part.image ? [part.image.id] : []));
}

/** The pictures of a message, as they would go along with another prompt. */
export function promptImagesOf({ parts }: Pick<Message, 'parts'>): PromptImage[] {
  return parts.flatMap((part) =>
    part.type === 'image' && part.image ? [{ prompt: part.prompt, image: part.image }] : [],
  );
}

/** A message's text, without pictures and reasoning; texts with one of these between them are paragraphs. */
export function textOf({ parts }: Pick<Message, 'parts'>): string {
  let text = '';
  let isParted = false;
  for (const part of parts) {
    if (part.type === 'text') {
      text += isParted ? `\n\n${part.text}` : part.text;
      isParted = false;
    } else isParted = text !== '';
  }
  return text;
}

/** The start of a reply's text, for lists. */
export function previewOf(reply: Pick<Message, 'parts'>): string {
  return shorten(withoutMarks(textOf(reply).slice(0, PREVIEW_SOURCE)), PREVIEW_LENGTH);
}

/** A conversation's title, from its first prompt. */
export function titleOf(message: Message): string {
  return shorten(textOf(message), TITLE_LENGTH);
}

/** A text on one line, cut between characters as a person counts them: no emoji is torn. */
function shorten(text: string, length: number): string {
  const trimmed = text.trim();
  // Not through the middle of a pair that is one sign.
  const start = trimmed.slice(0, length * 4).replace(/[\ud800-\udbff]$/u, '');
  const characters = Array.from(
    new Intl.Segmenter().segment(start.replace(/\s+/gu, ' ')),
    ({ segment }) => segment,
  );
  const isWhole = start.length === trimmed.length;
  if (isWhole && characters.length <= length) return characters.join('');
  return `${characters
    .slice(0, Math.min(length, characters.length) - 1)
    .join('')
    .trimEnd()}…`;
}
