/** What a provider is to the rest of Aside: a description as plain data, and standard models. */
import type { ImageModelV4, LanguageModelV4 } from '@ai-sdk/provider';
import { ProviderError } from './errors';
import { isPublicHost } from './public-host';

/** What a model is and can do, as far as its provider tells. */
export interface ModelDescription {
  /** As the service calls it, and as the person reads it. */
  id: string;
  /** What the model makes. */
  output: 'text' | 'image';
  /** Takes pictures along with the text: to look at them, or, where it makes pictures, to change them. */
  seesImages?: boolean;
  /** Thinks before it answers, and takes a word on how hard. */
  reasons?: boolean;
  /** May say nothing for half an hour. */
  thinksLong?: boolean;
  /** Can be told to answer without thinking. */
  canSkipThinking?: boolean;
  /** Which of these settings of a conversation it takes; both unless told. */
  takes?: ('temperature' | 'maxTokens')[];
  /** Sizes that it draws, in pixels as `1024x1024` or as a shape as `16:9`; its usual one first. */
  sizes?: string[];
  /** How carefully it draws, in the service's own words; its usual one first. */
  qualities?: string[];
  /** The most pictures that are drawn for one prompt; one unless told. */
  mostImages?: number;
}

/** One field of a provider's section in Settings; its label in `_locales` is `providerField_<id>`. */
export interface SettingsField {
  /**
   * `address`: where requests go, an origin with or without a path. `key`: a secret, kept by the
   * worker apart from the settings.
   */
  id: 'address' | 'key';
  /** What counts while the person has typed nothing; empty for what has no default. */
  default: string;
  /** Whether the provider works without it. */
  isOptional?: boolean;
  /** Whether the key is `user:password`, in which blanks count. */
  isLogin?: boolean;
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
  /** What it costs the person to begin: nothing, a key, a program on this computer, the browser's own model. */
  kind: 'free' | 'key' | 'local' | 'browser';
  /**
   * The page for people: of the service itself, or where one gets a key or the program. A path alone
   * is under the address; empty where only the person knows whose service it is.
   */
  homePage: string;
  /** The models it is known to have; a service that lists its own is asked (`listModels`). */
  models: ModelDescription[];
  /** Match patterns that are asked for at install. Of all other hosts the person is asked. */
  hosts: string[];
  /** Whether the service knows its visitor by cookies; no other provider's requests carry any. */
  usesCookies: boolean;
  fields: SettingsField[];
  /** Of a program on this computer or in the local network only what departs from its own origin. */
  headerRules: HeaderRule[];
  /**
   * Where such a server listens on this computer unless told otherwise: what it answers there is an
   * object with a list under the name.
   */
  probe?: { port: number; path: string; list: string };
  /**
   * The line that makes the program take requests of browser extensions: an environment variable, or
   * a command. Absent where there is none.
   */
  originSetting?: string;
}

/** Values of a provider's settings fields but keys, by field id; never partial. */
export type ProviderSettings = Record<string, string>;

/** What a provider is handed: it touches nothing of the platform by itself. */
export interface ProviderContext {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  settings: ProviderSettings;
  /** The provider's secret; empty when there is none. */
  key: string;
  /** The browser's own model, where the browser has one. */
  builtIn?: BuiltInModel;
  /** What of a request the model refused before. */
  refusedFields?: (modelId: string) => Promise<RefusedFields>;
  /** Is told that the answer comes in one piece: until then a service that works is silent. */
  onWhole?: () => void;
  /** Is told how far a work has come whose end is known, from 0 to 1. */
  onProgress?: (fraction: number) => void;
  /** Is told how many works a shared server does before this one; 0 when it is its turn. */
  onTurn?: (before: number) => void;
}

/** Fields of a request that one can do without and that were refused, as paths within its body. */
export interface RefusedFields {
  fields: string[][];
  /** Remembers one more. */
  add: (field: string[]) => Promise<void>;
}

/**
 * As much of the browser's `LanguageModel` as is used.
 * https://developer.chrome.com/docs/ai/prompt-api
 */
export interface BuiltInModel {
  /** `unavailable`, `downloadable`, `downloading` or `available`. */
  availability(): Promise<string>;
  create(options: {
    initialPrompts: BuiltInPrompt[];
    signal?: AbortSignal;
    monitor: (monitor: EventTarget) => void;
  }): Promise<BuiltInSession>;
}

export interface BuiltInPrompt {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface BuiltInSession {
  promptStreaming(prompt: string, options: { signal?: AbortSignal }): ReadableStream<string>;
  destroy(): void;
}

export interface Provider {
  description: ProviderDescription;
  languageModel(modelId: string, context: ProviderContext): LanguageModelV4;
  imageModel(modelId: string, context: ProviderContext): ImageModelV4;
  /** Asks the service which models it has; absent where the description names them all. */
  listModels?(context: ProviderContext, signal: AbortSignal): Promise<ModelDescription[]>;
  /** What a model is by its name alone; present where a person may type the name of one that no list names. */
  guessModel?(modelId: string): ModelDescription;
}

/** The field values a provider starts with, replaced by those that the person saved. */
export function settingsOf(
  description: ProviderDescription,
  saved: Partial<ProviderSettings> = {},
): ProviderSettings {
  return Object.fromEntries(
    description.fields
      .filter(({ id }) => id !== 'key')
      .map((field) => [field.id, saved[field.id] || field.default]),
  );
}

/**
 * What the provider costs and how patient one must be with it, at this address: what has a service's
 * protocol but stands on this computer or in the local network is as a program on this computer.
 */
export function kindAt(
  { kind }: Pick<ProviderDescription, 'kind'>,
  address = '',
): ProviderDescription['kind'] {
  const { hostname = '' } = URL.parse(address) ?? {};
  return kind === 'key' && hostname && !isPublicHost(hostname) ? 'local' : kind;
}

/** The image models of a provider that draws nothing. */
export function drawsNothing(modelId: string): never {
  throw new ProviderError({ kind: 'unsupported', detail: modelId });
}
