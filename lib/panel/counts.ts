import { currentLanguage } from '../i18n';

/** A number as a person reads it. */
export function formatCount(value: number, digits = 0): string {
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(value);
}
