/** What the protocols have in common: one request, and a stream of events that each says some pieces. */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ProviderContext, RefusedFields } from '../provider';
import { kindOfWords } from '../provider-error';
import { failedCall, isObject } from '../stream/json';
import { readJsonEvents } from '../stream/json-events';
import { at } from '../stream/json-fields';
import { modelParts } from '../stream/model-parts';
import { toReadableStream } from '../stream/readable';

/** What one event says. */
export type Piece =
  | { type: 'text' | 'reasoning'; delta: string }
  | { type: 'image'; mediaType: string; base64: string }
  | { type: 'usage'; tokens: Tokens }
  | { type: 'finish'; reason: LanguageModelV4FinishReason }
  /** As the service sent it. */
  | { type: 'error'; error: unknown };

/** Numbers of tokens, as far as the service tells them; `input` and `output` are the totals. */
export interface Tokens {
  input?: number | undefined;
  /** Of the input, what the service had kept from before. */
  cached?: number | undefined;
  output?: number | undefined;
  /** Of the output, what went into reasoning. */
  reasoning?: number | undefined;
}

export interface Protocol {
  /** The request for a reply. */
  request(options: LanguageModelV4CallOptions): {
    url: string;
    headers: Record<string, string>;
    body: unknown;
    warnings?: SharedV4Warning[];
  };
  /**
   * The field of the body, as a path, that the service refused and that one can do without: the request
   * is made again without it, once a field. `refusal` is the body of the refusal.
   */
  dispensable?(refusal: string): string[] | undefined;
  /** What was refused of earlier requests: it is left out at once. */
  refusedFields?(): Promise<RefusedFields | undefined>;
  /** A reader for the events of one reply. */
  reader(): (event: unknown) => Iterable<Piece>;
}

/** A language model that speaks the protocol. */
export function streamedModel(
  provider: string,
  modelId: string,
  fetch: ProviderContext['fetch'],
  protocol: Protocol,
): LanguageModelV4 {
  async function ask(
    body: unknown,
    refused: RefusedFields | undefined,
    send: (body: unknown) => Promise<Response>,
  ): Promise<Response> {
    const response = await send(body);
    if (response.ok) return response;
    const failure = await failedCall(response);
    const field = protocol.dispensable?.(failure.responseBody ?? '');
    if (!field || at(body, ...field) === undefined) throw failure;
    await refused?.add(field);
    return ask(without(body, field), refused, send);
  }
  async function open(options: LanguageModelV4CallOptions) {
    const { url, headers, body, warnings = [] } = protocol.request(options);
    const { abortSignal: signal } = options;
    const refused = await protocol.refusedFields?.();
    const asked = (refused?.fields ?? []).reduce<unknown>(without, body);
    const response = await ask(asked, refused, (said) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(said),
        ...(signal && { signal }),
      }),
    );
    const events = response.body ? readJsonEvents(response.body) : noEvents();
    const pieces = readPieces(events, protocol.reader(), signal);
    return toReadableStream(framed(pieces, warnings));
  }
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    supportedUrls: {},
    doStream: async (options) => ({ stream: await open(options) }),
    doGenerate: async (options) => wholeAnswer(await open(options)),
  };
}

/** The value without the field at the end of the path. */
function without(value: unknown, [name = '', ...rest]: string[]): unknown {
  if (!isObject(value)) return value;
  const { [name]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: without(inner, rest) };
}

async function* noEvents(): AsyncGenerator<unknown, void, void> {}

async function* readPieces(
  events: AsyncGenerator<unknown, void, void>,
  read: (event: unknown) => Iterable<Piece>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece, void, void> {
  const said: unknown[] = [];
  let isUnderstood = false;
  for await (const event of events) {
    // One chunk may hold many events, and Stop means now.
    signal?.throwIfAborted();
    if (said.length < 2) said.push(event);
    for (const piece of read(event)) {
      isUnderstood ||= !('delta' in piece) || piece.delta !== '';
      yield piece;
    }
  }
  // Gateways tell errors with a status of success, each in a way of its own.
  if (said.length !== 1 || isUnderstood) return;
  const detail = JSON.stringify(said[0]);
  throw new ProviderError({ kind: kindOfWords(detail) ?? 'bad-reply', detail });
}

/** The pieces in the frame that the AI SDK gives a stream. An error is the last that comes. */
export async function* framed(
  pieces: AsyncGenerator<Piece, void, void>,
  warnings: SharedV4Warning[] = [],
): AsyncGenerator<LanguageModelV4StreamPart, void, void> {
  yield { type: 'stream-start', warnings };
  let tokens: Tokens = {};
  // A stream that ends without a word on why has broken off.
  let finishReason: LanguageModelV4FinishReason = { unified: 'interrupted', raw: undefined };
  let open: 'text' | 'reasoning' | undefined;
  let blocks = 0;
  /** Of a character that was cut in two, the first half: services refuse a prompt that holds one. */
  let half = '';
  try {
    for await (const piece of pieces) {
      if (piece.type === 'error') {
        yield piece;
        return;
      }
      if (piece.type === 'usage') tokens = merged(tokens, piece.tokens);
      if (piece.type === 'finish') finishReason = piece.reason;
      if (piece.type === 'usage' || piece.type === 'finish') continue;
      if (piece.type !== 'image' && !piece.delta) continue;
      if (open && open !== piece.type) {
        yield { type: `${open}-end`, id: String(blocks) };
        open = undefined;
        half = '';
      }
      if (piece.type === 'image') {
        const { mediaType, base64 } = piece;
        yield { type: 'file', mediaType, data: { type: 'data', data: base64 } };
        continue;
      }
      if (!open) {
        open = piece.type;
        blocks += 1;
        yield { type: `${open}-start`, id: String(blocks) };
      }
      const text = half + piece.delta;
      half = /[\uD800-\uDBFF]$/u.exec(text)?.[0] ?? '';
      const delta = text.slice(0, text.length - half.length);
      if (delta) yield { type: `${open}-delta`, id: String(blocks), delta };
    }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // What breaks after the end was told is no loss.
    if (error.data.kind !== 'connection-lost' || finishReason.unified === 'interrupted') {
      yield { type: 'error', error };
      return;
    }
  }
  if (open) yield { type: `${open}-end`, id: String(blocks) };
  yield { type: 'finish', finishReason, usage: usageOf(tokens) };
}

/** What is told later counts; what is not told again stays. */
function merged(before: Tokens, { input, cached, output, reasoning }: Tokens): Tokens {
  return {
    input: input ?? before.input,
    cached: cached ?? before.cached,
    output: output ?? before.output,
    reasoning: reasoning ?? before.reasoning,
  };
}

function less(total?: number, part = 0): number | undefined {
  return total === undefined ? undefined : total - part;
}

function usageOf({ input, cached, output, reasoning }: Tokens): LanguageModelV4Usage {
  return {
    inputTokens: {
      total: input,
      noCache: less(input, cached),
      cacheRead: cached,
      cacheWrite: undefined,
    },
    outputTokens: { total: output, text: less(output, reasoning), reasoning },
  };
}

/** Reads the stream to its end: the same answer in one piece. */
export async function wholeAnswer(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): Promise<LanguageModelV4GenerateResult> {
  const content: LanguageModelV4Content[] = [];
  const parts = modelParts(stream);
  for (;;) {
    const { done, value } = await parts.next();
    if (done) return { content, ...value, warnings: [] };
    const last = content.at(-1);
    if (value.type === 'image') {
      const { mediaType, data } = value;
      content.push({ type: 'file', mediaType, data: { type: 'data', data } });
    } else if (value.type !== 'reasoning-start') {
      if (last?.type === value.type) last.text += value.delta;
      else content.push({ type: value.type, text: value.delta });
    }
  }
}
