/**
 * The browser's own model: nothing leaves this computer. Chrome has one since version 138, which it
 * downloads before the first use. https://developer.chrome.com/docs/ai/prompt-api
 */
import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { ProviderError, type ErrorKind } from '../errors';
import { promptText } from '../protocols/prompt-parts';
import { framed, wholeAnswer, type Piece } from '../protocols/streamed-model';
import {
  drawsNothing,
  type BuiltInPrompt,
  type BuiltInSession,
  type Provider,
  type ProviderContext,
} from '../provider';
import { toReadableStream } from '../stream/readable';

export const builtIn: Provider = {
  description: {
    id: 'built-in',
    name: 'Built-in model',
    kind: 'browser',
    homePage: 'https://developer.chrome.com/docs/ai/get-started',
    models: [],
    hosts: [],
    usesCookies: false,
    fields: [],
    headerRules: [],
  },

  languageModel(modelId, context) {
    const open = async (prompt: LanguageModelV4Prompt, signal: AbortSignal | undefined) => {
      signal?.throwIfAborted();
      const last = prompt.at(-1);
      const session = await createSession(prompt.slice(0, -1), context, signal);
      return toReadableStream(framed(answer(session, last ? promptText(last) : '', signal)));
    };
    return {
      specificationVersion: 'v4',
      provider: 'built-in',
      modelId,
      supportedUrls: {},
      doStream: async ({ prompt, abortSignal }) => ({ stream: await open(prompt, abortSignal) }),
      doGenerate: async ({ prompt, abortSignal }) => wholeAnswer(await open(prompt, abortSignal)),
    };
  },

  imageModel: drawsNothing,

  /** None where the browser has no model, or this computer is too small for it. */
  async listModels(context) {
    const availability = await context.builtIn?.availability();
    const isThere = availability !== undefined && availability !== 'unavailable';
    return isThere ? [{ id: 'on-device', output: 'text', takes: [] }] : [];
  },
};

async function createSession(
  before: LanguageModelV4Prompt,
  { builtIn: browserModel, onProgress }: ProviderContext,
  signal: AbortSignal | undefined,
): Promise<BuiltInSession> {
  if (!browserModel) throw new ProviderError({ kind: 'unsupported' });
  try {
    // One that is there tells of its download as well: that it begins, and is done.
    const isThere = (await browserModel.availability()) === 'available';
    signal?.throwIfAborted();
    return await browserModel.create({
      // A system prompt must be the first of all.
      initialPrompts: [
        ...before.filter(({ role }) => role === 'system'),
        ...before.filter(({ role }) => role !== 'system'),
      ].flatMap(toInitialPrompt),
      ...(signal && { signal }),
      monitor(monitor) {
        monitor.addEventListener('downloadprogress', (event) => {
          if (isThere || !('loaded' in event) || typeof event.loaded !== 'number') return;
          onProgress?.(event.loaded);
        });
      },
    });
  } catch (error) {
    throw asProviderError(error, 'unsupported');
  }
}

function toInitialPrompt(message: LanguageModelV4Message): BuiltInPrompt[] {
  const { role } = message;
  return role === 'tool' ? [] : [{ role, content: promptText(message) }];
}

async function* answer(
  session: BuiltInSession,
  prompt: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece, void, void> {
  try {
    for await (const delta of session.promptStreaming(prompt, signal ? { signal } : {})) {
      signal?.throwIfAborted();
      yield { type: 'text', delta };
    }
    yield { type: 'finish', reason: { unified: 'stop', raw: undefined } };
  } catch (error) {
    // The browser ends the model's process as it likes.
    throw asProviderError(error, 'connection-lost');
  } finally {
    session.destroy();
  }
}

const KINDS: Record<string, ErrorKind> = {
  NetworkError: 'offline',
  NotAllowedError: 'unsupported',
  NotReadableError: 'content-filter',
  NotSupportedError: 'unsupported',
  QuotaExceededError: 'too-long',
};

/** By the names that the browser gives its errors; Stop is none. */
function asProviderError(error: unknown, otherwise: ErrorKind): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError') return error;
  const kind = KINDS[error.name] ?? otherwise;
  return new ProviderError({ kind, detail: String(error) }, { cause: error });
}
