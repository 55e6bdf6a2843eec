/** What is known of models that make pictures, by their names: the services' lists do not tell. */
import type { ModelDescription } from '../provider';

/** What a list of models does not say of one that makes pictures. */
export type ImageTraits = Pick<
  ModelDescription,
  'sizes' | 'qualities' | 'mostImages' | 'seesImages'
>;

/** The most pictures that Aside asks for at once. */
const MOST = 4;

const RATIOS = ['1:1', '3:2', '2:3', '4:3', '3:4', '16:9', '9:16'];

/** Sources: each service's API reference, read in November 2026. */
const known: [RegExp, ImageTraits][] = [
  [
    /gpt-image|chatgpt-image/iu,
    {
      sizes: ['1024x1024', '1536x1024', '1024x1536'],
      qualities: ['auto', 'low', 'medium', 'high'],
      mostImages: MOST,
      seesImages: true,
    },
  ],
  [
    /dall-e-3/iu,
    {
      sizes: ['1024x1024', '1792x1024', '1024x1792'],
      qualities: ['standard', 'hd'],
      mostImages: MOST,
    },
  ],
  [/dall-e-2/iu, { sizes: ['1024x1024', '512x512', '256x256'], mostImages: MOST }],
  [/gemini.*image|nano-banana/iu, { sizes: RATIOS, mostImages: MOST, seesImages: true }],
];

/** What a model of this name can do; of one that nobody knows, draw several times. */
export function imageTraits(modelId: string): ImageTraits {
  return known.find(([name]) => name.test(modelId))?.[1] ?? { mostImages: MOST };
}
