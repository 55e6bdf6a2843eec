/**
 * What OpenAI's own models take beside the prompt, by their names.
 * https://platform.openai.com/docs/guides/reasoning
 */
import type { ModelDescription } from '../provider';

/** Those that reason, and those tuned from them, take no temperature but their own. */
const REASONS = /^(?:ft:)?(?:o\d|gpt-[5-9]|codex)(?!.*chat)/u;
/**
 * "Supported values are: 'none', 'low', 'medium', and 'high'" (gpt-5.1, and later ones):
 * https://github.com/openai/openai-agents-python/issues/2089. Codex and Pro always think.
 */
const WITHOUT = /^gpt-5\.\d(?!.*(?:codex|pro|chat))/u;
/** The first of that kind know no `none`. */
const MINIMAL = /^gpt-5(?:-mini|-nano)?(?:-\d{4}|$)/u;
/** Those for research think hard in one way: https://github.com/anomalyco/opencode/pull/26273 */
const ONE_EFFORT = /deep-research/u;

export function takesTemperature(modelId: string): boolean {
  return !REASONS.test(modelId);
}

/** The word for answering without thinking; undefined for a model that always thinks. */
export function leastEffort(modelId: string): 'none' | 'minimal' | undefined {
  if (WITHOUT.test(modelId)) return 'none';
  return MINIMAL.test(modelId) ? 'minimal' : undefined;
}

/** The description with what is known of the model by its name. */
export function withOpenAITraits(model: ModelDescription): ModelDescription {
  if (model.output !== 'text' || takesTemperature(model.id)) return model;
  const canSkipThinking = leastEffort(model.id) !== undefined;
  return {
    ...model,
    takes: ['maxTokens'],
    ...(canSkipThinking && { canSkipThinking }),
    ...(ONE_EFFORT.test(model.id) && { reasons: false }),
  };
}
