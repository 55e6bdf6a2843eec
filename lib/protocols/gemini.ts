/**
 * Gemini's protocol: `/models/…:streamGenerateContent` as a stream of candidates, and `/models`.
 * https://ai.google.dev/api/generate-content
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4Message,
} from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ModelDescription, ProviderContext } from '../provider';
import { isObject, readJson } from '../stream/json';
import { at, listAt, numberAt, textAt } from '../stream/json-fields';
import { imageTraits } from './image-traits';
import { promptParts, promptText } from './prompt-parts';
import { streamedModel, type Piece } from './streamed-model';

const DRAWS = /-image|nano-banana/u;
/** What answers in speech, to a robot or by a protocol of its own. */
const OTHER = /embed|tts|audio|live|aqa|robotics|computer-use/u;

/** Can be told not to think; Pro and Gemini 3 cannot: https://ai.google.dev/gemini-api/docs/thinking */
const SKIPS = /^(?:gemini-2\.5-flash|gemma-4)/u;

const SEES = /^(?:gemini|gemma-4)/u;
/** "Developer instruction is not enabled for models/gemma-3-27b-it": https://github.com/google/adk-python/issues/3900 */
const WITHOUT_SYSTEM = /^gemma-[1-3]/u;

/** Tokens; the largest that Flash and Pro both take. */
const BUDGETS = {
  none: 0,
  minimal: 512,
  low: 2048,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
};

/** How a model draws; unless told, as it likes. */
interface ImageConfig {
  /** As `16:9`. */
  aspectRatio: string;
}

export function geminiModel(
  provider: string,
  modelId: string,
  { settings, key, fetch }: ProviderContext,
  imageConfig?: ImageConfig,
): LanguageModelV4 {
  return streamedModel(provider, modelId, fetch, {
    request: (options) => ({
      url: `${settings['address']}/${modelPath(modelId)}:streamGenerateContent?alt=sse`,
      headers: { 'x-goog-api-key': key },
      body: { ...bodyOf(modelId, options, imageConfig), ...options.providerOptions?.[provider] },
    }),
    reader: () => readCandidates,
  });
}

/** Asks the service which models it has. Throws ProviderError. */
export async function listGeminiModels(
  { settings, key, fetch }: ProviderContext,
  signal: AbortSignal,
): Promise<ModelDescription[]> {
  const url = `${settings['address']}/models?pageSize=1000`;
  const body = await readJson(await fetch(url, { signal, headers: { 'x-goog-api-key': key } }));
  if (!Array.isArray(at(body, 'models'))) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(body) });
  }
  return listAt(body, 'models').flatMap((entry): ModelDescription[] => {
    const id = textAt(entry, 'name').replace(/^models\//u, '');
    const isChat = listAt(entry, 'supportedGenerationMethods').includes('generateContent');
    if (!id || !isChat || OTHER.test(id)) return [];
    return [describe(id, at(entry, 'thinking') === true)];
  });
}

/** The model by its name alone. */
export function guessGeminiModel(id: string): ModelDescription {
  return describe(id, thinkingOf(id, 'high') !== undefined);
}

function describe(id: string, reasons: boolean): ModelDescription {
  if (DRAWS.test(id)) return { id, output: 'image', ...imageTraits(id) };
  const seesImages = SEES.test(id);
  return {
    id,
    output: 'text',
    ...(seesImages && { seesImages }),
    ...(reasons && { reasons }),
    ...(reasons && SKIPS.test(id) && { canSkipThinking: true }),
  };
}

/** The path of a model; a tuned one names its own. */
function modelPath(modelId: string): string {
  const [, tuned] = /^tunedModels\/(.+)$/u.exec(modelId) ?? [];
  return tuned
    ? `tunedModels/${encodeURIComponent(tuned)}`
    : `models/${encodeURIComponent(modelId.replace(/^models\//u, ''))}`;
}

function bodyOf(
  model: string,
  options: LanguageModelV4CallOptions,
  imageConfig: ImageConfig | undefined,
) {
  const { prompt, maxOutputTokens, temperature, topP, topK, stopSequences, seed } = options;
  const system = prompt.filter(({ role }) => role === 'system').map(promptText);
  const word = system.length > 0 ? [{ text: system.join('\n\n') }] : [];
  const contents = prompt.flatMap(toContent);
  const isWithout = WITHOUT_SYSTEM.test(model);
  if (isWithout) contents[0]?.parts.unshift(...word);
  return {
    ...(word.length > 0 && !isWithout && { systemInstruction: { parts: word } }),
    contents,
    generationConfig: {
      maxOutputTokens,
      temperature,
      topP,
      topK,
      stopSequences,
      seed,
      thinkingConfig: thinkingOf(model, options.reasoning),
      ...(DRAWS.test(model) && { responseModalities: ['TEXT', 'IMAGE'] }),
      imageConfig,
    },
  };
}

/** How hard the model is told to think, and that its thoughts are shown; models without are told nothing. */
function thinkingOf(model: string, reasoning: LanguageModelV4CallOptions['reasoning']) {
  const shown = { includeThoughts: true };
  // Gemma 4 thinks or does not: https://ai.google.dev/gemma/docs/core/gemma_on_gemini_api
  if (model.startsWith('gemma-4') && reasoning && reasoning !== 'provider-default') {
    const isLittle = /none|minimal|low/u.test(reasoning);
    return { ...shown, thinkingLevel: isLittle ? 'minimal' : 'high' };
  }
  const [, version] = /^gemini-(2\.5|[3-9])/u.exec(model) ?? [];
  if (!version || DRAWS.test(model)) return undefined;
  if (!reasoning || reasoning === 'provider-default') return shown;
  const isPro = model.includes('-pro');
  if (version === '2.5') {
    if (reasoning === 'none' && SKIPS.test(model)) return { thinkingBudget: 0 };
    return { ...shown, thinkingBudget: Math.max(BUDGETS[reasoning], isPro ? 128 : 0) };
  }
  const isLeast = reasoning === 'none' || reasoning === 'minimal';
  if (isLeast) return { ...shown, thinkingLevel: isPro ? 'low' : 'minimal' };
  const isMost = reasoning === 'xhigh' || reasoning === 'max';
  return { ...shown, thinkingLevel: isMost ? 'high' : reasoning };
}

function toContent(message: LanguageModelV4Message): { role: string; parts: unknown[] }[] {
  const { role } = message;
  if (role !== 'user' && role !== 'assistant') return [];
  const parts = promptParts(message).map((part) =>
    part.type === 'text'
      ? { text: part.text }
      : { inlineData: { mimeType: part.mediaType, data: part.base64 } },
  );
  return [{ role: role === 'user' ? 'user' : 'model', parts }];
}

function* readCandidates(event: unknown): Iterable<Piece> {
  const error = at(event, 'error');
  if (isObject(error)) {
    yield { type: 'error', error: { type: error['status'], message: error['message'] } };
    return;
  }
  const candidate = at(event, 'candidates', 0);
  for (const part of listAt(candidate, 'content', 'parts')) {
    const isThought = at(part, 'thought') === true;
    yield { type: isThought ? 'reasoning' : 'text', delta: textAt(part, 'text') };
    const mediaType = textAt(part, 'inlineData', 'mimeType');
    const base64 = textAt(part, 'inlineData', 'data');
    // Drafts that it thought in are no answer.
    if (base64 && !isThought) yield { type: 'image', mediaType, base64 };
  }
  const usage = at(event, 'usageMetadata');
  if (isObject(usage)) yield { type: 'usage', tokens: tokensOf(usage) };
  const blocked = textAt(event, 'promptFeedback', 'blockReason');
  const raw = textAt(candidate, 'finishReason') || blocked;
  if (raw)
    yield { type: 'finish', reason: { unified: blocked ? 'content-filter' : reasonOf(raw), raw } };
}

function reasonOf(raw: string): LanguageModelV4FinishReason['unified'] {
  if (raw === 'STOP') return 'stop';
  if (raw === 'MAX_TOKENS') return 'length';
  return /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII/u.test(raw) ? 'content-filter' : 'other';
}

function tokensOf(usage: unknown) {
  const reasoning = numberAt(usage, 'thoughtsTokenCount');
  const answer = numberAt(usage, 'candidatesTokenCount');
  return {
    input: numberAt(usage, 'promptTokenCount'),
    cached: numberAt(usage, 'cachedContentTokenCount'),
    output: answer === undefined ? reasoning : answer + (reasoning ?? 0),
    reasoning,
  };
}
