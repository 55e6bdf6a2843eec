/** Texts that arrive in pieces. */

/** Random, and the same on every run. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** The text as it grows by pieces of up to `most` characters; the last one is the whole. */
export function* growing(text: string, seed: number, most: number): Generator<string> {
  const random = randomFrom(seed);
  for (let end = 0; end < text.length;) {
    end = Math.min(text.length, end + 1 + Math.floor(random() * most));
    yield text.slice(0, end);
  }
}
