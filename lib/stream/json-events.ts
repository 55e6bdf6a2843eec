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

/**
 * The values of a stream of events, one by one. Comments and events without data are passed over. An
 * answer that is JSON in place of a stream is one value. Throws ProviderError, after all that came
 * before: `bad-reply` for a web page and for data that is no JSON, `connection-lost` when the stream
 * breaks or ends within a value, `too-large`.
 */
export async function* readJsonEvents(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<unknown, void, void> {
  let data: string[] = [];
  let hasStarted = false;
  /** All lines of an answer that is no stream. */
  let whole: string[] | undefined;
  for await (const lines of readLines(body, STREAM_LIMIT)) {
    for (const line of lines) {
      if (!hasStarted && line.trim()) {
        hasStarted = true;
        if (/^\s*[<{[]/u.test(line)) whole = [];
      }
      if (whole) whole.push(line);
      else if (line.startsWith('data:')) data.push(line.slice(line.charAt(5) === ' ' ? 6 : 5));
      else if (line === '' && data.length > 0) {
        const text = data.join('\n');
        data = [];
        if (text === DONE) {
          yield DONE;
          return;
        }
        yield parse(text, 'bad-reply');
      }
    }
  }
  if (whole) yield parse(whole.join('\n'), 'bad-reply');
  // Some servers leave out the last empty line.
  const rest = data.join('\n');
  if (rest) yield rest === DONE ? DONE : parse(rest, 'connection-lost');
}

function parse(text: string, kind: 'bad-reply' | 'connection-lost'): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderError({ kind, detail: text }, { cause: error });
  }
}
