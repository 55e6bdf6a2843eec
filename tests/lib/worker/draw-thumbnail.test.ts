import { describe, expect, it, vi } from 'vitest';
import { drawAsJpeg, drawThumbnail, inTurn } from '@/lib/worker/draw-thumbnail';

/** A canvas that says how it was used; it encodes its size. */
function stubDrawing(width: number, height: number) {
  const close = vi.fn<() => void>();
  const steps: string[] = [];
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width, height, close }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      readonly size: string;
      constructor(canvasWidth: number, canvasHeight: number) {
        this.size = `${canvasWidth} × ${canvasHeight}`;
      }
      getContext = () => ({
        fillStyle: '',
        fillRect(...at: number[]) {
          steps.push(`${this.fillStyle} ${at.join(' ')}`);
        },
        drawImage: () => void steps.push('picture'),
      });
      convertToBlob = ({ type }: { type: string }) =>
        Promise.resolve(new Blob([this.size], { type }));
    },
  );
  return { close, steps };
}

it.each([
  [1024, 1024, '320 × 320'],
  [1792, 1024, '320 × 183'],
  [1024, 1792, '183 × 320'],
  [200, 100, '200 × 100'],
  [10_000, 1, '320 × 1'],
])('a picture of %i × %i becomes WebP of %s', async (width, height, size) => {
  const { close, steps } = stubDrawing(width, height);
  const thumbnail = await drawThumbnail(new Blob());
  expect(thumbnail.type).toBe('image/webp');
  expect(await thumbnail.text()).toBe(size);
  expect(close).toHaveBeenCalledTimes(1);
  expect(steps).toEqual(['picture']);
});

it('a picture for a model becomes JPEG on white, which knows no transparency', async () => {
  const { steps } = stubDrawing(2000, 1000);
  const drawn = await drawAsJpeg(new Blob(), 1568);
  expect([drawn.type, await drawn.text()]).toEqual(['image/jpeg', '1568 × 784']);
  expect(steps).toEqual(['white 0 0 1568 784', 'picture']);
});

describe('two pictures at most are decoded at a time', () => {
  it('in their order, also after one has failed', async () => {
    const { begun, ends, works } = begin(5);
    expect(begun).toEqual([0, 1]);
    ends[0]?.reject(new Error('broken'));
    await expect(works[0]).rejects.toThrow('broken');
    await vi.waitFor(() => expect(begun).toEqual([0, 1, 2]));
    for (const end of ends) end.resolve();
    await Promise.all(works.slice(1));
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('also when others were decoded before', async () => {
    const { begun, ends, works } = begin(3);
    expect(begun).toEqual([0, 1]);
    for (const end of ends) end.resolve();
    await Promise.all(works);
  });
});

/** Works that take their turns at once, and end when the test says so. */
function begin(count: number) {
  const begun: number[] = [];
  const ends = Array.from({ length: count }, () => Promise.withResolvers<void>());
  const works = ends.map(({ promise }, number) =>
    inTurn(() => {
      begun.push(number);
      return promise;
    }),
  );
  return { begun, ends, works };
}
