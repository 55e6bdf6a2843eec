/** What every part of the benchmark hands back, and the clock and statistics that they share. */

/** One line of the table. */
export interface Figure {
  what: string;
  value: number;
  unit: 'ms' | 's' | 'kB' | 'MB' | '';
  /** The most that it may be; absent where none is set. */
  limit?: number;
}

/** The most that scripts may have, in kB. */
export const SCRIPT_LIMITS = { worker: 700, panel: 700 };

/** Milliseconds on one clock for all processes: each finds its own offset to the system's. */
export function now(): number {
  let offset = Infinity;
  for (let i = 0; i < 50; i += 1) offset = Math.min(offset, Date.now() - performance.now());
  return offset + performance.now();
}

/** The value that this share of the values does not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Two lines: the median of these milliseconds, which the limit is for, and the worst. */
export function medianAndWorst(what: string, values: number[], limit?: number): Figure[] {
  return [
    {
      what: `${what}, median of ${values.length}`,
      value: percentile(values, 0.5),
      unit: 'ms',
      ...(limit !== undefined && { limit }),
    },
    { what: `${what}, worst`, value: percentile(values, 1), unit: 'ms' },
  ];
}
