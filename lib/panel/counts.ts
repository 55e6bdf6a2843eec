import { currentLanguage } from '../i18n';

/** A number as a person reads it. */
export function formatCount(value: number, digits = 0): string {
  return new Intl.NumberFormat(currentLanguage(), { maximumFractionDigits: digits }).format(value);
}

/** A fraction from 0 to 1 as a person reads it. */
export function formatPercent(fraction: number): string {
  return new Intl.NumberFormat(currentLanguage(), { style: 'percent' }).format(fraction);
}
