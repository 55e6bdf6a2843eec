/** What a person may ask of the model's manner, for one conversation. */

/** How long a model thinks; `none` is for those that can be told not to. */
export const EFFORTS = ['none', 'low', 'medium', 'high'] as const;

export type Effort = (typeof EFFORTS)[number];

/** Only what was set; the rest is as the model's makers mean it. */
export interface ChatOptions {
  /** From 0, the same answer each time, to 2. */
  temperature?: number;
  /** The longest that an answer may get, in tokens. */
  maxTokens?: number;
  /** How long a model that reasons may think. */
  effort?: Effort;
  /** What the model is told before the conversation; in place of the one in Settings. */
  system?: string;
}

export const TEMPERATURE_LIMIT = 2;
export const TOKENS_LIMIT = 1_000_000;
/** Characters. */
export const SYSTEM_LIMIT = 50_000;

/** The options without what is blank, and with numbers that a service may take. */
export function cleanOptions({ temperature, maxTokens, effort, system }: ChatOptions): ChatOptions {
  const text = system?.slice(0, SYSTEM_LIMIT) ?? '';
  return {
    ...(isNumber(temperature) && {
      temperature: Math.min(TEMPERATURE_LIMIT, Math.max(0, temperature)),
    }),
    ...(isNumber(maxTokens) &&
      maxTokens >= 1 && { maxTokens: Math.min(TOKENS_LIMIT, Math.round(maxTokens)) }),
    ...(effort && EFFORTS.includes(effort) && { effort }),
    ...(text.trim() && { system: text }),
  };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value);
}
