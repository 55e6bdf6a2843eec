import type { ModelRef } from './conversation';

export function isSameModel(one: ModelRef, other: ModelRef | null | undefined): boolean {
  return one.provider === other?.provider && one.model === other.model;
}

/** One text for a model of a provider, to keep things by. */
export function modelKey({ provider, model }: ModelRef): string {
  return `${provider}\n${model}`;
}
