/** What a model is called with beside the conversation, and what it tells at the end. */
import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { Conversation, ModelRef } from '../conversation';
import type { TokenUse } from '../message-reply';
import { systemPrompt } from '../settings';
import type { ModelEnd } from '../stream/model-parts';
import { describeModel } from './models';
import type { Told } from './run';

/** The prompt, under the person's word to the model, with what they set for the conversation. */
export async function callOptions(
  { options = {} }: Conversation,
  model: ModelRef | undefined,
  prompt: LanguageModelV4Prompt,
): Promise<LanguageModelV4CallOptions> {
  const { temperature, maxTokens, effort, system = await systemPrompt.getValue() } = options;
  const about = effort && model && (await describeModel(model));
  // A model that is not known to reason, or to do without, may refuse the word for it.
  const isTaken = effort === 'none' ? about?.canSkipThinking : about?.reasons;
  return {
    prompt: system.trim() ? [{ role: 'system', content: system }, ...prompt] : prompt,
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(effort && isTaken && { reasoning: effort }),
  };
}

/** The same parts; what a `for` loop would drop, the value at their end, is handed over. */
export async function* withEnd<Part, End>(
  parts: AsyncGenerator<Part, End, void>,
  onEnd: (end: End) => void,
): AsyncGenerator<Part, void, void> {
  onEnd(yield* parts);
}

/** What the reply is to keep of a model's end. */
export function toldOf({ finishReason, usage }: ModelEnd): Told {
  const tokens = tokensOf(usage);
  return {
    ...(Object.keys(tokens).length > 0 && { usage: tokens }),
    ...(finishReason.unified === 'length' && { isAtLimit: true }),
    ...(finishReason.unified === 'content-filter' && { isFiltered: true }),
  };
}

function tokensOf({ inputTokens, outputTokens }: LanguageModelV4Usage): TokenUse {
  const { total: input } = inputTokens;
  const { total: output, reasoning } = outputTokens;
  return {
    ...(isCount(input) && { input }),
    ...(isCount(output) && { output }),
    ...(isCount(reasoning) && reasoning > 0 && { reasoning }),
  };
}

/** A service may send anything for a number. */
function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
