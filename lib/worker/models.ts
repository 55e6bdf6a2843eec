/** The providers' models as the worker uses them. */
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { browser } from 'wxt/browser';
import type { Conversation, ModelRef } from '../conversation';
import { textOf } from '../message-text';
import { branchTo } from '../message-tree';
import { settingsOf, type Provider, type ProviderContext } from '../provider';
import { providers } from '../providers';
import { defaultModel, providerSettings } from '../settings';
import { originRulesApplied } from './origin-rules';
import { createProviderFetch } from './provider-fetch';

/** The provider of a model, and what the model makes; undefined for one that is gone. */
export function findModel(
  ref: ModelRef,
): { provider: Provider; output: 'text' | 'image' } | undefined {
  const provider = providers.find(({ description }) => description.id === ref.provider);
  const model = provider?.description.models.find(({ id }) => id === ref.model);
  return provider && model && { provider, output: model.output };
}

/** The model of a new conversation: the one picked last where it makes this, else the first that does. */
export async function modelOfNew(output?: 'text' | 'image'): Promise<ModelRef> {
  const models = providers.flatMap(({ description }) =>
    description.models
      .filter((model) => !output || model.output === output)
      .map((model): ModelRef => ({ provider: description.id, model: model.id })),
  );
  const picked = await defaultModel.getValue();
  const found = models.find((model) => picked && isSameModel(model, picked)) ?? models[0];
  if (!found) throw new Error(`no provider makes ${output}`);
  return found;
}

export function isSameModel(one: ModelRef, other: ModelRef): boolean {
  return one.provider === other.provider && one.model === other.model;
}

/** What a provider is handed for one call; `ready` must have happened before a request leaves. */
export async function contextFor(
  { description }: Provider,
  ready: Promise<unknown>,
  onResponse: (response: Response) => void,
): Promise<ProviderContext> {
  const settings = await providerSettings.getValue();
  return {
    settings: settingsOf(description, settings[description.id]),
    fetch: createProviderFetch(description, {
      fetch: globalThis.fetch.bind(globalThis),
      isAllowed: (pattern) => browser.permissions.contains({ origins: [pattern] }),
      ready: Promise.all([ready, originRulesApplied()]),
      onResponse,
    }),
  };
}

/** The conversation up to the message, as models read it; pictures and what is deleted are left out. */
export function toModelPrompt(
  conversation: Conversation,
  messageId: string | null,
): LanguageModelV4Prompt {
  return branchTo(conversation, messageId)
    .filter(({ deletedAt }) => deletedAt === undefined)
    .flatMap((message): LanguageModelV4Prompt => {
      const text = textOf(message);
      return text.trim() ? [{ role: message.role, content: [{ type: 'text', text }] }] : [];
    });
}
