/** A highlighting thread that answers when it is told to: the first word of each line is a keyword. */
import type { LineColours } from '@/lib/panel/highlight/kinds';
import { kinds } from '@/lib/panel/highlight/kinds';
import type { Thread } from '@/lib/panel/highlight/highlighter';
import type { ThreadAnswer, ThreadRequest } from '@/lib/panel/highlight/thread-messages';

export class FakeThread implements Thread {
  /** What it was sent, in order. */
  readonly requests: ThreadRequest[] = [];
  isTerminated = false;
  readonly #events = new EventTarget();
  readonly #counts = new Map<number, number>();
  #answered = 0;

  postMessage(request: ThreadRequest): void {
    this.requests.push(request);
  }

  addEventListener(type: 'message' | 'error', listener: (event: MessageEvent) => void): void {
    this.#events.addEventListener(type, (event) => {
      listener(event instanceof MessageEvent ? event : new MessageEvent(type));
    });
  }

  terminate(): void {
    this.isTerminated = true;
  }

  fail(): void {
    this.#events.dispatchEvent(new Event('error'));
  }

  /** Answers all that has come since it was last asked to. */
  answer(): void {
    for (const request of this.requests.slice(this.#answered)) this.#answer(request);
    this.#answered = this.requests.length;
  }

  #answer(request: ThreadRequest): void {
    if (request.type === 'ping') this.#post({ type: 'pong' });
    if (request.type !== 'lines' && request.type !== 'tail') return;
    const { block } = request;
    const from = this.#counts.get(block) ?? 0;
    const lines = request.type === 'lines' ? request.lines : [request.line];
    if (request.type === 'lines') this.#counts.set(block, from + lines.length);
    this.#post({ type: 'colours', block, from, lines: lines.map(firstWord) });
  }

  #post(data: ThreadAnswer): void {
    this.#events.dispatchEvent(new MessageEvent('message', { data }));
  }
}

function firstWord(line: string): LineColours {
  const [, space = '', word = ''] = /^(\s*)(\w*)/u.exec(line) ?? [];
  if (!word) return [];
  return [space.length, kinds.indexOf('keyword'), space.length + word.length, 0];
}
