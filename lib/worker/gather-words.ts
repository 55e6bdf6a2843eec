/** Words that arrive within one task go out together: a network packet can hold hundreds. */
import type { ConversationEvent } from '../conversation';

/** Characters of one event: more than that is hard to draw in one frame. */
const MOST = 2000;

type Words = Extract<ConversationEvent, { type: 'text-delta' | 'reasoning-delta' }>;
type Publish = (words: Words) => void;

/** By conversation, what waits for the end of the task; there is an entry from the task's first words on. */
const gathering = new Map<object, Words | undefined>();

/** Publishes the first words of a task at once, so that nobody waits for a single word, and others after it. */
export function gatherWords(opened: object, words: Words, publish: Publish): void {
  if (!gathering.has(opened)) {
    gathering.set(opened, undefined);
    setTimeout(() => releaseWords(opened, publish));
    inPieces(words, publish);
    return;
  }
  const before = gathering.get(opened);
  const isJoined = before?.messageId === words.messageId && before.type === words.type;
  if (before && !isJoined) inPieces(before, publish);
  gathering.set(opened, isJoined ? { ...words, text: before.text + words.text } : words);
}

/** Publishes what waits; what follows in the task is the first again. */
export function releaseWords(opened: object, publish: Publish): void {
  const words = gathering.get(opened);
  gathering.delete(opened);
  if (words) inPieces(words, publish);
}

function inPieces(words: Words, publish: Publish): void {
  let start = 0;
  // Reasoning may begin without a word.
  do {
    publish({ ...words, text: words.text.slice(start, start + MOST) });
    start += MOST;
  } while (start < words.text.length);
}
