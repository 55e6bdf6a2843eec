/** Pictures as files. */
import { imageFileName } from '../../image-file-name';
import type { ByteWriter, Watch } from './bytes';
import { TransferError } from './transfer-error';
import { ZipWriter } from './zip-writer';

/** Gives a picture's bytes; undefined when they are gone. */
export type ImageReader = (id: string) => Promise<Blob | undefined>;

/** Writes the pictures into a zip. Throws `not-found` when the bytes of all are gone. */
export async function writeImages(
  to: ByteWriter,
  images: { imageId: string; prompt: string }[],
  readImage: ImageReader,
  { signal, onProgress }: Watch,
): Promise<void> {
  const zip = new ZipWriter(to);
  const nameOf = uniqueNames();
  let count = 0;
  for (const [index, { imageId, prompt }] of images.entries()) {
    signal.throwIfAborted();
    onProgress(index, images.length);
    const blob = await readImage(imageId);
    if (!blob) continue;
    const name = nameOf(imageFileName(prompt, blob.type));
    await zip.addFile(name, new Uint8Array(await blob.arrayBuffer()));
    count += 1;
  }
  if (count === 0) throw new TransferError('not-found');
  await zip.finish();
}

/** Gives each name once: the second gets a number. Small and large letters are one to some systems. */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    const dot = name.lastIndexOf('.');
    let unique = name;
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      unique = `${name.slice(0, dot)}-${number}${name.slice(dot)}`;
    }
    taken.add(unique.toLowerCase());
    return unique;
  };
}
