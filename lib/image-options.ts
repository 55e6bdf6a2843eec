/** How pictures are asked for: what the person chose, as far as the model knows it. */
import type { ModelDescription } from './provider';

/** What a person can choose. What is not chosen is left to the model. */
export interface ImageOptions {
  /** In pixels as `1024x1024`, or a shape as `16:9`. */
  size?: string;
  quality?: string;
  /** How many pictures. */
  count?: number;
}

/** The options that count: a model's list may have changed since they were chosen. */
export function fittingOptions(
  {
    sizes = [],
    qualities = [],
    mostImages = 1,
  }: Pick<ModelDescription, 'sizes' | 'qualities' | 'mostImages'>,
  { size, quality, count = 1 }: ImageOptions = {},
): ImageOptions & { count: number } {
  return {
    ...(size !== undefined && sizes.includes(size) && { size }),
    ...(quality !== undefined && qualities.includes(quality) && { quality }),
    count: Math.min(Math.max(Math.round(count), 1), mostImages),
  };
}

/** Width and height in proportion, of `1024x768` or `4:3`; undefined for anything else. */
export function shapeOf(size: string | undefined): { width: number; height: number } | undefined {
  const [, width, height] = /^(\d+)[x:](\d+)$/u.exec(size ?? '') ?? [];
  return Number(width) && Number(height)
    ? { width: Number(width), height: Number(height) }
    : undefined;
}
