/**
 * What a model is, guessed by its name: most lists tell nothing but names. Held against the public
 * tables of https://models.dev in November 2026.
 */
import type { ModelDescription } from '../provider';
import { imageTraits } from './image-traits';

/** What no one can chat with or draw with. */
const OTHER =
  /embed|whisper|tts|transcri|moderation|rerank|realtime|speech|audio|guard|computer-use|sora|veo|babbage|davinci/iu;
const DRAWS =
  /dall-e|gpt-image|chatgpt-image|imagen|flux|stable-?diffusion|sdxl|grok.*image|image-gen/iu;

/** Versions are written as `3.5`, `3-5` or `3p5`, and where months name them, as `2512`. */
const SEES = [
  // https://developers.openai.com/api/docs/models
  /gpt-4o|chatgpt-4o|gpt-4\.[15]|gpt-4-turbo|gpt-5|\bo[134]\b/iu,
  // https://platform.claude.com/docs/en/build-with-claude/vision: all since Claude 3
  /claude-(?!2|instant)/iu,
  // https://ai.google.dev/gemini-api/docs/vision, https://ai.google.dev/gemma/docs/core
  /gemini|gemma-?[34]/iu,
  // https://docs.x.ai/docs/models
  /grok-[4-9]/iu,
  // https://docs.mistral.ai/getting-started/models
  /pixtral|ministral-3(?!b)|devstral-small-2(?!\d)/iu,
  /mistral-(?:medium-(?:3|latest)|small-(?:3[.-][12]|4|latest)|large-(?:[34]|latest))/iu,
  /mistral-(?:medium|small)-(?:250[3-9]|251\d|2[6-9]\d\d)/iu,
  /(?:mistral-large|ministral-\d+b|magistral-\w+|devstral-small)-(?:2509|251\d|2[6-9]\d\d)/iu,
  // https://huggingface.co/meta-llama, /Qwen, /moonshotai, /MiniMaxAI, /zai-org
  /llama-?4|qwen-?3[.p][5-9]|kimi-k2[.p][5-9]|minimax-m[3-9]|glm-\d(?:[.p]\d)?v/iu,
  /vision|-vl|llava|multimodal|omni(?!-moderation)/iu,
];

/** What has a name as those that see, and does not. */
const BLIND = [
  // https://developers.openai.com/api/docs/models: text alone
  /\bo1-(?:mini|preview)|\bo3-mini|gpt-4-turbo-preview|gpt-4o(?:-mini)?-search/iu,
  // https://ai.google.dev/gemma/docs/core/model_card_3: the small ones; servers take text alone for 3n
  /gemma-?3n|gemma-?3[-:](?:1b|270m)/iu,
  /qwen-?3[.p]\d-(?:max|coder)/iu,
];

const REASONS =
  /\bo[134]\b|gpt-5(?!\S*-chat)|codex|gpt-oss|(?<!non-)reason|think|deepseek-r|-r1|qwq|magistral/iu;

/** Their guide has an hour for a request: https://developers.openai.com/api/docs/guides/deep-research */
const THINKS_LONG = /deep-research/iu;

/** What a service tells of a model; what it does not tell is guessed. */
export interface Told {
  /** `other` is what one can neither chat with nor draw with. */
  output?: 'text' | 'image' | 'other' | undefined;
  seesImages?: boolean | undefined;
  reasons?: boolean | undefined;
}

/** The model; undefined for one that one can neither chat with nor draw with. */
export function describeAs(id: string, told: Told): ModelDescription | undefined {
  const output = told.output ?? (OTHER.test(id) ? 'other' : undefined);
  return output === 'other' ? undefined : toModel(id, { ...told, output });
}

/** The model by its name alone; of what nobody knows one may suppose that it chats. */
export function guessByName(id: string): ModelDescription {
  return toModel(id, {});
}

function toModel(id: string, told: Told): ModelDescription {
  const isImage = told.output ? told.output === 'image' : DRAWS.test(id);
  if (isImage) {
    const { seesImages: isEditor = false, ...traits } = imageTraits(id);
    const seesImages = told.seesImages ?? isEditor;
    return { id, output: 'image', ...traits, ...(seesImages && { seesImages }) };
  }
  const seesImages = told.seesImages ?? (isIn(SEES, id) && !isIn(BLIND, id));
  const reasons = told.reasons ?? REASONS.test(id);
  return {
    id,
    output: 'text',
    ...(seesImages && { seesImages }),
    ...(reasons && { reasons }),
    ...(THINKS_LONG.test(id) && { thinksLong: true }),
  };
}

function isIn(names: RegExp[], id: string): boolean {
  return names.some((name) => name.test(id));
}
