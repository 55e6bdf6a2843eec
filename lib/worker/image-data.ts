/** Pictures: their bytes in the database, and in base64 on the way to a page. */
import type { ImageInfo } from '../conversation';
import { describeImage } from '../stream/image';
import { database, logStorageFailure } from './database';

/** Pictures that the database did not take: at least this worker can still show them. */
const unsaved = new Map<string, Blob>();

/** Finds out what the picture is and keeps it. Throws `bad-image` for what is none. */
export async function keepImage(bytes: Uint8Array<ArrayBuffer>): Promise<ImageInfo> {
  const facts = describeImage(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const id = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const blob = new Blob([bytes], { type: facts.mediaType });
  try {
    await database.images.put({ id, bytes: blob });
  } catch (error) {
    unsaved.set(id, blob);
    logStorageFailure(error);
  }
  return { id, bytes: bytes.length, ...facts };
}

/** The picture as a `data:` URL, or null when its bytes are gone. */
export async function imageDataUrl(id: string): Promise<string | null> {
  try {
    const blob = unsaved.get(id) ?? (await database.images.get(id))?.bytes;
    if (!blob) return null;
    return `data:${blob.type};base64,${toBase64(new Uint8Array(await blob.arrayBuffer()))}`;
  } catch (error) {
    logStorageFailure(error);
    return null;
  }
}

/** Base64 by the browser itself where it can (Chrome 140, Firefox 133), else in slices. */
export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64?.() ?? toBase64InSlices(bytes);
}

/** Bytes that `fromCharCode` takes at once; divisible by three, so that no padding falls inside. */
const SLICE = 0x6000;

export function toBase64InSlices(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += SLICE) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + SLICE)));
  }
  return text;
}
