/** Every test's browser is in English and holds the extension's texts, as a real one does. */
import { fakeBrowser } from 'wxt/testing/fake-browser';
import en from '../public/_locales/en/messages.json';

const texts: Partial<Record<string, { message: string }>> = en;

Object.assign(fakeBrowser, {
  i18n: { getMessage: (name: string) => texts[name]?.message ?? '' },
});
