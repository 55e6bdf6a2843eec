/** Finds pictures by their words: in the prompt, the model, and the page they came from. */
import type { ModelRef } from '../conversation';
import { t } from '../i18n';
import type { GalleryImage, ProviderInfo } from '../messages';
import { foldText } from '../search-terms';
import { hostOf } from './source-line';

/** The pictures that hold every word of the query, whatever its case and accents. */
export function searchImages(
  images: GalleryImage[],
  query: string,
  providers: ProviderInfo[],
): GalleryImage[] {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return images;
  return images.filter((image) => {
    const text = foldText(wordsOf(image, providers));
    return words.every((word) => text.includes(word));
  });
}

/** A model as a person calls it. */
export function modelName({ provider, model }: ModelRef, providers: ProviderInfo[]): string {
  const name = providers.find(({ id }) => id === provider)?.name ?? provider;
  return t('modelOption', { provider: name, model });
}

function wordsOf({ prompt, model, source }: GalleryImage, providers: ProviderInfo[]): string {
  const lines = [prompt];
  if (model) lines.push(modelName(model, providers));
  if (source) lines.push(source.title, hostOf(source.url));
  return lines.join('\n');
}
