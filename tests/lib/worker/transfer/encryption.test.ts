/** The container of chunks: what was put in comes out, from any place, or nothing does. */
import { describe, expect, it } from 'vitest';
import { blobSource, BlobWriter, type Bytes } from '@/lib/worker/transfer/bytes';
import { encryptingWriter, openEncrypted } from '@/lib/worker/transfer/encryption';

const MiB = 1024 * 1024;
const SEALED = MiB + 16;

/** Bytes that differ from place to place. */
const content = (size: number) => new Uint8Array(size).map((_, at) => at ^ (at >> 8) ^ (at >> 16));

async function seal(bytes: Bytes, pieces = 1): Promise<Blob> {
  const writer = new BlobWriter();
  const encrypting = await encryptingWriter('secret', writer);
  const step = Math.ceil(bytes.length / pieces) || 1;
  for (let at = 0; at < bytes.length; at += step) {
    await encrypting.write(bytes.slice(at, at + step));
  }
  await encrypting.finish();
  return writer.toBlob('');
}

const open = (file: Blob) =>
  openEncrypted(blobSource(file, new AbortController().signal), 'secret');

/** The container's head, and its chunks. */
async function apart(file: Blob) {
  const length = new DataView(await file.slice(8, 12).arrayBuffer()).getUint32(0);
  const chunks: Blob[] = [];
  for (let at = 12 + length; at < file.size; at += SEALED) {
    chunks.push(file.slice(at, Math.min(at + SEALED, file.size)));
  }
  return { head: file.slice(0, 12 + length), chunks };
}

describe('a container', () => {
  it.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB])('of %i bytes gives them back', async (size) => {
    const bytes = content(size);
    for (const pieces of [1, 7]) {
      const source = await open(await seal(bytes, pieces));
      expect(source.size).toBe(size);
      const read = await source.read(0, size + 100);
      expect(Buffer.compare(read, bytes)).toBe(0);
    }
  });

  it('is read from any place', async () => {
    const bytes = content(2 * MiB + 5);
    const source = await open(await seal(bytes));
    for (const [start, end] of [
      [5, 5],
      [MiB - 3, MiB + 3],
      [10, 2 * MiB + 2],
      [2 * MiB, 9 * MiB],
      [0, 1],
    ] as const) {
      expect(Buffer.compare(await source.read(start, end), bytes.slice(start, end))).toBe(0);
    }
  });

  it.each<[string, (chunks: Blob[]) => Blob[], string]>([
    ['without its last chunk', (chunks) => chunks.slice(0, -1), 'encrypted chunk 2 of 2'],
    ['without a chunk before', (chunks) => chunks.slice(1), 'encrypted chunk 2 of 2'],
    [
      'with a chunk twice',
      ([one, ...rest]) => (one ? [one, one, ...rest] : []),
      'encrypted chunk 4 of 4',
    ],
  ])('%s is refused at once', async (_, change, where) => {
    const { head, chunks } = await apart(await seal(content(3 * MiB)));
    expect(chunks).toHaveLength(3);
    await expect(open(new Blob([head, ...change(chunks)]))).rejects.toMatchObject({
      fault: 'damaged',
      where,
    });
  });

  it('whose chunks changed places is refused where it is read', async () => {
    const { head, chunks } = await apart(await seal(content(3 * MiB)));
    const [first, second, third] = chunks;
    const source = await open(new Blob([head, second ?? '', first ?? '', third ?? '']));
    await expect(source.read(0, 10)).rejects.toMatchObject({
      fault: 'damaged',
      where: 'encrypted chunk 1 of 3',
    });
  });

  it('has another key and other bytes each time', async () => {
    const [one, other] = await Promise.all([seal(content(100)), seal(content(100))]);
    expect(one.size).toBe(other.size);
    const { chunks } = await apart(one);
    const { chunks: others } = await apart(other);
    expect(await chunks[0]?.text()).not.toBe(await others[0]?.text());
  });
});
