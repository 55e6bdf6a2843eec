/** Pictures: their bytes in the database, and in base64 on the way to a page. */
import type { ImageInfo } from '../conversation';
import { log } from '../log';
import { toBase64 } from '../stream/base64';
import { describeImage } from '../stream/image';
import { database } from './database';
import { drawThumbnail } from './draw-thumbnail';
import { reportStorageFailure } from './storage-trouble';

/** Pictures of temporary chats. */
const temporary = new Map<string, Blob>();
/** Pictures that the database did not take yet. */
const refused = new Map<string, Blob>();

/** Thumbnails that are being made. */
const drawing = new Map<string, Promise<string | null>>();

/**
 * Finds out what the picture is and keeps it; that of a temporary chat in memory alone.
 * Throws `bad-image` for what is none.
 */
export async function keepImage(
  bytes: Uint8Array<ArrayBuffer>,
  isTemporary = false,
): Promise<ImageInfo> {
  const facts = describeImage(bytes);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const id = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const blob = new Blob([bytes], { type: facts.mediaType });
  if (isTemporary) temporary.set(id, blob);
  else await store(id, blob);
  return { id, bytes: bytes.length, ...facts };
}

/** The picture's bytes, undefined when they are gone. Throws what the database throws. */
export async function readImage(id: string): Promise<Blob | undefined> {
  return inMemory(id) ?? (await database.blobs.get(id))?.bytes;
}

/** The picture as a `data:` URL, or null when its bytes are gone. */
export async function imageDataUrl(id: string): Promise<string | null> {
  try {
    const blob = await readImage(id);
    return blob ? await toDataUrl(blob) : null;
  } catch (error) {
    reportStorageFailure(error);
    return null;
  }
}

/**
 * A small form of the picture as a `data:` URL, made when it is asked for the first time; the
 * picture itself where none can be made, null when its bytes are gone.
 */
export function thumbnailDataUrl(id: string, draw = drawThumbnail): Promise<string | null> {
  const url = drawing.get(id) ?? findThumbnail(id, draw).finally(() => drawing.delete(id));
  drawing.set(id, url);
  return url;
}

/** Drops what is kept of these pictures in memory alone. */
export function forgetImages(ids: string[]): void {
  for (const id of ids) {
    temporary.delete(id);
    refused.delete(id);
  }
}

/** Stores what the database did not take before, now that it takes something again. */
export async function storeRefused(): Promise<void> {
  for (const [id, blob] of refused) await store(id, blob);
}

function inMemory(id: string): Blob | undefined {
  return temporary.get(id) ?? refused.get(id);
}

async function store(id: string, bytes: Blob): Promise<void> {
  try {
    await database.transaction('rw', database.blobs, async () => {
      // The same bytes again: the row may have a thumbnail by now.
      const isThere = (await database.blobs.where({ id }).count()) > 0;
      if (!isThere) await database.blobs.add({ id, bytes, size: bytes.size });
    });
    refused.delete(id);
  } catch (error) {
    refused.set(id, bytes);
    reportStorageFailure(error);
  }
}

async function findThumbnail(id: string, draw: typeof drawThumbnail): Promise<string | null> {
  try {
    const kept = inMemory(id);
    const row = kept ? undefined : await database.blobs.get(id);
    if (row?.thumbnail) return await toDataUrl(row.thumbnail);
    const picture = kept ?? row?.bytes;
    if (!picture) return null;
    const thumbnail = await drawOrLog(picture, draw);
    if (row && thumbnail) await storeThumbnail(id, thumbnail);
    return await toDataUrl(thumbnail ?? picture);
  } catch (error) {
    reportStorageFailure(error);
    return null;
  }
}

async function drawOrLog(picture: Blob, draw: typeof drawThumbnail): Promise<Blob | undefined> {
  try {
    return await draw(picture);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log({ level: 'warn', event: 'thumbnail-failed', error: name, bytes: picture.size });
    return undefined;
  }
}

/** One that cannot be stored is still shown, and made again the next time. */
async function storeThumbnail(id: string, thumbnail: Blob): Promise<void> {
  try {
    await database.blobs.update(id, { thumbnail });
  } catch (error) {
    reportStorageFailure(error);
  }
}

async function toDataUrl(blob: Blob): Promise<string> {
  return dataUrl(blob.type, new Uint8Array(await blob.arrayBuffer()));
}

export function dataUrl(mediaType: string, bytes: Uint8Array): string {
  return `data:${mediaType};base64,${toBase64(bytes)}`;
}
