import type { LanguageFiles } from '../i18n';

/** Each file is loaded when its language is chosen. */
export const languageFiles: LanguageFiles = {
  en: async () => (await import('../../public/_locales/en/messages.json')).default,
  ru: async () => (await import('../../public/_locales/ru/messages.json')).default,
};
