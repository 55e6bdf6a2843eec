/** Tests whether a model answers, by the smallest of prompts. */
import type { LanguageModelV4CallOptions, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { CheckStep } from '../check-step';
import type { ErrorData } from '../errors';
import type { Provider, ProviderContext } from '../provider';
import { errorDataOf } from '../provider-error';
import { modelParts } from '../stream/model-parts';
import { answerRemedy, keyRemedy } from './check-remedies';

/** Milliseconds. A model may have to be loaded first. */
const TIME_LIMIT = 2 * 60_000;
/** OpenAI's least. */
const FEW_TOKENS = 16;

interface Asking {
  provider: Provider;
  /** Throws `no-key` or `key-locked` where the key is wanting. */
  openContext: () => Promise<ProviderContext>;
  /** Ends the test: nobody waits for it any more. */
  signal: AbortSignal;
}

/** Sends the smallest of prompts, and tells whether the model begins to answer it, word by word. */
export async function checkStream(
  { provider, openContext, signal }: Asking,
  model: string,
): Promise<CheckStep> {
  let context: ProviderContext;
  try {
    context = await openContext();
  } catch (error) {
    return { id: 'stream', outcome: 'failed', remedy: keyRemedy(error) };
  }
  const prompt: LanguageModelV4Prompt = [
    { role: 'user', content: [{ type: 'text', text: 'Say hi' }] },
  ];
  const asked = { prompt, maxOutputTokens: FEW_TOKENS };
  const { pieces, error } = await firstPieces(provider, model, context, asked, signal);
  if (!error) {
    return { id: 'stream', outcome: 'ok', ...(isAtOnce(pieces) && { remedy: 'onePiece' }) };
  }
  const { kind, status } = error;
  const remedy = answerRemedy(provider.description, context.settings['address'] ?? '', kind);
  return { id: 'stream', outcome: 'failed', remedy, ...(status !== undefined && { status }) };
}

/** Whether several words came in one piece; one word alone tells nothing. */
function isAtOnce(pieces: string[]): boolean {
  return pieces.length === 1 && /\S\s+\S/u.test(pieces.join());
}

/** Lets go at the second piece of an answer; tells the error that came in place of the first. */
export async function firstPieces(
  provider: Provider,
  model: string,
  context: ProviderContext,
  options: LanguageModelV4CallOptions,
  signal: AbortSignal,
): Promise<{ pieces: string[]; error?: ErrorData }> {
  const done = new AbortController();
  const time = AbortSignal.timeout(TIME_LIMIT);
  const abortSignal = AbortSignal.any([done.signal, time, signal]);
  const pieces: string[] = [];
  try {
    const answering = provider.languageModel(model, context);
    const { stream } = await answering.doStream({ ...options, abortSignal });
    for await (const part of modelParts(stream)) {
      if ('delta' in part && part.delta.trim()) pieces.push(part.delta);
      if (pieces.length === 2) break;
    }
  } catch (error) {
    if (pieces.length === 0) return { pieces, error: errorDataOf(error) };
  } finally {
    done.abort();
  }
  return { pieces };
}
