/** Which models one can pick from, in which order, and which of them a query finds. */
import { isSameModel, modelKey } from '../model-ref';
import type { Message, ModelRef } from '../conversation';
import type { ProviderInfo } from '../messages';
import type { ModelDescription } from '../provider';
import { foldText } from '../search-terms';
import { modelName } from './gallery-search';

/** About as many as are drawn at once; one finds the others by typing. */
const MOST = 100;

/** One model to pick. */
export interface ModelChoice {
  ref: ModelRef;
  /** What the person reads: the provider and the model. */
  name: string;
  description: ModelDescription;
  isFavourite: boolean;
}

/** Models under one heading: favourites of all providers, or the others of one. */
export interface ChoiceGroup {
  /** The provider's id; null for the favourites. */
  provider: string | null;
  choices: ModelChoice[];
}

export interface ModelChoices {
  groups: ChoiceGroup[];
  /** How many models the query finds, those that are not in the groups included. */
  count: number;
}

/** How many models there are to pick from, of those that make this. */
export function countModels(
  providers: ProviderInfo[],
  output?: ModelDescription['output'],
): number {
  return inUse(providers).reduce((count, { models }) => {
    const fitting = output ? models.filter((model) => model.output === output) : models;
    return count + fitting.length;
  }, 0);
}

/**
 * The models of the providers in use that hold every word of the query, favourites first. Of many,
 * each provider gets its share of what is shown; the one that is chosen now is always shown.
 */
export function chooseModels({
  providers,
  favourites,
  current,
  query,
  output,
}: {
  providers: ProviderInfo[];
  favourites: ModelRef[];
  current: ModelRef | null | undefined;
  query: string;
  /** What the models must make; anything unless told. */
  output?: ModelDescription['output'] | undefined;
}): ModelChoices {
  const choiceOf = (provider: string, description: ModelDescription, isFavourite: boolean) => {
    const ref = { provider, model: description.id };
    return { ref, name: modelName(ref, providers), description, isFavourite };
  };
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  const used = inUse(providers);
  const starred: ModelChoice[] = [];
  const found = used.map(({ id: provider, name, models }) => {
    const starredIds = idsOf(favourites, provider);
    const others: ModelDescription[] = [];
    for (const description of models) {
      if (output && description.output !== output) continue;
      const text = words.length === 0 ? '' : foldText(`${name}: ${description.id}`);
      if (!words.every((word) => text.includes(word))) continue;
      if (!starredIds.has(description.id)) others.push(description);
      else starred.push(choiceOf(provider, description, true));
    }
    return { provider, others };
  });
  const shares = sharesOf(found.map(({ others }) => others.length));
  const groups = found.map(({ provider, others }, at): ChoiceGroup => {
    const shown = others.filter(
      ({ id }, index) => index < (shares[at] ?? 0) || isSameModel({ provider, model: id }, current),
    );
    return { provider, choices: shown.map((model) => choiceOf(provider, model, false)) };
  });
  const count = found.reduce((sum, { others }) => sum + others.length, starred.length);
  const all = [{ provider: null, choices: starred.slice(0, MOST) }, ...groups];
  return { groups: all.filter(({ choices }) => choices.length > 0), count };
}

/** How many each may show of what it has, so that all together show `MOST` and the small ones all. */
function sharesOf(sizes: number[]): number[] {
  const shares = sizes.map(() => 0);
  let left = MOST;
  const smallFirst = [...sizes.entries()].toSorted(([, one], [, other]) => one - other);
  for (const [done, [at, size]] of smallFirst.entries()) {
    const share = Math.min(size, Math.floor(left / (sizes.length - done)));
    shares[at] = share;
    left -= share;
  }
  return shares;
}

/** As many models as a menu holds, and of one provider, unless the person cares for them. */
const SOME = 10;
const FIRST = 3;

/** Models for another answer, as a menu holds them. */
export interface NearModels {
  near: ModelRef[];
  /** What they all make. */
  output: ModelDescription['output'];
  /** Whether there are more that make it. */
  hasMore: boolean;
}

/**
 * A few models for another answer of the same kind: favourites, those that answered in the
 * conversation, and the first ones of the providers in use.
 */
export function modelsNear({
  providers,
  favourites,
  messages,
  answeredBy,
}: {
  providers: ProviderInfo[];
  favourites: ModelRef[];
  messages: Pick<Message, 'model'>[];
  answeredBy: ModelRef | undefined;
}): NearModels {
  const outputs = new Map(
    inUse(providers).flatMap(({ id, models }) =>
      models.map((model) => [modelKey({ provider: id, model: model.id }), model.output]),
    ),
  );
  const output = (answeredBy && outputs.get(modelKey(answeredBy))) ?? 'text';
  const fitting = (models: ModelDescription[]) => models.filter((one) => one.output === output);
  const firsts = inUse(providers).flatMap(({ id, models }) =>
    fitting(models)
      .slice(0, FIRST)
      .map((model): ModelRef => ({ provider: id, model: model.id })),
  );
  const recent = messages.flatMap(({ model }) => model ?? []).toReversed();
  const near = new Map(
    [...favourites, ...recent, ...firsts]
      .filter((ref) => outputs.get(modelKey(ref)) === output && !isSameModel(ref, answeredBy))
      .map((ref) => [modelKey(ref), ref]),
  );
  const shown = [...near.values()].slice(0, SOME);
  const isAmong = answeredBy !== undefined && outputs.has(modelKey(answeredBy));
  const others = countModels(providers, output) - (isAmong ? 1 : 0);
  return { near: shown, output, hasMore: others > shown.length };
}

function inUse(providers: ProviderInfo[]): ProviderInfo[] {
  return providers.filter(({ isActive }) => isActive);
}

function idsOf(models: ModelRef[], provider: string): Set<string> {
  return new Set(models.flatMap((ref) => (ref.provider === provider ? [ref.model] : [])));
}
