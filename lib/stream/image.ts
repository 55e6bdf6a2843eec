import { GIF } from 'image-size/types/gif';
import { HEIF } from 'image-size/types/heif';
import { JPG } from 'image-size/types/jpg';
import { PNG } from 'image-size/types/png';
import { WEBP } from 'image-size/types/webp';
import { ProviderError } from '../errors';
import { hostPattern } from '../host-pattern';
import { fromBase64 } from './base64';
import { throwConnectionLost } from './lines';

/** The largest picture that is taken, in bytes. */
export const IMAGE_LIMIT = 25 * 1024 * 1024;

/** Decoded, a picture takes four bytes a pixel: this many pixels are 400 MB, more is an attack. */
const PIXEL_LIMIT = 100_000_000;

const kB = 1024;

/** `head`: bytes within which a real file tells its size; a search through more could take hours. */
const formats = [
  { mediaType: 'image/png', format: PNG, head: 64 * kB },
  { mediaType: 'image/jpeg', format: JPG, head: 1024 * kB },
  { mediaType: 'image/webp', format: WEBP, head: 64 * kB },
  { mediaType: 'image/gif', format: GIF, head: 64 * kB },
  { mediaType: 'image/avif', format: HEIF, head: 64 * kB },
];

export interface ImageFacts {
  mediaType: string;
  /** Pixels. */
  width: number;
  height: number;
}

/**
 * What a picture is, by its bytes: what a server calls it cannot be trusted.
 * Throws `bad-image` for anything but PNG, JPEG, WebP, GIF and AVIF.
 */
export function describeImage(bytes: Uint8Array): ImageFacts {
  const found = formats.find(({ format }) => format.validate(bytes.subarray(0, 64 * kB)));
  if (!found) throw new ProviderError({ kind: 'bad-image', detail: startOf(bytes) });
  const { width, height, type } = measure(found.format, bytes.subarray(0, found.head));
  // The same container also holds HEIC, which browsers do not show.
  const isShown = found.mediaType !== 'image/avif' || type === 'avif';
  if (!isShown || width < 1 || height < 1 || width * height > PIXEL_LIMIT) {
    throw new ProviderError({ kind: 'bad-image', detail: `${type}, ${width} × ${height}` });
  }
  return { mediaType: found.mediaType, width, height };
}

function measure(format: (typeof formats)[number]['format'], bytes: Uint8Array) {
  try {
    return format.calculate(bytes);
  } catch (error) {
    throw new ProviderError({ kind: 'bad-image', detail: String(error) }, { cause: error });
  }
}

/**
 * Fetches a picture without cookies; its bytes as they came. Throws `bad-image` when the address
 * is none of the web or answers with anything but success, `too-large` over 25 MB, and adds the
 * address to `no-permission`, so that the picture can be fetched once its host is allowed.
 */
export async function downloadImage(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!hostPattern(url)) throw new ProviderError({ kind: 'bad-image', detail: url });
  // Not into the browser's cache: the picture is kept once, with its conversation.
  const init: RequestInit = { credentials: 'omit', cache: 'no-store', ...(signal && { signal }) };
  const response = await fetch(url, init).catch((error: unknown) => {
    if (error instanceof ProviderError && error.data.kind === 'no-permission') {
      throw new ProviderError({ ...error.data, imageUrl: url }, { cause: error });
    }
    throw error;
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    const { host } = new URL(url);
    throw new ProviderError({ kind: 'bad-image', host, status: response.status });
  }
  return readBytes(response.body, IMAGE_LIMIT);
}

/**
 * Fetches several pictures. What it throws for a host that is not allowed names them all, so that
 * all can be fetched once it is.
 */
export async function downloadImages(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  urls: string[],
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const images: Uint8Array<ArrayBuffer>[] = [];
  for (const url of urls) {
    const image = await downloadImage(fetch, url, signal).catch((error: unknown) => {
      if (!(error instanceof ProviderError) || !error.data.imageUrl) throw error;
      const moreImageUrls = urls.filter((other) => other !== url);
      if (moreImageUrls.length === 0) throw error;
      throw new ProviderError({ ...error.data, moreImageUrls }, { cause: error });
    });
    images.push(image);
  }
  return images;
}

/**
 * The bytes of a picture in base64, also as a `data:` URL. Throws `too-large` over 25 MB, and
 * `bad-image` for what is no base64.
 */
export function decodeImage(text: string): Uint8Array<ArrayBuffer> {
  const data = text.startsWith('data:') ? text.slice(text.indexOf(',') + 1) : text;
  if ((data.length / 4) * 3 - 2 > IMAGE_LIMIT) throw new ProviderError({ kind: 'too-large' });
  try {
    return fromBase64(data);
  } catch (error) {
    throw new ProviderError({ kind: 'bad-image', detail: data }, { cause: error });
  }
}

/** Bytes of a JSON answer that holds so many pictures in base64. */
export function imageJsonLimit(count: number): number {
  return count * Math.ceil((IMAGE_LIMIT * 4) / 3) + 200_000;
}

/**
 * The whole body. Throws `too-large` as soon as it is longer than `limit` bytes, and
 * `connection-lost` when it breaks.
 */
export async function readBytes(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(throwConnectionLost);
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    length += value.length;
    chunks.push(value);
    if (length > limit) {
      await reader.cancel();
      throw new ProviderError({ kind: 'too-large' });
    }
  }
}

function startOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 200));
}
