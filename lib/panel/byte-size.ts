import { currentLanguage } from '../i18n';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** A number of bytes as a person reads it, in the unit that fits. */
export function formatBytes(bytes: number): string {
  // 999.5 kB would be written as 1,000 kB.
  const power = bytes < 1000 ? 0 : Math.floor(Math.log10(bytes * 1.0005) / 3);
  const unit = units[Math.min(power, units.length - 1)] ?? 'byte';
  const value = bytes / 1000 ** units.indexOf(unit);
  return new Intl.NumberFormat(currentLanguage(), {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 99.95 ? 0 : 1,
  }).format(value);
}
