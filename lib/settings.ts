/** Every setting, with its default and version. All of them live in `storage.local`, on this device. */
import { storage } from '@wxt-dev/storage';
import type { ModelRef } from './conversation';
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

/** The model of the next new chat: the one that was picked last. Null until one was. */
export const defaultModel = storage.defineItem<ModelRef | null>('local:defaultModel', {
  fallback: null,
  version: 1,
});

/** Whether the model is asked for a title after the first reply: one more request a conversation. */
export const modelTitles = storage.defineItem<boolean>('local:modelTitles', {
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
