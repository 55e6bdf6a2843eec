/** A service that counts: each prompt has words of its own, so what is lost, doubled or mixed up shows. */
import { pause, write, type Exchange } from '../stand-ins/exchange.ts';
import { readPrompt } from '../stand-ins/chat-behaviour.ts';
import { lastTurn } from '../stand-ins/practice-answers.ts';
import { Random } from './random.ts';

const STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const WORDS_A_PARAGRAPH = 25;
const CONTINUATION = 'Your last answer was cut off.';

/** Asks for so many words of this number's. */
export function countingPrompt(number: number, words: number): string {
  return `Count p${number} to ${words}`;
}

/** Every prompt that stands in a text: several, when one that failed was sent together with the next. */
export function promptsIn(text: string): string[] {
  return text.match(/\bCount p\d+ to \d+\b/gu) ?? [];
}

/** The whole reply to a prompt; empty for one that is not ours. */
export function replyTo(prompt: string): string {
  const [, tag, words] = /(p\d+) to (\d+)$/u.exec(promptsIn(prompt).at(-1) ?? '') ?? [];
  let reply = '';
  for (let n = 1; n <= Number(words ?? 0); n += 1) {
    reply += `${tag}w${n}${n === Number(words) ? '' : n % WORDS_A_PARAGRAPH === 0 ? '\n\n' : ' '}`;
  }
  return reply;
}

/** What the service says to a request: the reply, or of a transcript that was cut off the rest. */
export function answerTo(asked: string): string {
  const last = lastTurn(asked);
  const reply = replyTo(last.startsWith(CONTINUATION) ? asked : last);
  if (!last.startsWith(CONTINUATION)) return reply;
  const anchor = last.slice(last.indexOf('\n\n')).trim();
  const end = reply.indexOf(anchor) + anchor.length;
  // As it was asked to, it repeats: the broken word and one or two before it.
  return reply.slice(/(?:\S+\s+){0,2}\S*$/u.exec(reply.slice(0, end).trimEnd())?.index);
}

/** The text in pieces as models make them: they do not end where words do. */
function* piecesOf(text: string, random: Random): Generator<string> {
  for (let at = 0; at < text.length;) {
    const length = random.between(1, 6);
    yield text.slice(at, at + length);
    at += length;
  }
}

/** Answers every chat request by counting, a few letters every few milliseconds. */
export class CountingService {
  readonly #running = new Set<Exchange>();
  readonly #random: Random;
  #isHurried = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /** How many replies are being written. */
  get running(): number {
    return this.#running.size;
  }

  /** Breaks one connection; false when there is none. */
  cut(): boolean {
    const exchange = this.#random.pick([...this.#running]);
    exchange?.response.destroy();
    return exchange !== undefined;
  }

  /** From now on it does not pause. */
  hurry(): void {
    this.#isHurried = true;
  }

  readonly answer = async (exchange: Exchange): Promise<void> => {
    const { response, signal, request } = exchange;
    const text = answerTo(readPrompt(request.body)?.prompt ?? '');
    const random = new Random(text.length);
    this.#running.add(exchange);
    response.writeHead(200, STREAM).flushHeaders();
    try {
      for (const piece of piecesOf(text, random)) {
        const line = `data: ${piece.replaceAll('\n', '\\n')}\n`;
        if (!(await write(exchange, line))) return;
        if (!this.#isHurried && random.next() < 0.5) await pause(random.between(3, 12), signal);
      }
      response.end();
    } finally {
      this.#running.delete(exchange);
    }
  };
}
