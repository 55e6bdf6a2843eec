/** Runs a provider over one answer, as a test hands it in. */
import type {
  ImageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import { ProviderError, type ErrorData } from '@/lib/errors';
import { settingsOf, type Provider, type ProviderContext } from '@/lib/provider';
import { bodyOf, collect, type BodyOptions, type FakeBody } from './fake-body';
import { png } from './fixtures/pictures';
import type { RecordedAnswer } from './recorded';

export type Answer = Pick<RecordedAnswer, 'status' | 'headers' | 'body'> & Partial<RecordedAnswer>;

export const hello: LanguageModelV4Prompt = [
  { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
];

export function pictureOf(prompt: string): ImageModelV4CallOptions {
  return {
    prompt,
    n: 1,
    size: undefined,
    aspectRatio: undefined,
    seed: undefined,
    files: undefined,
    mask: undefined,
    providerOptions: {},
  };
}

/** A context whose fetch gives the answer, then its picture; `asked` tells what was sent. */
export function contextOf(provider: Provider, answer: Answer, options: BodyOptions = {}) {
  const asked: { url: string; init: RequestInit }[] = [];
  const bodies: FakeBody[] = [];
  const context: ProviderContext = {
    settings: settingsOf(provider.description),
    fetch(url, init) {
      init.signal?.throwIfAborted();
      asked.push({ url, init });
      const isImage = url === answer.picture?.url;
      const { status, headers } = (isImage && answer.picture) || answer;
      const body = bodyOf(isImage ? png : answer.body, {
        ...options,
        signal: init.signal,
        ...(answer.isCut && { brokenBy: new TypeError('terminated') }),
      });
      bodies.push(body);
      return Promise.resolve(new Response(body.stream, { status, headers }));
    },
  };
  return { context, asked, bodies };
}

export interface Streamed {
  /** All deltas, joined. */
  text: string;
  error: ErrorData | undefined;
  parts: LanguageModelV4StreamPart[];
}

/** Streams the answer to its end, or to its error. */
export async function streamText(
  provider: Provider,
  model: string,
  answer: Answer,
  options: BodyOptions = {},
): Promise<Streamed> {
  const { context } = contextOf(provider, answer, options);
  const { result, error } = await settle(
    provider.languageModel(model, context).doStream({ prompt: hello }),
  );
  if (!result) return { text: '', error, parts: [] };
  const { values: parts, error: thrown } = await collect(result.stream);
  if (thrown) throw thrown;
  const text = parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('');
  const last = parts.at(-1);
  return { text, error: last?.type === 'error' ? dataOf(last.error) : undefined, parts };
}

/** What comes of the work: a result, or the data of the provider's error. */
export async function settle<T>(
  work: PromiseLike<T>,
): Promise<{ result?: T; error: ErrorData | undefined }> {
  try {
    return { result: await work, error: undefined };
  } catch (error) {
    return { error: dataOf(error) };
  }
}

function dataOf(error: unknown): ErrorData {
  if (error instanceof ProviderError) return error.data;
  throw error;
}
