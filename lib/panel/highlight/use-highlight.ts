/** The colours of a block of code, for React. */
import { useEffect, useRef, useState } from 'react';
import { placeColours, type ColourGroups } from './code-groups';
import { highlighter as pageHighlighter, type Highlighter } from './highlighter';
import type { GrammarId } from './languages';

/** A block with more characters stays plain, or as far as it was coloured by then. */
const BLOCK_LIMIT = 200_000;
/** A last line that has not grown for so long, in milliseconds, is coloured too. */
const PAUSE = 250;

const none: ColourGroups = [];

/** The colours of the code so far; they are asked for once the block is near the view. */
export function useHighlight(
  code: string,
  grammar: GrammarId | undefined,
  isNear: boolean,
  highlighter: Highlighter = pageHighlighter,
): ColourGroups {
  const [colours, setColours] = useState(none);
  const block = useRef<BlockSender>(undefined);
  const isColoured = grammar !== undefined && code.length <= BLOCK_LIMIT;

  useEffect(() => {
    if (!isNear || !isColoured) return undefined;
    let sender = block.current;
    if (!sender?.isContinuedBy(code, grammar)) {
      sender?.close();
      if (sender) setColours(none);
      sender = new BlockSender(highlighter, grammar, (from, lines) =>
        setColours((groups) => placeColours(groups, from, lines)),
      );
      block.current = sender;
    }
    return sender.send(code);
  }, [isNear, isColoured, code, grammar, highlighter]);

  useEffect(
    () => () => {
      block.current?.close();
      block.current = undefined;
    },
    [],
  );
  return grammar === undefined ? none : colours;
}

/** Sends a growing block, each line once. */
class BlockSender {
  readonly #highlighter: Highlighter;
  readonly #grammar: GrammarId;
  readonly #id: number;
  /** The whole lines that were sent, with their ends. */
  #sent = '';
  #isFirst = true;

  constructor(
    highlighter: Highlighter,
    grammar: GrammarId,
    onColours: Parameters<Highlighter['open']>[0],
  ) {
    this.#highlighter = highlighter;
    this.#grammar = grammar;
    this.#id = highlighter.open(onColours);
  }

  isContinuedBy(code: string, grammar: GrammarId): boolean {
    // A fence that closes takes the line end before it away.
    return grammar === this.#grammar && `${code}\n`.startsWith(this.#sent);
  }

  /** Sends what is new; the last line after a pause, unless the function is called before. */
  send(code: string): () => void {
    const end = code.lastIndexOf('\n') + 1;
    if (end > this.#sent.length) {
      const lines = code.slice(this.#sent.length, end - 1).split('\n');
      this.#highlighter.sendLines(this.#id, this.#grammar, lines);
      this.#sent = code.slice(0, end);
    }
    const tail = code.slice(this.#sent.length);
    const sendTail = () => {
      if (tail) this.#highlighter.sendTail(this.#id, this.#grammar, tail);
    };
    if (this.#isFirst) sendTail();
    const timer = this.#isFirst ? undefined : setTimeout(sendTail, PAUSE);
    this.#isFirst = false;
    return () => clearTimeout(timer);
  }

  close(): void {
    this.#highlighter.close(this.#id);
  }
}
