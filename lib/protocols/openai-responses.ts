/**
 * Chat by OpenAI's own newer protocol: `/responses` as a stream of events. Models that only it has and
 * what models think come by no other way. https://platform.openai.com/docs/api-reference/responses
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
} from '@ai-sdk/provider';
import type { ProviderContext } from '../provider';
import { at, listAt, numberAt, textAt } from '../stream/json-fields';
import { keyHeaders } from './openai';
import { leastEffort, takesTemperature } from './openai-traits';
import { promptParts, promptText, type PromptPart } from './prompt-parts';
import { streamedModel, type Piece } from './streamed-model';

/** Tokens: for a shorter answer the service refuses the request. */
const LEAST = 16;

/** They refuse to work without a search: https://platform.openai.com/docs/guides/deep-research */
const SEARCHES = /deep-research/u;

/**
 * What the service refuses to organisations that it has not verified, with the field that it names:
 * https://github.com/openai/openai-cookbook/issues/2271 and
 * https://github.com/continuedev/continue/issues/7129.
 */
const FOR_VERIFIED: [RegExp, string[]][] = [
  [/must be verified to generate reasoning summaries/u, ['reasoning', 'summary']],
  [/must be verified to stream this model/u, ['stream']],
  // Models that tell nothing of what they think.
  [/reasoning\.summary/u, ['reasoning', 'summary']],
];

/** A chat model of OpenAI under the address and with the key of the context. */
export function openAIResponsesModel(
  provider: string,
  modelId: string,
  { settings, key, fetch, refusedFields, onWhole }: ProviderContext,
): LanguageModelV4 {
  return streamedModel(provider, modelId, fetch, {
    request(options) {
      const isFixed = !takesTemperature(modelId);
      return {
        url: `${settings['address']}/responses`,
        headers: keyHeaders(key),
        body: { ...bodyOf(modelId, options, isFixed), ...options.providerOptions?.[provider] },
        warnings:
          isFixed && options.temperature !== undefined
            ? [{ type: 'unsupported', feature: 'temperature' }]
            : [],
      };
    },
    dispensable: (refusal) => FOR_VERIFIED.find(([words]) => words.test(refusal))?.[1],
    async refusedFields() {
      const refused = await refusedFields?.(modelId);
      if (refused?.fields.some(([name]) => name === 'stream')) onWhole?.();
      return refused;
    },
    reader: readEvents,
  });
}

function bodyOf(model: string, options: LanguageModelV4CallOptions, reasons: boolean) {
  const { prompt, maxOutputTokens, temperature, topP, reasoning } = options;
  const system = prompt.filter(({ role }) => role === 'system').map(promptText);
  const given = reasoning === 'provider-default' ? undefined : reasoning;
  const effort = given === 'none' ? leastEffort(model) : given;
  return {
    model,
    instructions: system.join('\n\n') || undefined,
    input: prompt.flatMap(toItem),
    stream: true,
    // Unless told, the service keeps what was said for a month.
    store: false,
    max_output_tokens: maxOutputTokens === undefined ? undefined : Math.max(LEAST, maxOutputTokens),
    ...(reasons ? { reasoning: { effort, summary: 'auto' } } : { temperature, top_p: topP }),
    tools: SEARCHES.test(model) ? [{ type: 'web_search_preview' }] : undefined,
  };
}

function toItem(message: LanguageModelV4Message): unknown[] {
  const { role } = message;
  if (role === 'user') return [{ role, content: promptParts(message).map(toInput) }];
  if (role !== 'assistant') return [];
  return [{ role, content: [{ type: 'output_text', text: promptText(message) }] }];
}

function toInput(part: PromptPart) {
  if (part.type === 'text') return { type: 'input_text', text: part.text };
  const url = `data:${part.mediaType};base64,${part.base64}`;
  return part.mediaType.startsWith('image/')
    ? { type: 'input_image', image_url: url }
    : { type: 'input_file', filename: part.name, file_data: url };
}

/** What holds the text of an answer that is streamed, and of one that is not. */
const TEXTS: Record<string, 'text' | 'reasoning'> = {
  'response.output_text.delta': 'text',
  'response.refusal.delta': 'text',
  'response.reasoning_summary_text.delta': 'reasoning',
  output_text: 'text',
  refusal: 'text',
  summary_text: 'reasoning',
};

/** The answer as it stands at its end. */
function* end(response: unknown): Iterable<Piece> {
  yield { type: 'usage', tokens: tokensOf(at(response, 'usage')) };
  const raw = textAt(response, 'status');
  const error = at(response, 'error');
  if (error || raw === 'failed') yield { type: 'error', error: error || raw };
  const reason = textAt(response, 'incomplete_details', 'reason') || raw;
  yield { type: 'finish', reason: { unified: reasonOf(reason), raw: reason } };
}

function readEvents(): (event: unknown) => Iterable<Piece> {
  /** Where the last text and the last thought came from. */
  const places: { text?: string; reasoning?: string } = {};

  /** Messages, and the parts of what was thought, are paragraphs. */
  function* say(kind: string, delta: string, place: string): Iterable<Piece> {
    const type = TEXTS[kind];
    if (!type || !delta) return;
    const isNext = places[type] !== undefined && places[type] !== place;
    places[type] = place;
    yield { type, delta: isNext ? `\n\n${delta}` : delta };
  }

  return function* read(event): Iterable<Piece> {
    const type = textAt(event, 'type');
    if (/^response\.(?:completed|incomplete|failed)$/u.test(type)) {
      yield* end(at(event, 'response'));
    } else if (at(event, 'object') === 'response') {
      // A model that cannot stream answers with the whole.
      const parts = listAt(event, 'output').flatMap((item) => [
        ...listAt(item, 'summary'),
        ...listAt(item, 'content'),
      ]);
      for (const [index, part] of parts.entries()) {
        const text = textAt(part, 'text') || textAt(part, 'refusal');
        yield* say(textAt(part, 'type'), text, String(index));
      }
      yield* end(event);
    } else if (type === 'error' || at(event, 'error')) {
      // The service nests what its reference has flat: https://github.com/openai/openai-dotnet/issues/881
      yield { type: 'error', error: at(event, 'error') || event };
    } else {
      const part = numberAt(event, 'summary_index') ?? numberAt(event, 'content_index');
      yield* say(type, textAt(event, 'delta'), `${numberAt(event, 'output_index')}.${part}`);
    }
  };
}

function reasonOf(raw: string): LanguageModelV4FinishReason['unified'] {
  if (raw === 'completed') return 'stop';
  if (raw === 'max_output_tokens') return 'length';
  return raw === 'content_filter' ? 'content-filter' : 'other';
}

function tokensOf(usage: unknown) {
  return {
    input: numberAt(usage, 'input_tokens'),
    cached: numberAt(usage, 'input_tokens_details', 'cached_tokens'),
    output: numberAt(usage, 'output_tokens'),
    reasoning: numberAt(usage, 'output_tokens_details', 'reasoning_tokens'),
  };
}
