/**
 * Anthropic's protocol: `/messages` as a stream of blocks, and `/models`.
 * https://platform.claude.com/docs/en/api/messages
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
  SharedV4Warning,
} from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ModelDescription, ProviderContext } from '../provider';
import { readJson } from '../stream/json';
import { at, listAt, numberAt, textAt } from '../stream/json-fields';
import { promptParts, promptText } from './prompt-parts';
import { streamedModel, type Piece, type Tokens } from './streamed-model';

/** Tokens that every model which thinks may answer with, thoughts included. */
const MOST = 32_000;

/** What models can do that say so by their names alone; whatever is not named here is newer. */
const OLD = /claude-(?:instant|[12]|3-(?:opus|sonnet|haiku|5))/u;
const BUDGETED = /claude-(?:3-7|(?:opus|sonnet|haiku)-4(?!-[6-9]))/u;
const WITHOUT_TEMPERATURE = /claude-[a-z]+-(?:4-[7-9]|[5-9])(?!\d)/u;

/**
 * Models that think only when told to. What is newer may always think, and refuses to be told not to:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking.html
 */
const SKIPS = /claude-(?:3-7|(?:opus|sonnet|haiku)-4)/u;

/** Shares of the limit that thoughts may take. */
const BUDGETS = { minimal: 0.04, low: 0.1, medium: 0.3, high: 0.6, xhigh: 0.9, max: 0.95 };
const EFFORTS = {
  none: 'low',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
  max: 'max',
};

export function anthropicModel(
  provider: string,
  modelId: string,
  context: ProviderContext,
): LanguageModelV4 {
  return streamedModel(provider, modelId, context.fetch, {
    request(options) {
      const { body, warnings } = bodyOf(modelId, options);
      return {
        url: `${context.settings['address']}/messages`,
        headers: headersFor(context),
        body: { ...body, ...options.providerOptions?.[provider] },
        warnings,
      };
    },
    reader: readEvents,
  });
}

/** Asks the service which models it has. Throws ProviderError. */
export async function listAnthropicModels(
  context: ProviderContext,
  signal: AbortSignal,
): Promise<ModelDescription[]> {
  const url = `${context.settings['address']}/models?limit=1000`;
  const body = await readJson(await context.fetch(url, { signal, headers: headersFor(context) }));
  if (!Array.isArray(at(body, 'data'))) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(body) });
  }
  return listAt(body, 'data').flatMap((entry): ModelDescription[] => {
    const id = textAt(entry, 'id');
    if (!id) return [];
    const sees = at(entry, 'capabilities', 'image_input', 'supported') ?? isSeeing(id);
    const thinks = at(entry, 'capabilities', 'thinking', 'supported') ?? isThinking(id);
    return [describe(id, sees === true, thinks === true)];
  });
}

/** The model by its name alone. */
export function guessAnthropicModel(id: string): ModelDescription {
  return describe(id, isSeeing(id), isThinking(id));
}

function describe(id: string, seesImages: boolean, reasons: boolean): ModelDescription {
  return {
    id,
    output: 'text',
    ...(seesImages && { seesImages }),
    ...(reasons && { reasons }),
    ...(reasons && SKIPS.test(id) && { canSkipThinking: true }),
    ...(WITHOUT_TEMPERATURE.test(id) && { takes: ['maxTokens'] }),
  };
}

function headersFor({ key }: ProviderContext): Record<string, string> {
  return {
    'x-api-key': key,
    'anthropic-version': '2023-06-01',
    // Without it the service takes nothing that carries a browser's Origin.
    'anthropic-dangerous-direct-browser-access': 'true',
  };
}

/** https://platform.claude.com/docs/en/build-with-claude/vision: all since Claude 3 */
function isSeeing(modelId: string): boolean {
  return /claude-(?!2|instant)/u.test(modelId);
}

function isThinking(modelId: string): boolean {
  return modelId.includes('claude') && !OLD.test(modelId);
}

function bodyOf(model: string, options: LanguageModelV4CallOptions) {
  const { prompt, maxOutputTokens, temperature, topP, topK, stopSequences } = options;
  const limit = maxOutputTokens ?? (OLD.test(model) ? 4096 : MOST);
  const thoughts = thoughtsOf(model, options.reasoning, limit);
  const isFixed = 'thinking' in thoughts || WITHOUT_TEMPERATURE.test(model);
  const warnings: SharedV4Warning[] =
    isFixed && temperature !== undefined ? [{ type: 'unsupported', feature: 'temperature' }] : [];
  const system = prompt.filter(({ role }) => role === 'system').map(promptText);
  const body = {
    model,
    max_tokens: limit,
    system: system.join('\n\n') || undefined,
    messages: prompt.flatMap(toMessage),
    stream: true,
    // Others go up to 2.
    ...(!isFixed && {
      temperature: temperature && Math.min(temperature, 1),
      top_p: topP,
      top_k: topK,
    }),
    stop_sequences: stopSequences,
    ...thoughts,
  };
  return { body, warnings };
}

/** How hard the model is told to think; its newer kinds take a word, older ones a number of tokens. */
function thoughtsOf(
  model: string,
  reasoning: LanguageModelV4CallOptions['reasoning'],
  limit: number,
): { max_tokens?: number; thinking?: unknown; output_config?: unknown } {
  if (!reasoning || reasoning === 'provider-default' || !isThinking(model)) return {};
  if (!BUDGETED.test(model)) {
    if (reasoning === 'none' && SKIPS.test(model)) return {};
    return {
      // A model that always thinks refuses to be told not to.
      ...(reasoning !== 'none' && { thinking: { type: 'adaptive', display: 'summarized' } }),
      output_config: { effort: EFFORTS[reasoning] },
    };
  }
  if (reasoning === 'none') return {};
  const budget = Math.max(1024, Math.round(MOST * BUDGETS[reasoning]));
  // The limit counts thoughts too.
  return {
    max_tokens: Math.min(MOST, limit + budget),
    thinking: { type: 'enabled', budget_tokens: budget },
  };
}

function toMessage(message: LanguageModelV4Message): unknown[] {
  const { role } = message;
  if (role !== 'user' && role !== 'assistant') return [];
  const content = promptParts(message).map((part) =>
    part.type === 'text'
      ? part
      : {
          type: part.mediaType.startsWith('image/') ? 'image' : 'document',
          source: { type: 'base64', media_type: part.mediaType, data: part.base64 },
        },
  );
  return [{ role, content }];
}

function readEvents(): (event: unknown) => Iterable<Piece> {
  let input: number | undefined;
  let cached: number | undefined;

  /** Tokens are told at the start and, some of them again, at the end. */
  function tokensOf(usage: unknown): Tokens {
    const fresh = numberAt(usage, 'input_tokens');
    if (fresh !== undefined) {
      cached = numberAt(usage, 'cache_read_input_tokens') ?? cached;
      const written = numberAt(usage, 'cache_creation_input_tokens') ?? 0;
      input = fresh + (cached ?? 0) + written;
    }
    return { input, cached, output: numberAt(usage, 'output_tokens') };
  }

  return function* read(event): Iterable<Piece> {
    switch (at(event, 'type')) {
      case 'message_start':
        yield { type: 'usage', tokens: tokensOf(at(event, 'message', 'usage')) };
        break;
      case 'content_block_start':
        yield { type: 'text', delta: textAt(event, 'content_block', 'text') };
        break;
      case 'content_block_delta':
        yield { type: 'text', delta: textAt(event, 'delta', 'text') };
        yield { type: 'reasoning', delta: textAt(event, 'delta', 'thinking') };
        break;
      case 'message_delta': {
        yield { type: 'usage', tokens: tokensOf(at(event, 'usage')) };
        const raw = textAt(event, 'delta', 'stop_reason');
        if (raw) yield { type: 'finish', reason: { unified: reasonOf(raw), raw } };
        break;
      }
      case 'error':
        yield { type: 'error', error: at(event, 'error') };
        break;
      default:
      // Pings, the ends of blocks, and kinds of events that are still to come.
    }
  };
}

function reasonOf(raw: string): LanguageModelV4FinishReason['unified'] {
  if (/^(?:end_turn|stop_sequence|pause_turn)$/u.test(raw)) return 'stop';
  if (/^(?:max_tokens|model_context_window_exceeded)$/u.test(raw)) return 'length';
  if (raw === 'refusal') return 'content-filter';
  return raw === 'tool_use' ? 'tool-calls' : 'other';
}
