/** Which models a provider has: those that the person typed, and those that it last answered. */
import { storage } from '@wxt-dev/storage';
import { isModelName } from '../model-ref';
import {
  settingsOf,
  type ModelDescription,
  type Provider,
  type ProviderContext,
} from '../provider';
import { providerSettings } from '../settings';
import { createTurns } from './turns';

/** A service that names more is cut off here: nobody picks from a list without end. */
const MOST = 10_000;
/** Milliseconds. */
const TIME_LIMIT = 20_000;

export interface ModelList {
  models: ModelDescription[];
  /** Milliseconds since the epoch. */
  at: number;
  /** Where they were asked for: of another address the list is but a guess. */
  address: string;
}

/** By provider id. */
export const modelLists = storage.defineItem<Record<string, ModelList>>('local:modelLists', {
  fallback: {},
  version: 1,
});

/**
 * The models of a provider, as they are shown and may be asked: first those whose names were typed,
 * as the list describes them where it has them too.
 */
export function modelsOf(
  provider: Provider,
  lists: Record<string, ModelList>,
  typed: Record<string, string[]>,
): ModelDescription[] {
  const { id: providerId, models } = provider.description;
  const listed = lists[providerId]?.models ?? models;
  const names = typed[providerId] ?? [];
  if (!provider.guessModel || names.length === 0) return listed;
  const known = new Map(listed.map((model) => [model.id, model]));
  const first = new Map<string, ModelDescription>();
  for (const id of names) first.set(id, known.get(id) ?? provider.guessModel(id));
  return [...first.values(), ...listed.filter(({ id }) => !first.has(id))];
}

/** Several providers are asked at once. */
const inTurn = createTurns();

/** Asks the provider which models it has, and keeps the answer. Throws what the provider throws. */
export async function refreshModels(provider: Provider, context: ProviderContext): Promise<void> {
  if (!provider.listModels) return;
  const { id } = provider.description;
  const { address = '' } = context.settings;
  const listed = await provider.listModels(context, AbortSignal.timeout(TIME_LIMIT));
  const named = listed.filter((model) => isModelName(model.id));
  const models = [...new Map(named.map((model) => [model.id, model])).values()].slice(0, MOST);
  const list = { models, at: Date.now(), address };
  await inTurn(async () => {
    const saved = await providerSettings.getValue();
    // Another address was given meanwhile: its list must not be overwritten by a slow server's.
    if ((settingsOf(provider.description, saved[id])['address'] ?? '') !== address) return;
    await modelLists.setValue({ ...(await modelLists.getValue()), [id]: list });
  });
}
