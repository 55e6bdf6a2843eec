/** A model of a provider: which one, and how its name is written. */
import type { ModelRef } from './conversation';

export function isSameModel(one: ModelRef, other: ModelRef | null | undefined): boolean {
  return one.provider === other?.provider && one.model === other.model;
}

/** One text for a model of a provider, to keep things by. */
export function modelKey({ provider, model }: ModelRef): string {
  return `${provider}\n${model}`;
}

/** Characters; what is longer is no name. */
const LONGEST_NAME = 500;
/** Line ends and marks that turn the text around: with them a name could look like another one. */
const UNREADABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
/** What comes along with a copied name and is not seen in it; the joiners within emoji stay. */
const UNSEEN = /[\p{Cc}\p{Cs}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** Blanks and quotation marks around a copied name. */
const AROUND = /^[\s"'`“”‘’„«»]+|[\s"'`“”‘’„«»,;]+$/gu;

/** Whether a service's name for a model can be shown. */
export function isModelName(id: string): boolean {
  return id.length <= LONGEST_NAME && !UNREADABLE.test(id);
}

/** The name in what a person typed or pasted; empty where there is none. */
export function cleanModelName(text: string): string {
  const name = text.replaceAll(UNSEEN, '').replaceAll(AROUND, '');
  return isModelName(name) ? name : '';
}
