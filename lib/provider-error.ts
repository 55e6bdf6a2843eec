/** What providers and ready-made packages throw, as one kind of plain data. */
import { AISDKError, APICallError } from '@ai-sdk/provider';
import { ProviderError, toErrorData, type ErrorData, type ErrorKind } from './errors';
import { secondsToWait } from './stream/refusal';

/** Anything that a model's call threw or its stream handed out. Aborts are not looked at. */
export function errorDataOf(thrown: unknown): ErrorData {
  if (thrown instanceof ProviderError) return thrown.data;
  if (APICallError.isInstance(thrown)) return ofCall(thrown);
  if (AISDKError.isInstance(thrown)) return ofPackage(thrown);
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') return { kind: 'timeout' };
  // What a body's reader throws when the connection breaks.
  if (thrown instanceof TypeError && /network|terminated|body/iu.test(thrown.message)) {
    return { kind: 'connection-lost', detail: thrown.message };
  }
  // An error within a stream is whatever the service sent there.
  const sent = typeof thrown === 'string' ? thrown : messageIn(thrown);
  if (sent && !(thrown instanceof Error))
    return new ProviderError({ kind: kindOfWords(sent) ?? 'server-fault', detail: sent }).data;
  return toErrorData(thrown);
}

function ofCall(error: APICallError): ErrorData {
  // Our own fetch's error comes through a package as the cause.
  if (error.cause instanceof ProviderError) return error.cause.data;
  const { statusCode: status, responseBody = '', responseHeaders, url } = error;
  const { host } = URL.parse(url) ?? {};
  // Google tells the time to wait in the body.
  const [, delay] = /"retryDelay":\s*"(\d+)/u.exec(responseBody) ?? [];
  const { 'retry-after': wait = delay ?? null, date = null } = responseHeaders ?? {};
  const retryAfter = secondsToWait(wait, date);
  const kind = status === undefined ? 'offline' : kindOf(status, responseBody);
  return new ProviderError({
    kind,
    ...(host !== undefined && { host }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
    detail: responseBody || error.message,
  }).data;
}

function ofPackage(error: AISDKError): ErrorData {
  const isEmpty = /EmptyResponseBody|NoContentGenerated/u.test(error.name);
  const isUnable = /Unsupported|NoSuchModel|TooManyEmbedding/u.test(error.name);
  const kind = isEmpty ? 'empty-reply' : isUnable ? 'unsupported' : 'bad-reply';
  return new ProviderError({ kind, detail: error.message }).data;
}

/** By status first; where several causes share one, by the words that the services use. */
function kindOf(status: number, body: string): ErrorKind {
  const named = kindOfWords(body);
  if (status === 0 || (status >= 300 && status < 400)) return 'redirected';
  if (status === 401) return 'unauthorized';
  if (status === 402) return 'quota';
  if (status === 403) return named ?? (body.trim() ? 'unauthorized' : 'origin-refused');
  if (status === 404) return named === 'no-model' ? named : 'not-found';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 413) return 'too-long';
  if (status === 429) {
    // Google speaks of plan and billing even where a minute is all it takes.
    return named === 'quota' && !/PerMinute|rate_limit_exceeded/u.test(body)
      ? 'quota'
      : 'rate-limited';
  }
  if (status === 503 || status === 529) return 'overloaded';
  // Whatever the words say of a model: the fault is the service's.
  if (status >= 500) return named && named !== 'no-model' ? named : 'server-fault';
  if (status >= 400) return named ?? 'refused';
  return 'bad-reply';
}

const WORDS: [RegExp, ErrorKind][] = [
  [
    /insufficient_quota|credit balance|billing|payment|quota exceeded for quota metric.*free/iu,
    'quota',
  ],
  [
    /context.?length|maximum context|too many tokens|prompt is too long|request_too_large|input token count/iu,
    'too-long',
  ],
  [
    /invalid.?api.?key|incorrect api key|api key not valid|invalid x-api-key|authentication_error|unauthori[sz]ed|not authenticated/iu,
    'unauthorized',
  ],
  [
    /content.?(?:filter|policy)|invalid_prompt|bio_policy|policy_violation|moderation|safety|blocked/iu,
    'content-filter',
  ],
  [
    /models?(?:[\s:'"`(\\/]{1,4}[^\s,;{}]{1,120})?\s+(?:(?:was|is|does) )?not (?:found|exist)/iu,
    'no-model',
  ],
  [
    /invalid.model\b(?!\s*(?:param|response|input|output|config))|model_not_found\b|no such model|not a valid model|not_found_error.{0,20}message.{0,5}model:/iu,
    'no-model',
  ],
  [/overloaded/iu, 'overloaded'],
  [/rate.?limit|too many requests|resource.?exhausted/iu, 'rate-limited'],
];

/** What the words of a service mean, where they are known. */
export function kindOfWords(text: string): ErrorKind | undefined {
  return WORDS.find(([words]) => words.test(text))?.[1];
}

/** The message of an error object as services send it within a stream. */
function messageIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { message, type, code } = value as { message?: unknown; type?: unknown; code?: unknown };
  const words = [type, code, message].filter((word) => typeof word === 'string');
  return words.length > 0 ? words.join(': ') : JSON.stringify(value);
}
