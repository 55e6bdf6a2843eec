import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readLog } from '@/lib/log';
import { database } from '@/lib/worker/database';
import { forgetImages, imageDataUrl, keepImage, thumbnailDataUrl } from '@/lib/worker/image-data';
import { reportStorageWorks, storageTrouble } from '@/lib/worker/storage-trouble';
import { gif, png } from '../../fixtures/pictures';

const pngUrl = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
const small = new Blob(['small'], { type: 'image/webp' });
const smallUrl = `data:image/webp;base64,${Buffer.from('small').toString('base64')}`;

afterEach(async () => {
  vi.restoreAllMocks();
  reportStorageWorks();
  await database.blobs.clear();
});

const unlessDrawn = () => Promise.reject(new Error('drawn again'));

describe('a picture that is kept', () => {
  it('is stored once by its bytes, and comes as a data URL', async () => {
    const [one, other] = await Promise.all([keepImage(png), keepImage(png)]);
    expect(one).toEqual({ ...other, mediaType: 'image/png', bytes: png.length });
    expect(await database.blobs.toCollection().primaryKeys()).toEqual([one.id]);
    expect((await database.blobs.get(one.id))?.size).toBe(png.length);
    expect(await imageDataUrl(one.id)).toBe(pngUrl);
  });

  it('keeps its thumbnail when the same bytes come again', async () => {
    const { id } = await keepImage(png);
    await thumbnailDataUrl(id, () => Promise.resolve(small));
    await keepImage(png);
    expect(await thumbnailDataUrl(id, unlessDrawn)).toBe(smallUrl);
  });

  it('of a temporary chat is never in the database, and is gone when it is forgotten', async () => {
    const { id } = await keepImage(gif, true);
    expect(await imageDataUrl(id)).toContain('data:image/gif');
    expect(await thumbnailDataUrl(id, () => Promise.resolve(small))).toBe(smallUrl);
    expect(await database.blobs.count()).toBe(0);
    forgetImages([id]);
    expect(await imageDataUrl(id)).toBeNull();
    expect(await thumbnailDataUrl(id, () => Promise.resolve(small))).toBeNull();
  });

  it('is still shown by this worker when the database is full, and that is told', async () => {
    const full = new DOMException('full', 'QuotaExceededError');
    vi.spyOn(database.blobs, 'add').mockRejectedValue(full);
    const { id } = await keepImage(png);
    expect(storageTrouble()).toBe('full');
    expect(await imageDataUrl(id)).toBe(pngUrl);
    forgetImages([id]);
  });
});

describe('a thumbnail', () => {
  it('is drawn once, also when it is asked for twice at the same time, and stored', async () => {
    const { id } = await keepImage(png);
    const draw = vi.fn<(picture: Blob) => Promise<Blob>>(() => Promise.resolve(small));
    const urls = await Promise.all([thumbnailDataUrl(id, draw), thumbnailDataUrl(id, draw)]);
    urls.push(await thumbnailDataUrl(id, draw));
    expect(urls).toEqual([smallUrl, smallUrl, smallUrl]);
    expect(draw).toHaveBeenCalledTimes(1);
    expect(draw.mock.calls[0]?.[0].size).toBe(png.length);
    expect(await imageDataUrl(id)).toBe(pngUrl);
  });

  it('is the picture itself where none can be drawn, and is tried again', async () => {
    const { id } = await keepImage(png);
    expect(await thumbnailDataUrl(id)).toBe(pngUrl);
    expect((await readLog()).map(({ event }) => event)).toContain('thumbnail-failed');
    expect(storageTrouble()).toBeNull();
    expect(await thumbnailDataUrl(id, () => Promise.resolve(small))).toBe(smallUrl);
  });

  it('is shown also when it cannot be stored', async () => {
    const { id } = await keepImage(png);
    vi.spyOn(database.blobs, 'update').mockRejectedValue(new Error('broken'));
    expect(await thumbnailDataUrl(id, () => Promise.resolve(small))).toBe(smallUrl);
    expect(storageTrouble()).toBe('broken');
  });

  it('does not bring back a picture that was deleted while it was drawn', async () => {
    const { id } = await keepImage(png);
    await thumbnailDataUrl(id, async () => {
      await database.blobs.delete(id);
      return small;
    });
    expect(await database.blobs.count()).toBe(0);
  });

  it('of a picture whose bytes are gone is null', async () => {
    expect(await thumbnailDataUrl('gone', unlessDrawn)).toBeNull();
  });
});
