import en from '../../public/_locales/en/messages.json';
import ru from '../../public/_locales/ru/messages.json';
import type { LanguageFiles } from '../i18n';

/** Both files are in the worker's bundle: it cannot `import()`. */
export const languageFiles: LanguageFiles = { en: () => en, ru: () => ru };
