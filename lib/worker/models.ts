/** The providers' models as the worker uses them. */
import { modelKey } from '../model-ref';
import { browser } from 'wxt/browser';
import type { Message, ModelRef } from '../conversation';
import { ProviderError } from '../errors';
import { fittingOptions, type ImageOptions } from '../image-options';
import type { KeyInfo, ProviderInfo } from '../messages';
import {
  settingsOf,
  type ModelDescription,
  type Provider,
  type ProviderContext,
} from '../provider';
import { originOf } from '../provider-address';
import { providers } from '../providers';
import {
  activeProviders,
  defaultModel,
  defaultModels,
  imageOptions,
  providerProxies,
  providerSettings,
  typedModels,
  type DefaultModels,
} from '../settings';
import { findBuiltIn } from './built-in';
import { describeKeys, readKey } from './keys';
import { modelLists, modelsOf } from './model-lists';
import { originRulesApplied } from './origin-rules';
import { createProviderFetch } from './provider-fetch';
import { proxyFor } from './proxies';
import { proxyKeyId } from './proxy-login';
import { refusedFields } from './refused-fields';
import { reportStorageFailure } from './storage-trouble';

/** Throws for a provider that is gone. */
export function findProvider(providerId: string): Provider {
  const provider = providers.find(({ description }) => description.id === providerId);
  if (!provider) throw new ProviderError({ kind: 'unsupported', detail: providerId });
  return provider;
}

/** All providers as pages see them. */
export async function listProviders(): Promise<ProviderInfo[]> {
  const [saved, proxies, active, keys, lists, typed] = await Promise.all([
    providerSettings.getValue(),
    providerProxies.getValue(),
    activeProviders.getValue(),
    knownKeys(),
    modelLists.getValue(),
    typedModels.getValue(),
  ]);
  return providers.map((provider) => {
    const { description } = provider;
    const { address = '' } = settingsOf(description, saved[description.id]);
    const { tail, origin } = keys[description.id] ?? {};
    const proxy = proxies[description.id];
    const list = lists[description.id];
    return {
      ...description,
      models: modelsOf(provider, lists, typed),
      address,
      key: tail !== undefined && origin === originOf(address) ? { tail } : null,
      proxy: proxy
        ? { address: proxy, hasLogin: keys[proxyKeyId(description.id)]?.origin === proxy }
        : null,
      isActive: active.includes(description.id),
      modelsAt: list?.address === address ? list.at : null,
      canListModels: provider.listModels !== undefined,
      typedModels: provider.guessModel ? (typed[description.id] ?? []) : null,
    };
  });
}

/** Without its keys a provider is listed all the same: most of Aside works without any. */
async function knownKeys(): Promise<Record<string, Partial<KeyInfo & { origin: string }>>> {
  try {
    return await describeKeys();
  } catch (error) {
    reportStorageFailure(error);
    return {};
  }
}

/** What is known of the model; undefined for one that no list names. */
export async function describeModel({
  provider,
  model,
}: ModelRef): Promise<ModelDescription | undefined> {
  const found = (await listProviders()).find(({ id }) => id === provider);
  return found?.models.find(({ id }) => id === model);
}

/** What a model is asked to make, and how. */
export type Task =
  | { output: 'text' }
  | {
      output: 'image';
      options: ImageOptions & { count: number };
      /** Whether the model takes a picture to change it. */
      canChange: boolean;
    };

/** What the model is to make: what was asked for, else what it makes; of one that no list names, text. */
export async function taskOf(ref: ModelRef, asked?: Task['output']): Promise<Task> {
  const [model, chosen] = await Promise.all([describeModel(ref), imageOptions.getValue()]);
  if ((asked ?? model?.output) !== 'image') return { output: 'text' };
  const options = fittingOptions(model ?? {}, chosen[modelKey(ref)]);
  return { output: 'image', options, canChange: model?.seesImages ?? false };
}

/**
 * The model of a new conversation: the person's default for such a place, else the one picked last,
 * else the first in use. Where what was chosen makes something else than is asked for, another one of
 * its provider. Never one of another provider than was chosen, also where that one is out of use or
 * its list names the model no more: a prompt may go there with nothing shown before.
 */
export async function modelOfNew(
  output?: Task['output'],
  place: keyof DefaultModels = output === 'image' ? 'image' : 'chat',
): Promise<ModelRef> {
  const all = await listProviders();
  const chosen = (await defaultModels.getValue())[place] ?? (await defaultModel.getValue());
  const models = all
    .filter(({ id, isActive }) => (chosen ? id === chosen.provider : isActive))
    .flatMap(({ id, models: its }) => its.map((model) => ({ ...model, provider: id })));
  const listed = models.find(({ id }) => id === chosen?.model);
  if (chosen && (!listed || !output || listed.output === output)) return chosen;
  const first = models.find((model) => !output || model.output === output);
  if (first) return { provider: first.provider, model: first.id };
  return chosen ?? { provider: 'ai-chats', model: output === 'image' ? 'dalle' : 'gpt-4' };
}

/**
 * The provider of a reply. One that the person does not use any more gets no prompt, but a picture
 * that it has made can be fetched. Throws ProviderError.
 */
export async function providerOf({ error }: Message, { provider }: ModelRef): Promise<Provider> {
  const isUsed = (await activeProviders.getValue()).includes(provider);
  if (!isUsed && !error?.imageUrl) throw new ProviderError({ kind: 'not-in-use' });
  return findProvider(provider);
}

/** What a provider is handed for one call; `ready` must have happened before a request leaves. */
export async function contextFor(
  { description }: Provider,
  ready: Promise<unknown> = Promise.resolve(),
  onResponse: (response: Response) => void = () => undefined,
): Promise<ProviderContext> {
  const saved = await providerSettings.getValue();
  const settings = settingsOf(description, saved[description.id]);
  const { address = '' } = settings;
  const hasAddress = description.fields.some(({ id }) => id === 'address');
  if (hasAddress && !address) throw new ProviderError({ kind: 'no-address' });
  const keyField = description.fields.find(({ id }) => id === 'key');
  const key = keyField ? await readKey(description.id, originOf(address)) : '';
  if (keyField && !keyField.isOptional && !key) throw new ProviderError({ kind: 'no-key' });
  const builtIn = findBuiltIn();
  return {
    settings,
    key,
    ...(builtIn && { builtIn }),
    refusedFields: (modelId) => refusedFields(address, key, modelId),
    fetch: createProviderFetch(description, {
      address,
      fetch: globalThis.fetch.bind(globalThis),
      isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
      proxyFor: (url) => proxyFor(url, description.id),
      ready: Promise.all([ready, originRulesApplied(description.id)]),
      onResponse,
    }),
  };
}
