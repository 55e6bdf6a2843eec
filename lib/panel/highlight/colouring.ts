/** The work of the highlighting thread: blocks wait their turn, and are done in slices. */
import type { LineColours } from './kinds';
import type { GrammarId } from './languages';
import type { ThreadAnswer, ThreadRequest } from './thread-messages';
import { createTokeniser, type Tokeniser } from './tokeniser';

/** So long, in milliseconds, one block is worked on before others have their turn. */
const SLICE = 20;

interface Block {
  id: number;
  grammar: GrammarId;
  tokeniser: Tokeniser | undefined;
  waiting: string[];
  /** The line behind those that wait, if its colours are wanted as well. */
  tail: string | undefined;
  /** Lines that were read. */
  count: number;
}

export class Colouring {
  readonly #post: (answer: ThreadAnswer) => void;
  readonly #blocks = new Map<number, Block>();
  readonly #failed = new Set<GrammarId>();
  #isRunning = false;

  constructor(post: (answer: ThreadAnswer) => void) {
    this.#post = post;
  }

  receive(request: ThreadRequest): void {
    switch (request.type) {
      case 'lines': {
        const block = this.#open(request);
        for (const line of request.lines) block.waiting.push(line);
        block.tail = undefined;
        break;
      }
      case 'tail':
        this.#open(request).tail = request.line;
        break;
      case 'close':
        this.#blocks.delete(request.block);
        return;
      case 'ping':
        this.#post({ type: 'pong' });
        return;
    }
    if (!this.#isRunning) void this.#run();
  }

  #open({ block: id, grammar }: { block: number; grammar: GrammarId }): Block {
    const known = this.#blocks.get(id);
    if (known) return known;
    const block = { id, grammar, tokeniser: undefined, waiting: [], tail: undefined, count: 0 };
    this.#blocks.set(id, block);
    return block;
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let block = this.#next(); block; block = this.#next()) {
      try {
        block.tokeniser ??= await createTokeniser(block.grammar);
        this.#colour(block, block.tokeniser);
      } catch (error) {
        this.#failed.add(block.grammar);
        this.#post({ type: 'failed', error: error instanceof Error ? error.name : typeof error });
      }
      // So that what was posted meanwhile is heard: a block may be gone.
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#isRunning = false;
  }

  /** The block that has waited longest. */
  #next(): Block | undefined {
    for (const block of this.#blocks.values()) {
      const isWaiting = block.waiting.length > 0 || block.tail !== undefined;
      if (!isWaiting || this.#failed.has(block.grammar)) continue;
      this.#blocks.delete(block.id);
      this.#blocks.set(block.id, block);
      return block;
    }
    return undefined;
  }

  #colour(block: Block, tokeniser: Tokeniser): void {
    // It may have gone while its grammar was loaded.
    if (!this.#blocks.has(block.id)) return;
    const until = performance.now() + SLICE;
    const from = block.count;
    const lines: LineColours[] = [];
    do {
      const line = block.waiting[lines.length];
      if (line === undefined) break;
      lines.push(tokeniser.next(line));
    } while (performance.now() < until);
    block.waiting.splice(0, lines.length);
    block.count += lines.length;
    if (block.waiting.length === 0 && block.tail !== undefined) {
      lines.push(tokeniser.peek(block.tail));
      block.tail = undefined;
    }
    this.#post({ type: 'colours', block: block.id, from, lines });
  }
}
