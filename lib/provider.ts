/** What a provider is to the rest of Aside: a description as plain data, and standard models. */
import type { ImageModelV4, LanguageModelV4 } from '@ai-sdk/provider';

export interface ModelDescription {
  /** As the service calls it, and as the person reads it. */
  id: string;
  /** What the model makes. */
  output: 'text' | 'image';
}

/** One field of a provider's section in Settings. */
export interface SettingsField {
  /**
   * `address`: an origin (scheme, host, port) that requests go to instead of the usual one. Also names its label in `_locales`: `providerField_<id>`. */
  id: 'address';
  default: string;
}

/** Headers that the service expects, as Aside's own requests to one path under the address carry them. */
export interface HeaderRule {
  /** Path under the address, with a `#fragment` where one path needs two rules: fragments are matched, never sent. */
  path: string;
  /** Path under the address that Referer names. Origin is the address itself. */
  referer: string;
}

/** All that pages, permissions and settings need to know; plain data. */
export interface ProviderDescription {
  id: string;
  /** The service's own name. */
  name: string;
  /** Path under the address of the page that a person opens to use the service itself. */
  homePage: string;
  models: ModelDescription[];
  /** Match patterns that are asked for at install. */
  hosts: string[];
  needsKey: boolean;
  /** Whether the service knows its visitor by cookies; no other provider's requests carry any. */
  usesCookies: boolean;
  fields: SettingsField[];
  headerRules: HeaderRule[];
}

/** Values of a provider's settings fields, by field id; never partial. */
export type ProviderSettings = Record<string, string>;

/** What a provider is handed: it touches nothing of the platform by itself. */
export interface ProviderContext {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  settings: ProviderSettings;
}

export interface Provider {
  description: ProviderDescription;
  languageModel(modelId: string, context: ProviderContext): LanguageModelV4;
  imageModel(modelId: string, context: ProviderContext): ImageModelV4;
}

/** The field values a provider starts with, replaced by those that the person saved. */
export function settingsOf(
  description: ProviderDescription,
  saved: Partial<ProviderSettings> = {},
): ProviderSettings {
  return Object.fromEntries(
    description.fields.map((field) => [field.id, saved[field.id] || field.default]),
  );
}
