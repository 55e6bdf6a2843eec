/** All pictures of all conversations, and the room that everything takes. */
import type { ImageInfo } from '../conversation';
import type { GalleryImage, StorageUse } from '../messages';
import { saveAll } from './conversation-store';
import { database, type MessageRow, type PartRow } from './database';
import { forgetImages } from './image-data';

type ImagePartRow = PartRow & { type: 'image'; image: ImageInfo };

/** Rows that are in memory at once when all of a table are looked at. */
const PAGE = 1000;

/** All pictures of all conversations that are not deleted, newest first. */
export async function listImages(): Promise<GalleryImage[]> {
  await saveAll();
  const { conversations, messages, parts } = database;
  return database.transaction('r', conversations, messages, parts, async () => {
    const imageParts = (await parts.orderBy('image.id').toArray()).filter(hasImage);
    const conversationIds = new Set(imageParts.map(({ conversationId }) => conversationId));
    const [conversationRows, replies] = await Promise.all([
      conversations.bulkGet([...conversationIds]),
      readMessages(imageParts.map(({ messageId }) => messageId)),
    ]);
    const prompts = await readMessages([...replies.values()].map(({ parentId }) => parentId));
    const living = new Set(
      conversationRows.flatMap((row) => (row && row.deletedAt === undefined ? row.id : [])),
    );
    const images = new Map<string, GalleryImage>();
    for (const part of imageParts) {
      const reply = replies.get(part.messageId);
      if (!reply || reply.deletedAt !== undefined || !living.has(part.conversationId)) continue;
      // In a prompt it is a picture that is there already, to be changed.
      if (reply.role === 'user') continue;
      const source = reply.source ?? prompts.get(reply.parentId ?? '')?.source;
      images.set(`${part.messageId} ${part.image.id}`, {
        conversationId: part.conversationId,
        messageId: part.messageId,
        image: part.image,
        prompt: part.prompt,
        createdAt: reply.createdAt,
        ...(reply.model && { model: reply.model }),
        ...(source && { source }),
      });
    }
    return [...images.values()].toSorted((one, other) => other.createdAt - one.createdAt);
  });
}

/** Deletes what is stored of these pictures, unless a part still refers to them. */
export async function collectBlobs(imageIds: string[]): Promise<void> {
  const { parts, blobs } = database;
  await database.transaction('rw', parts, blobs, async () => {
    const used = await parts.where('image.id').anyOf(imageIds).uniqueKeys();
    const unused = [...new Set(imageIds).difference(new Set<unknown>(used))];
    await blobs.bulkDelete(unused);
    forgetImages(unused);
  });
}

/** What is kept on this device. Neither pictures nor all texts at once are loaded for it. */
export async function readStorageUse(): Promise<StorageUse> {
  const [conversations, messages, textBytes, imageSizes, totalBytes] = await Promise.all([
    database.conversations.toArray(),
    database.messages.count(),
    countTextBytes(),
    database.blobs.orderBy('size').keys(),
    estimateTotal(),
  ]);
  return {
    conversations: conversations.filter(({ deletedAt }) => deletedAt === undefined).length,
    messages,
    textBytes,
    images: imageSizes.length,
    imageBytes: imageSizes.reduce<number>((sum, size) => sum + Number(size), 0),
    ...(totalBytes !== undefined && { totalBytes }),
  };
}

function hasImage(part: PartRow): part is ImagePartRow {
  return part.type === 'image' && part.image !== null;
}

async function readMessages(ids: (string | null)[]): Promise<Map<string, MessageRow>> {
  const wanted = new Set(ids.filter((id) => id !== null));
  const rows = await database.messages.bulkGet([...wanted]);
  return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])));
}

async function countTextBytes(): Promise<number> {
  const encoder = new TextEncoder();
  let bytes = 0;
  for (let last: [string, number] | undefined = ['', -1]; last;) {
    const rows: PartRow[] = await database.parts
      .where('[messageId+index]')
      .above(last)
      .limit(PAGE)
      .toArray();
    for (const part of rows) {
      bytes += encoder.encode(part.type === 'image' ? part.prompt : part.text).length;
    }
    const end = rows.at(-1);
    last = end && [end.messageId, end.index];
  }
  return bytes;
}

async function estimateTotal(): Promise<number | undefined> {
  return 'storage' in navigator ? (await navigator.storage.estimate()).usage : undefined;
}
