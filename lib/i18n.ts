/** The interface's texts: `public/_locales`, in the browser's language unless Settings says otherwise. */
import { createInstance } from 'i18next';
import { browser } from 'wxt/browser';
import en from '../public/_locales/en/messages.json';
import ru from '../public/_locales/ru/messages.json';
import { language } from './settings';

/** Every text by its name, plural forms under one. */
export type MessageKey = keyof typeof en extends infer Key
  ? Key extends `${infer Stem}_${'one' | 'few' | 'many' | 'other'}`
    ? Stem
    : Key
  : never;

const i18n = createInstance({
  lng: 'en',
  fallbackLng: 'en',
  initAsync: false,
  // Chrome reads the same files and has its own meaning for `$`; braces mean nothing to it.
  interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  keySeparator: false,
  nsSeparator: false,
  resources: { en: { translation: texts(en) }, ru: { translation: texts(ru) } },
});
void i18n.init();

/** The text in the present language; `count` picks the plural form. */
export function t(key: MessageKey, values: Record<string, string | number> = {}): string {
  return i18n.t(key, values);
}

/** The language of the interface, for dates and the document: `en` or `ru`. */
export function currentLanguage(): string {
  return i18n.language;
}

/** Sets the browser's language, without waiting for Settings. */
export function startWithBrowserLanguage(): void {
  void i18n.changeLanguage(browserLanguage());
}

/** Sets the language as Settings has it now. */
export async function loadLanguage(): Promise<void> {
  const chosen = await language.getValue();
  await i18n.changeLanguage(chosen === 'auto' ? browserLanguage() : chosen);
}

/** Calls back after each change of the language in Settings. */
export function followLanguage(onChange: () => void): void {
  language.watch(() => void loadLanguage().then(onChange));
}

/** The language of the browser's own choice among ours: the file that it took tells its code. */
function browserLanguage(): string {
  return browser.i18n.getMessage('languageCode') || 'en';
}

function texts(messages: Record<string, { message: string }>): Record<string, string> {
  return Object.fromEntries(Object.entries(messages).map(([key, { message }]) => [key, message]));
}
