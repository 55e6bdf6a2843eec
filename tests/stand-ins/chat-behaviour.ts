import type { Behaviour, TextOptions } from './behaviours.ts';
import {
  breakOff,
  IMAGE_HOST,
  pause,
  sendWhole,
  untilClosed,
  write,
  type Exchange,
} from './exchange.ts';
import { frame, words } from './frame.ts';
import { lastTurn, practiceAnswer } from './practice-answers.ts';
import { HUMAN_CHECK_HTML } from './practice-pages.ts';

const STREAM = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' };
const HTML = { 'content-type': 'text/html; charset=utf-8' };
const JSON_TYPE = { 'content-type': 'application/json' };

type Of<Kind extends Behaviour['kind']> = Extract<Behaviour, { kind: Kind }>;

/** Answers one POST to /chat/send2/ as the behaviour says. */
export async function performChat(behaviour: Behaviour, exchange: Exchange): Promise<void> {
  switch (behaviour.kind) {
    case 'default':
      return practise(exchange);
    case 'text':
      return sendText(behaviour, exchange);
    case 'raw':
      return sendRaw(behaviour, exchange);
    case 'human-check':
      if (isHuman(exchange)) return practise(exchange);
      return sendWhole(exchange, behaviour.status ?? 403, HTML, HUMAN_CHECK_HTML);
    case 'try-limit':
      return sendWhole(exchange, 200, STREAM, `${frame(behaviour.text ?? '')}data:  trylimit\n`);
    case 'status':
      return sendWhole(exchange, behaviour.status, behaviour.headers ?? {}, behaviour.body ?? '');
    case 'cut':
      return sendRaw(
        { kind: 'raw', headers: STREAM, body: cutText(behaviour), cut: true },
        exchange,
      );
    case 'empty':
      return sendWhole(exchange, 200, STREAM, 'data: \n\n');
    case 'endless':
      return sendEndless(frame(behaviour.text ?? ' and so on'), exchange);
    case 'silent':
      return keepSilent(behaviour, exchange);
    case 'stepped':
      setHeaders(exchange, STREAM);
      return behaviour.attach(exchange.response);
    case 'own':
      return behaviour.answer(exchange);
    case 'image':
      return sendImage(behaviour, exchange);
    case 'image-url':
      return sendImage({ kind: 'image', body: { data: [{ url: behaviour.url }] } }, exchange);
  }
}

/** Whether the request carries the cookie of a passed human check. */
export function isHuman({ request }: Pick<Exchange, 'request'>): boolean {
  return /(?:^|;\s*)human=1(?:;|$)/u.test(request.headers.cookie ?? '');
}

function setHeaders({ response }: Exchange, headers: Record<string, string>): void {
  if (response.headersSent) return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function cutText({ text, after }: Of<'cut'>): string {
  return frame(text.slice(0, after));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reads type and prompt out of a request's body; undefined when it is not the protocol's. */
export function readPrompt(body: string): { type: 'chat' | 'image'; prompt: string } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isRecord(parsed) || !Array.isArray(parsed['messagesHistory'])) return undefined;
  const { type } = parsed;
  const last: unknown = parsed['messagesHistory'].at(-1);
  if ((type !== 'chat' && type !== 'image') || !isRecord(last)) return undefined;
  return typeof last['content'] === 'string' ? { type, prompt: last['content'] } : undefined;
}

async function practise(exchange: Exchange): Promise<void> {
  const asked = readPrompt(exchange.request.body);
  if (!asked) return sendWhole(exchange, 400, JSON_TYPE, '{"error":"no prompt"}');
  const { gapMs, scheme, signal } = exchange;
  if (asked.type === 'chat') {
    return sendText({ text: practiceAnswer(asked.prompt), gapMs }, exchange);
  }
  // The real service takes seconds to draw; long enough here to see the waiting state.
  if (!(await pause(gapMs * 60, signal))) return;
  const name = encodeURIComponent(lastTurn(asked.prompt).slice(0, 200).toWellFormed());
  return sendImage(
    { kind: 'image', body: { data: [{ url: `${scheme}://${IMAGE_HOST}/pictures/${name}.png` }] } },
    exchange,
  );
}

function pieces(options: TextOptions): Uint8Array[] {
  const { text, newline, pieces: cut = 'word' } = options;
  const encode = (part: string): Uint8Array => Buffer.from(frame(part, newline));
  if (cut === 'word') return words(text).map(encode);
  const bytes = encode(text);
  if (cut === 'whole') return [bytes];
  const size = cut === 'byte' ? 1 : cut;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
}

async function sendText(options: TextOptions, exchange: Exchange): Promise<void> {
  setHeaders(exchange, STREAM);
  if (options.firstByteAfterMs) {
    if (options.headersFirst) exchange.response.flushHeaders();
    if (!(await pause(options.firstByteAfterMs, exchange.signal))) return;
  }
  for (const [i, piece] of pieces(options).entries()) {
    // A turn of the event loop even without a gap: else small pieces leave as one packet.
    if (i > 0 && !(await pause(options.gapMs ?? 0, exchange.signal))) return;
    if (!(await write(exchange, piece))) return;
  }
  exchange.response.end();
}

async function sendRaw(behaviour: Of<'raw'>, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  if (!response.headersSent) {
    response.writeHead(behaviour.status ?? 200, behaviour.headers ?? STREAM).flushHeaders();
  }
  const chunks = [{ bytes: behaviour.body ?? '', gapMs: 0 }, ...(behaviour.chunks ?? [])];
  for (const { bytes, gapMs } of chunks) {
    if (gapMs && !(await pause(gapMs, exchange.signal))) return;
    if (bytes.length > 0 && !(await write(exchange, bytes))) return;
  }
  if (behaviour.cut) await breakOff(exchange);
  else response.end();
}

async function sendEndless(line: string, exchange: Exchange): Promise<void> {
  setHeaders(exchange, STREAM);
  const block = line.repeat(Math.ceil(4096 / line.length));
  while (await write(exchange, block)) await pause(0, exchange.signal);
}

async function keepSilent(behaviour: Of<'silent'>, exchange: Exchange): Promise<void> {
  if (behaviour.headersFirst) {
    setHeaders(exchange, STREAM);
    exchange.response.flushHeaders();
  }
  const released = behaviour.until?.then(() => true);
  const closed = untilClosed(exchange.signal).then(() => false);
  if (await Promise.race([closed, ...(released ? [released] : [])])) {
    return performChat(behaviour.then ?? { kind: 'default' }, exchange);
  }
}

function sendImage(behaviour: Of<'image'>, exchange: Exchange): void {
  const { body, contentType = 'application/json', status = 200 } = behaviour;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  sendWhole(exchange, status, { 'content-type': contentType }, text);
}
