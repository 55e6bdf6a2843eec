/** The interface's texts: `public/_locales`, in the browser's language unless Settings says otherwise. */
import { browser } from 'wxt/browser';
import type en from '../public/_locales/en/messages.json';
import { language, type Language } from './settings';

/** Every text by its name, plural forms under one. */
export type MessageKey = keyof typeof en extends infer Key
  ? Key extends `${infer Stem}_${'one' | 'few' | 'many' | 'other'}`
    ? Stem
    : Key
  : never;

type OwnLanguage = Exclude<Language, 'auto'>;
type Texts = Partial<Record<string, { message: string }>>;

/**
 * Where the texts of each language come from: the browser holds those of its own, so that they are
 * read for another one alone. Pages load them when asked, the worker cannot.
 */
export type LanguageFiles = Record<OwnLanguage, () => Texts | Promise<Texts>>;

/** What Settings chose instead of the browser's language. */
let chosen: { code: OwnLanguage; texts: Texts } | undefined;

/** The text in the present language; `count` picks the plural form. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  const { count } = values;
  const form = typeof count === 'number' ? `${key}_${pluralFormOf(count)}` : key;
  const text = textOf(form) || textOf(key);
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The language of the interface, for dates and the document: `en` or `ru`. */
export function currentLanguage(): string {
  return chosen?.code ?? browserLanguage();
}

let loads = 0;

/** Sets the language as Settings has it now. */
export async function loadLanguage(files: LanguageFiles): Promise<void> {
  loads += 1;
  const load = loads;
  const code = await language.getValue();
  const isBrowsers = code === 'auto' || code === browserLanguage();
  const loaded = isBrowsers ? undefined : { code, texts: await files[code]() };
  // A change that came while the file was read has the last word.
  if (load === loads) chosen = loaded;
}

/** Calls back after each change of the language in Settings. */
export function followLanguage(files: LanguageFiles, onChange: () => void): void {
  language.watch(() => void loadLanguage(files).then(onChange));
}

/** The browser's own choice among our languages: the file that it took tells its code. */
function browserLanguage(): string {
  return browser.i18n.getMessage('languageCode') || 'en';
}

/** Chrome reads the same files and gives `$` a meaning of its own; braces mean nothing to it. */
function textOf(name: string): string {
  // WXT's types know every name, but not that a plural form is put together here.
  const held: { getMessage(name: string): string } = browser.i18n;
  return chosen ? (chosen.texts[name]?.message ?? '') : held.getMessage(name);
}

function pluralFormOf(count: number): string {
  return new Intl.PluralRules(currentLanguage()).select(count);
}
