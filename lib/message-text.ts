/** What a message says, whole and in short. */
import type { Message } from './conversation';

const TITLE_LENGTH = 80;
const PREVIEW_LENGTH = 160;

/** Marks of Markdown that say nothing where everything is on one line. */
const MARKS = /^[ \t]*(?:#{1,6}|>|[-*+]|```\w*)[ \t]+|\*\*|__|`+/gmu;

/** The ids of a message's pictures, as far as they are there. */
export function imageIdsOf({ parts }: Pick<Message, 'parts'>): string[] {
  return parts.flatMap((part) => (part.type === 'image' && part.image ? [part.image.id] : []));
}

/** A message's text, without pictures. */
export function textOf(message: Pick<Message, 'parts'>): string {
  return message.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The start of a reply's text, for lists. */
export function previewOf(reply: Pick<Message, 'parts'>): string {
  const start = textOf(reply).slice(0, PREVIEW_LENGTH * 4);
  return shorten(start.replace(MARKS, ''), PREVIEW_LENGTH);
}

/** A conversation's title, from its first prompt. */
export function titleOf(message: Message): string {
  return shorten(textOf(message), TITLE_LENGTH);
}

/** A text on one line, cut between characters. */
function shorten(text: string, length: number): string {
  const line = text
    .trim()
    .slice(0, length * 4)
    .replace(/\s+/gu, ' ');
  const characters = Array.from(line.slice(0, length * 2 + 2));
  return characters.length > length
    ? `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}
