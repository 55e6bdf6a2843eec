import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The stories that take longest, `silence` two minutes of waiting: begun last, they would run alone. */
const LONGEST = ['silence', 'hostile', 'time-bombs', 'chaos', 'troubles', 'bad-input'];

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((name) => moduleId.endsWith(`/e2e/${name}.test.ts`));
  return rank < 0 ? LONGEST.length : rank;
}

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => rankOf(a) - rankOf(b)));
  }
}

export default defineConfig({
  root,
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        plugins: [await WxtVitest()],
        test: {
          name: 'unit',
          root,
          maxWorkers: '100%',
          // One that works hard may have to share the machine.
          testTimeout: 30_000,
          environment: 'node',
          setupFiles: ['tests/english-browser.ts'],
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**'],
          unstubGlobals: true,
        },
      },
      {
        plugins: [await WxtVitest()],
        test: {
          name: 'components',
          root,
          maxWorkers: '100%',
          // One that works hard may have to share the machine.
          testTimeout: 30_000,
          environment: 'happy-dom',
          setupFiles: ['tests/english-browser.ts'],
          include: ['tests/**/*.test.tsx'],
          unstubGlobals: true,
        },
      },
      {
        test: {
          name: 'e2e',
          root,
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          // Each story has a browser and services of its own; much of their time is waiting.
          maxWorkers: 3,
          // A machine that is slow for a while fails no behaviour: speed is for the bench.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 150_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
