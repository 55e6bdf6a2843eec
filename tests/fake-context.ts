/** Runs a provider over one answer, as a test hands it in. */
import type {
  ImageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider';
import type { ErrorData } from '@/lib/errors';
import { errorDataOf } from '@/lib/provider-error';
import { settingsOf, type Provider, type ProviderContext } from '@/lib/provider';
import { modelParts, type ModelEnd } from '@/lib/stream/model-parts';
import { toReadableStream } from '@/lib/stream/readable';
import { bodyOf, type BodyOptions, type FakeBody } from './fake-body';
import { fakeBuiltIn } from './fake-built-in';
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
    key: 'test-key',
    builtIn: fakeBuiltIn(answer, options, bodies).model,
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
  reasoning: string;
  /** As base64. */
  images: string[];
  /** How it ended, unless with an error. */
  end: ModelEnd | undefined;
  error: ErrorData | undefined;
  /** The stream's parts as they came. */
  parts: LanguageModelV4StreamPart[];
}

/** Streams the answer to its end, or to its error, as the worker reads it. */
export async function streamText(
  provider: Provider,
  model: string,
  answer: Answer,
  options: BodyOptions = {},
): Promise<Streamed> {
  const { context } = contextOf(provider, answer, options);
  const streamed: Streamed = {
    text: '',
    reasoning: '',
    images: [],
    end: undefined,
    error: undefined,
    parts: [],
  };
  const { error } = await settle(
    (async () => {
      const { stream } = await provider.languageModel(model, context).doStream({ prompt: hello });
      const shown = modelParts(toReadableStream(noted(stream, streamed.parts)));
      for (;;) {
        const { done, value } = await shown.next();
        if (done) {
          streamed.end = value;
          return;
        }
        if (value.type === 'text' || value.type === 'reasoning')
          streamed[value.type] += value.delta;
        if (value.type === 'image') streamed.images.push(String(value.data));
      }
    })(),
  );
  return { ...streamed, error };
}

async function* noted<T>(values: AsyncIterable<T>, seen: T[]): AsyncGenerator<T, void, void> {
  for await (const value of values) {
    seen.push(value);
    yield value;
  }
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

/** Aborts are no errors of a provider. */
function dataOf(error: unknown): ErrorData {
  if (error instanceof DOMException) throw error;
  return errorDataOf(error);
}
