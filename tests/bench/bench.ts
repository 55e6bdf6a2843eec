/**
 * Measures the built extension in real Chromium against the practice service over TLS:
 *   npm run bench                    everything, in about eight minutes
 *   npm run bench -- opening words   only these parts
 * Run it on an idle machine. What is over its limit is marked, and the run fails by it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { measureArchive } from './archive.ts';
import { measureBombs } from './bombs.ts';
import type { Figure } from './figures.ts';
import { measureOpening } from './opening.ts';
import { measureStreaming } from './streaming.ts';
import { measureWords } from './words.ts';
import { measureWorker } from './worker.ts';

const parts: Record<string, () => Promise<Figure[]>> = {
  opening: measureOpening,
  worker: measureWorker,
  words: measureWords,
  streaming: measureStreaming,
  archive: measureArchive,
  bombs: measureBombs,
};

function build(): void {
  const wxt = join(import.meta.dirname, '../../node_modules/wxt/bin/wxt.mjs');
  const { status } = spawnSync(process.execPath, [wxt, 'build'], { stdio: 'ignore' });
  if (status !== 0) throw new Error('the build failed');
}

/** A line; behind it the limit where there is one, and whether it is over. */
function print({ what, value, unit, limit = Infinity }: Figure): void {
  const digits = unit === 'kB' || unit === 'MB' ? 0 : 1;
  const line = `${what.padEnd(72)} ${value.toFixed(digits).padStart(8)} ${unit}`;
  const bound = limit < Infinity ? `  (limit ${limit}${value > limit ? ': OVER' : ''})` : '';
  console.log(line + bound);
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) {
  throw new Error(`No part "${unknown}": there are ${Object.keys(parts).join(', ')}`);
}
build();
for (const name of chosen) {
  for (const figure of (await parts[name]?.()) ?? []) {
    print(figure);
    if (figure.limit !== undefined && figure.value > figure.limit) process.exitCode = 1;
  }
}
