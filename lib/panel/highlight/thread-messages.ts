/** What crosses between a page and its highlighting thread. */
import type { LineColours } from './kinds';
import type { GrammarId } from './languages';

/** What a page posts to the thread; `block` is a number that no other block of the page has had. */
export type ThreadRequest =
  /** The lines that follow on those posted before, without their ends. */
  | { type: 'lines'; block: number; grammar: GrammarId; lines: string[] }
  /** The line behind them, which may still grow. */
  | { type: 'tail'; block: number; grammar: GrammarId; line: string }
  /** The block is gone; nothing more is to be answered to it. */
  | { type: 'close'; block: number }
  /** Asks whether the thread still answers. */
  | { type: 'ping' };

/** What the thread posts back. */
export type ThreadAnswer =
  /** The colours of the lines of a block from the one numbered `from` on. */
  | { type: 'colours'; block: number; from: number; lines: LineColours[] }
  /** A grammar does not work: its blocks stay plain. `error` is the class of what was thrown. */
  | { type: 'failed'; error: string }
  | { type: 'pong' };
