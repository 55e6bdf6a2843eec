/** Tells what a model thinks from what it says, where it sends both as one text: `<think>…</think>`. */

const OPEN = '<think>';
const CLOSE = '</think>';
/** White space that may stand before the tag, in characters. */
const START_LIMIT = 100;

/** A piece of the stream, by what it is. */
export interface Piece {
  type: 'reasoning' | 'text';
  delta: string;
}

/** Takes a text piece by piece; what comes back is to be handed on. */
export interface ThinkTags {
  push(text: string): Piece[];
  /** What was held back, when the stream is over. */
  end(): Piece[];
}

/**
 * What stands between the tags is reasoning, without white space at its start and before the answer;
 * but only where the text begins with the tag: further on it is text as any other.
 */
export function splitThinkTags(): ThinkTags {
  let at: 'start' | 'reasoning' | 'answer' | 'text' = 'start';
  let held = '';
  let hasThought = false;

  const push = (text: string): Piece[] => {
    if (at === 'text') return piece('text', text);
    held += text;
    if (at === 'start') {
      const start = held.trimStart();
      const isOpen = start.length < OPEN.length && OPEN.startsWith(start);
      if (isOpen && held.length < START_LIMIT) return [];
      at = start.startsWith(OPEN) ? 'reasoning' : 'text';
      if (at === 'text') return piece('text', take(held.length));
      held = start.slice(OPEN.length);
    }
    const thought = at === 'reasoning' ? takeThought() : [];
    return at === 'answer' ? [...thought, ...takeAnswer()] : thought;
  };

  const take = (length: number): string => {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  };

  const takeThought = (): Piece[] => {
    if (!hasThought) held = held.trimStart();
    const close = held.indexOf(CLOSE);
    const thought = take(close < 0 ? held.length - startedLength(held, CLOSE) : close);
    hasThought ||= thought !== '';
    if (close >= 0) {
      take(CLOSE.length);
      at = 'answer';
    }
    return piece('reasoning', thought);
  };

  const takeAnswer = (): Piece[] => {
    held = held.trimStart();
    if (held === '') return [];
    at = 'text';
    return piece('text', take(held.length));
  };

  return {
    push,
    end: () => piece(at === 'reasoning' ? 'reasoning' : 'text', take(held.length)),
  };
}

function piece(type: Piece['type'], text: string): Piece[] {
  return text ? [{ type, delta: text }] : [];
}

/** How many characters at the end may be the beginning of the tag. */
function startedLength(text: string, tag: string): number {
  const most = Math.min(text.length, tag.length - 1);
  for (let length = most; length > 0; length -= 1) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
