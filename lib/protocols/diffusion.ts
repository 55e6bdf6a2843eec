/** What is known of Stable Diffusion's checkpoints and their kin, by their names. */

const SMALL = ['512x512', '768x512', '512x768', '768x768'];
const LARGE = ['1024x1024', '1216x832', '832x1216', '1344x768', '768x1344'];

/** Until SDXL they were taught pictures of 512 pixels, and draw doubles in larger ones. */
const IS_LARGE = /xl|sd_?3|flux|pony|illustrious|noob|chroma|qwen|hidream|z[-_]?image/iu;
/** Drawn in few steps. */
const IS_FAST = /turbo|lightning|hyper|schnell|lcm/iu;
/** Guided by the model itself: the usual guidance burns its pictures. */
const IS_GUIDED = /flux|chroma/iu;

/** Sizes that the checkpoint draws well, in pixels; its usual one first. */
export function sizesOf(checkpoint: string): string[] {
  return IS_LARGE.test(checkpoint) ? LARGE : SMALL;
}

/** Steps, and how strictly the prompt is followed. */
export function samplingOf(checkpoint: string): { steps: number; cfg: number } {
  if (IS_FAST.test(checkpoint)) return { steps: 8, cfg: IS_GUIDED.test(checkpoint) ? 1 : 1.5 };
  return { steps: 20, cfg: IS_GUIDED.test(checkpoint) ? 1 : 7 };
}
