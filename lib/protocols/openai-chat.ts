/**
 * Chat by OpenAI's protocol: `/chat/completions` as a stream of chunks.
 * https://platform.openai.com/docs/api-reference/chat
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
} from '@ai-sdk/provider';
import type { ProviderContext } from '../provider';
import { isObject } from '../stream/json';
import { at, listAt, numberAt, textAt } from '../stream/json-fields';
import { DONE } from '../stream/json-events';
import { keyHeaders, type Dialect } from './openai';
import { leastEffort, takesTemperature } from './openai-traits';
import { promptParts, promptText } from './prompt-parts';
import { streamedModel, type Piece } from './streamed-model';

/** A chat model of a service under the address and with the key of the context. */
export function openAIChatModel(
  provider: string,
  modelId: string,
  { settings, key, fetch }: ProviderContext,
  dialect: Dialect = {},
): LanguageModelV4 {
  return streamedModel(provider, modelId, fetch, {
    request(options) {
      const isFixed = dialect.isOpenAI === true && !takesTemperature(modelId);
      return {
        url: `${settings['address']}/chat/completions`,
        headers: keyHeaders(key, dialect),
        body: {
          ...bodyOf(modelId, options, dialect, isFixed),
          ...options.providerOptions?.[provider],
        },
        warnings:
          isFixed && options.temperature !== undefined
            ? [{ type: 'unsupported', feature: 'temperature' }]
            : [],
      };
    },
    reader: readChunks,
  });
}

function bodyOf(
  model: string,
  options: LanguageModelV4CallOptions,
  { isOpenAI, refusesStreamOptions }: Dialect,
  isFixed: boolean,
) {
  const { maxOutputTokens, temperature, topP, stopSequences, seed, reasoning } = options;
  const effort = reasoning === 'provider-default' ? undefined : reasoning;
  return {
    model,
    messages: options.prompt.flatMap(toMessage),
    stream: true,
    stream_options: refusesStreamOptions ? undefined : { include_usage: true },
    [isOpenAI ? 'max_completion_tokens' : 'max_tokens']: maxOutputTokens,
    temperature: isFixed ? undefined : temperature,
    top_p: isFixed ? undefined : topP,
    frequency_penalty: options.frequencyPenalty,
    presence_penalty: options.presencePenalty,
    stop: stopSequences,
    seed,
    reasoning_effort: isOpenAI && reasoning === 'none' ? leastEffort(model) : effort,
  };
}

function toMessage(message: LanguageModelV4Message): unknown[] {
  const { role } = message;
  if (role === 'tool') return [];
  if (role !== 'user') return [{ role, content: promptText(message) }];
  const parts = promptParts(message);
  // Servers that see no pictures often take plain text alone.
  if (parts.every(({ type }) => type === 'text')) return [{ role, content: promptText(message) }];
  const content = parts.map((part) => {
    if (part.type === 'text') return part;
    const url = `data:${part.mediaType};base64,${part.base64}`;
    return part.mediaType.startsWith('image/')
      ? { type: 'image_url', image_url: { url } }
      : { type: 'file', file: { filename: part.name, file_data: url } };
  });
  return [{ role, content }];
}

function readChunks(): (event: unknown) => Iterable<Piece> {
  let isFinished = false;

  function* finish(raw: string): Iterable<Piece> {
    isFinished = true;
    yield { type: 'finish', reason: { unified: reasonOf(raw), raw } };
  }

  return function* read(event): Iterable<Piece> {
    if (event === DONE) {
      // Some servers give no reason but the end marker.
      if (!isFinished) yield* finish(DONE);
      return;
    }
    const error = errorIn(event);
    if (error !== undefined) {
      yield { type: 'error', error };
      return;
    }
    const choice = at(event, 'choices', 0);
    // A server that cannot stream answers with the whole message.
    const delta = at(choice, 'delta') ?? at(choice, 'message');
    yield* piecesOf(delta);
    const refusal = textAt(delta, 'refusal');
    if (refusal) yield { type: 'text', delta: refusal };
    const raw = textAt(choice, 'finish_reason');
    if (raw) yield* finish(raw);
    if (isObject(at(event, 'usage'))) yield { type: 'usage', tokens: tokensOf(at(event, 'usage')) };
  };
}

/** The error of a chunk: most send an object, Ollama and others words, vLLM the chunk itself. */
function errorIn(event: unknown): unknown {
  if (at(event, 'object') === 'error') return event;
  return at(event, 'error') || at(event, 'choices', 0, 'error') || undefined;
}

function piecesOf(delta: unknown): Piece[] {
  const reasoning = textAt(delta, 'reasoning_content') || textAt(delta, 'reasoning');
  const text = textAt(delta, 'content');
  return [
    { type: 'reasoning', delta: reasoning },
    { type: 'text', delta: text },
    // Mistral's models that reason send a list.
    ...listAt(delta, 'content').flatMap((part): Piece[] =>
      at(part, 'type') === 'thinking'
        ? listAt(part, 'thinking').map((one) => ({ type: 'reasoning', delta: textAt(one, 'text') }))
        : [{ type: 'text', delta: textAt(part, 'text') }],
    ),
    // OpenRouter's picture models.
    ...listAt(delta, 'images').flatMap((image) => imageIn(textAt(image, 'image_url', 'url'))),
  ];
}

function imageIn(url: string): Piece[] {
  const [, mediaType, base64] = /^data:(image\/[\w.+-]+);base64,(.+)$/su.exec(url) ?? [];
  return mediaType && base64 ? [{ type: 'image', mediaType, base64 }] : [];
}

function reasonOf(raw: string): LanguageModelV4FinishReason['unified'] {
  if (raw === 'stop' || raw === DONE) return 'stop';
  if (raw === 'length') return 'length';
  if (raw === 'content_filter') return 'content-filter';
  // OpenRouter's word, and vLLM's, for an answer that broke off.
  if (/^(?:error|abort)$/u.test(raw)) return 'error';
  return /^(?:tool_calls|function_call)$/u.test(raw) ? 'tool-calls' : 'other';
}

function tokensOf(usage: unknown) {
  return {
    input: numberAt(usage, 'prompt_tokens'),
    cached: numberAt(usage, 'prompt_tokens_details', 'cached_tokens'),
    output: numberAt(usage, 'completion_tokens'),
    reasoning: numberAt(usage, 'completion_tokens_details', 'reasoning_tokens'),
  };
}
