import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import { splitThinkTags, type ThinkTags } from './think-tags';

/** What a person gets to see of a model's answer, piece by piece. */
export type ModelPart =
  | { type: 'text' | 'reasoning'; delta: string }
  | { type: 'reasoning-start' }
  /** A picture: bytes or base64, whatever the service sent. */
  | { type: 'image'; mediaType: string; data: Uint8Array | string };

/** How a model's answer ended. */
export interface ModelEnd {
  /** `length` says that the answer is cut at its limit; `content-filter` that it was cut by a filter. */
  finishReason: LanguageModelV4FinishReason;
  usage: LanguageModelV4Usage;
}

/**
 * Reads a model's stream to its end: tools, sources and other files are passed over. Throws what the
 * stream hands out as an error, and ProviderError: `connection-lost` for an answer without its end,
 * `content-filter` for a refusal without words, `empty-reply` for no answer at all.
 */
export async function* modelParts(
  stream: ReadableStream<LanguageModelV4StreamPart>,
): AsyncGenerator<ModelPart, ModelEnd, void> {
  let end: ModelEnd | undefined;
  let isAnswered = false;
  let hasThought = false;
  const tags = splitThinkTags();
  const note = (part: ModelPart) => {
    if (part.type === 'reasoning' && part.delta.trim()) hasThought = true;
    if (part.type === 'image' || (part.type === 'text' && part.delta.trim())) isAnswered = true;
    return part;
  };
  try {
    for await (const part of stream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'finish') end = { finishReason: part.finishReason, usage: part.usage };
      for (const shown of shownOf(part, tags)) yield note(shown);
    }
  } catch (error) {
    yield* tags.end().map(note);
    throw error;
  }
  yield* tags.end().map(note);
  const isEmpty = !isAnswered && !hasThought;
  if (!end || isUnfinished(end.finishReason)) {
    throw new ProviderError({ kind: isEmpty ? 'empty-reply' : 'connection-lost' });
  }
  const { unified, raw } = end.finishReason;
  if (unified === 'content-filter' && !isAnswered) {
    throw new ProviderError({ kind: 'content-filter', ...(raw && { detail: raw }) });
  }
  if (isEmpty && unified !== 'length') throw new ProviderError({ kind: 'empty-reply' });
  return end;
}

function shownOf(part: LanguageModelV4StreamPart, tags: ThinkTags): ModelPart[] {
  if (part.type === 'text-delta') return tags.push(part.delta);
  if (part.type === 'reasoning-delta') return [{ type: 'reasoning', delta: part.delta }];
  if (part.type === 'reasoning-start') return [{ type: 'reasoning-start' }];
  if (part.type !== 'file' || part.data.type !== 'data') return [];
  if (!part.mediaType.startsWith('image/')) return [];
  return [{ type: 'image', mediaType: part.mediaType, data: part.data.data }];
}

/** Packages say in different ways that no end was told. */
function isUnfinished({ unified, raw }: LanguageModelV4FinishReason): boolean {
  return /^(?:interrupted|error)$/u.test(unified) || (raw === undefined && unified === 'other');
}
