/** The page's end of the highlighting thread. Where the thread does not work, code stays plain. */
import { sendMessage } from '../../messages';
import type { LineColours } from './kinds';
import type { GrammarId } from './languages';
import type { ThreadAnswer, ThreadRequest } from './thread-messages';

/** A thread that is silent for so long, in milliseconds, hangs in a grammar. */
const PATIENCE = 30_000;

/** Takes the colours of lines, from the one numbered `from` on. */
export type OnColours = (from: number, lines: LineColours[]) => void;

/** What the highlighter asks of a thread; a `Worker` is one. */
export interface Thread {
  postMessage(request: ThreadRequest): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<ThreadAnswer>) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
  terminate(): void;
}

export class Highlighter {
  readonly #start: () => Thread;
  #thread: Thread | undefined;
  #isBroken = false;
  #lastBlock = 0;
  readonly #open = new Map<number, OnColours>();
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** The thread is started when the first code is sent. */
  constructor(start: () => Thread) {
    this.#start = start;
  }

  /** A number for a block whose colours are to be told. */
  open(onColours: OnColours): number {
    this.#lastBlock += 1;
    this.#open.set(this.#lastBlock, onColours);
    return this.#lastBlock;
  }

  close(block: number): void {
    this.#open.delete(block);
    this.#thread?.postMessage({ type: 'close', block });
  }

  /** Sends the next whole lines of a block. */
  sendLines(block: number, grammar: GrammarId, lines: string[]): void {
    this.#post({ type: 'lines', block, grammar, lines });
  }

  /** Sends the line behind those that were sent, though it may still grow. */
  sendTail(block: number, grammar: GrammarId, line: string): void {
    this.#post({ type: 'tail', block, grammar, line });
  }

  #post(request: ThreadRequest): void {
    if (this.#isBroken) return;
    try {
      this.#thread ??= this.#startThread();
    } catch (error) {
      this.#giveUp(error instanceof Error ? error.name : typeof error);
      return;
    }
    this.#thread.postMessage(request);
    if (this.#patience !== undefined) return;
    this.#thread.postMessage({ type: 'ping' });
    this.#patience = setTimeout(() => this.#giveUp('TimeoutError'), PATIENCE);
  }

  #startThread(): Thread {
    const thread = this.#start();
    thread.addEventListener('message', ({ data }) => this.#receive(data));
    thread.addEventListener('error', () => this.#giveUp('ErrorEvent'));
    return thread;
  }

  #receive(answer: ThreadAnswer): void {
    switch (answer.type) {
      case 'colours':
        this.#open.get(answer.block)?.(answer.from, answer.lines);
        return;
      case 'failed':
        report(answer.error);
        return;
      case 'pong':
        clearTimeout(this.#patience);
        this.#patience = undefined;
    }
  }

  #giveUp(error: string): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    clearTimeout(this.#patience);
    this.#thread?.terminate();
    this.#thread = undefined;
    report(error);
  }
}

/** The one of this page. */
export const highlighter = new Highlighter(
  () => new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' }),
);

/** Notes in the log that code stays plain, by the class of what was thrown. */
function report(kind: string): void {
  // Without the worker there is no log to write to either.
  sendMessage('reportHighlightFailure', { error: kind }).catch(() => undefined);
}
