/** A short chaos run; `npm run chaos` is the long one. */
import { expect, it } from 'vitest';
import { runChaos } from '../chaos/run.ts';

it('loses, doubles and mixes up no word whatever is killed, closed, cut or pressed', async () => {
  const { violations, wordsShown, faults } = await runChaos({ count: 20, seed: 2026 });
  expect(violations).toEqual([]);
  // Else nothing was tried.
  expect(wordsShown).toBeGreaterThan(200);
  expect(Object.keys(faults).length).toBeGreaterThan(5);
}, 180_000);
