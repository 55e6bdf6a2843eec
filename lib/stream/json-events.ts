/**
 * Server-sent events that carry JSON, as most services stream their answers.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
import { ProviderError } from '../errors';
import { readLines } from './lines';

/** Characters of a stream; pictures come within it, as base64. */
const STREAM_LIMIT = 100_000_000;

/** The end marker of OpenAI's protocol. It is no JSON, and nothing is read behind it. */
export const DONE = '[DONE]';

/** Events, lines of JSON, or an answer in one piece. */
type Shape = 'events' | 'lines' | 'whole';

/**
 * The values of a stream of events, one by one. Comments and events without data are passed over. A
 * stream may also be lines of JSON, a value each; an answer that is one JSON is one value, or those of
 * its list. Throws ProviderError, after all that came before: `bad-reply` for a web page and for what
 * is no JSON, `connection-lost` when the stream breaks or ends within a value, `too-large`.
 */
export async function* readJsonEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<unknown, void, void> {
  let shape: Shape | undefined;
  const whole: string[] = [];
  let data: string[] = [];
  for await (const lines of readLines(body, STREAM_LIMIT)) {
    for (const line of lines) {
      shape ??= shapeOf(line);
      if (shape === 'whole') whole.push(line);
      else if (shape === 'lines') yield* valuesIn(line, 'connection-lost');
      else {
        const isData = line.startsWith('data:');
        // A blank line ends an event; some gateways leave it out between events of one line.
        if (line === '' || (isData && data.length === 1 && isValue(data[0]))) {
          const text = data.join('\n').trim();
          data = [];
          if (text) yield valueOf(text, 'bad-reply');
          if (text === DONE) return;
        }
        if (isData) data.push(line.slice(line.charAt(5) === ' ' ? 6 : 5));
      }
    }
  }
  yield* valuesIn(whole.join('\n'), 'bad-reply');
  // Some servers leave out the last empty line.
  const rest = data.join('\n').trim();
  if (rest) yield valueOf(rest, 'connection-lost');
}

/** What a line begins; nothing for a blank one. */
function shapeOf(line: string): Shape | undefined {
  if (!line.trim()) return undefined;
  if (/^(?:data|event|id|retry)?:/u.test(line)) return 'events';
  return isValue(line) ? 'lines' : 'whole';
}

function isValue(text = ''): boolean {
  if (text.trim() === DONE) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    // It goes on in the next line, or is no JSON at all.
    return false;
  }
}

function* valuesIn(text: string, kind: 'bad-reply' | 'connection-lost'): Iterable<unknown> {
  if (!text.trim()) return;
  const value = valueOf(text, kind);
  if (Array.isArray(value)) yield* value;
  else yield value;
}

function valueOf(text: string, kind: 'bad-reply' | 'connection-lost'): unknown {
  if (text === DONE) return DONE;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError({ kind, detail: text }, { cause: error });
  }
}
