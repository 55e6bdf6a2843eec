/** Which models a provider has: what it answered when it was last asked, else what is known of it. */
import { storage } from '@wxt-dev/storage';
import type { ModelDescription, Provider, ProviderContext } from '../provider';

/** A service that names more is cut off here: nobody picks from a list without end. */
const MOST = 10_000;
/** Characters; what is longer is no name. */
const LONGEST_ID = 500;
/** Line ends and marks that turn the text around: with them a name could look like another one. */
const UNREADABLE = /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u;
/** Milliseconds. */
const TIME_LIMIT = 20_000;

export interface ModelList {
  models: ModelDescription[];
  /** Milliseconds since the epoch. */
  at: number;
}

/** By provider id. */
export const modelLists = storage.defineItem<Record<string, ModelList>>('local:modelLists', {
  fallback: {},
  version: 1,
});

/** The models of a provider, as they are shown and may be asked. */
export function modelsOf(
  { description }: Provider,
  lists: Record<string, ModelList>,
): ModelDescription[] {
  return lists[description.id]?.models ?? description.models;
}

function isName(id: string): boolean {
  return id.length <= LONGEST_ID && !UNREADABLE.test(id);
}

let keeping: Promise<void> = Promise.resolve();

/** Asks the provider which models it has, and keeps the answer. Throws what the provider throws. */
export async function refreshModels(provider: Provider, context: ProviderContext): Promise<void> {
  if (!provider.listModels) return;
  const { id } = provider.description;
  const listed = await provider.listModels(context, AbortSignal.timeout(TIME_LIMIT));
  const named = listed.filter((model) => isName(model.id));
  const models = [...new Map(named.map((model) => [model.id, model])).values()].slice(0, MOST);
  const keep = async () =>
    modelLists.setValue({ ...(await modelLists.getValue()), [id]: { models, at: Date.now() } });
  // One after the other: several providers are asked at once.
  const kept = keeping.then(keep);
  keeping = kept.catch(() => undefined);
  await kept;
}
