/** Every setting, with its default and version. All of them live in `storage.local`, on this device. */
import { storage } from '@wxt-dev/storage';
import type { ModelRef } from './conversation';
import type { ImageOptions } from './image-options';
import type { ProviderSettings } from './provider';

export type Language = 'auto' | 'en' | 'ru';

/** The interface's language; `auto` follows the browser. */
export const language = storage.defineItem<Language>('local:language', {
  fallback: 'auto',
  version: 1,
});

/** What the person changed in the providers' sections, by provider id and field id. */
export const providerSettings = storage.defineItem<Record<string, Partial<ProviderSettings>>>(
  'local:providerSettings',
  { fallback: {}, version: 1 },
);

/** Names of models that the person has typed, by provider id: what the provider lists is kept apart. */
export const typedModels = storage.defineItem<Record<string, string[]>>('local:typedModels', {
  fallback: {},
  version: 1,
});

/** The providers' proxies, as `scheme://host:port`, by provider id; their passwords are kept as keys. */
export const providerProxies = storage.defineItem<Record<string, string>>('local:providerProxies', {
  fallback: {},
  version: 1,
});

/** Ids of the providers that the person uses: theirs are the models to choose from. */
export const activeProviders = storage.defineItem<string[]>('local:activeProviders', {
  fallback: ['ai-chats'],
  version: 1,
});

/** The model of the next new chat: the one that was picked last. Null until one was. */
export const defaultModel = storage.defineItem<ModelRef | null>('local:defaultModel', {
  fallback: null,
  version: 1,
});

/** How each model draws, by `modelKey`. */
export const imageOptions = storage.defineItem<Record<string, ImageOptions>>('local:imageOptions', {
  fallback: {},
  version: 1,
});

/** Models for a new chat, for a picture from the context menu, for the popup; null: as picked last. */
export interface DefaultModels {
  chat: ModelRef | null;
  image: ModelRef | null;
  popup: ModelRef | null;
}

export const defaultModels = storage.defineItem<DefaultModels>('local:defaultModels', {
  fallback: { chat: null, image: null, popup: null },
  version: 1,
});

/** Models that the person has starred: they stand first. */
export const favouriteModels = storage.defineItem<ModelRef[]>('local:favouriteModels', {
  fallback: [],
  version: 1,
});

/** Whether the model is asked for a title after the first reply: one more request a conversation. */
export const modelTitles = storage.defineItem<boolean>('local:modelTitles', {
  fallback: false,
  version: 1,
});

/** Whether the person has seen in an empty chat what else there is than AI-Chats.org. */
export const isFirstRunDone = storage.defineItem<boolean>('local:isFirstRunDone', {
  fallback: false,
  version: 1,
});

/** The popup's last prompt, shown again for a day. `at` is in milliseconds since the epoch. */
export const quickPrompt = storage.defineItem<{ conversationId: string; at: number } | null>(
  'local:quickPrompt',
  { fallback: null, version: 1 },
);

/** How text is set, in all pages. */
export interface Reading {
  textSize: 'small' | 'normal' | 'large' | 'larger';
  density: 'comfortable' | 'compact';
  /** Whether lines end where reading is easiest, or fill a wide panel. */
  width: 'narrow' | 'full';
}

export const reading = storage.defineItem<Reading>('local:reading', {
  fallback: { textSize: 'normal', density: 'comfortable', width: 'narrow' },
  version: 1,
});

/** What was asked of a provider in a month. */
export interface MonthlyUse {
  /** Replies that came to their end. */
  replies: number;
  /** Tokens, as far as the provider counts them. */
  input: number;
  output: number;
}

/** By month, as `2026-11`, and provider id; of the last twelve months. */
export const monthlyUse = storage.defineItem<Record<string, Record<string, MonthlyUse>>>(
  'local:monthlyUse',
  { fallback: {}, version: 1 },
);

/** What a model is told before each conversation that has no word of its own. */
export const systemPrompt = storage.defineItem<string>('local:systemPrompt', {
  fallback: '',
  version: 1,
});
