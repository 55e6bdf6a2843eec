import { describe, expect, it } from 'vitest';
import { FITTING, panBy, zoomTo } from '@/lib/panel/zoom';

const view = { width: 400, height: 200 };

describe('zooming', () => {
  it('keeps the point under the pointer where it is', () => {
    const point = { x: 100, y: -40 };
    const once = zoomTo(FITTING, 2, point);
    // What lay at the point lay at (point - move) / scale from the middle of the picture.
    expect((point.x - once.x) / once.scale).toBe(100);
    const twice = zoomTo(once, 5, point);
    expect((point.x - twice.x) / twice.scale).toBeCloseTo(100);
    expect((point.y - twice.y) / twice.scale).toBeCloseTo(-40);
  });

  it.each([
    ['smaller than it fits', 0.2, 1],
    ['larger than eight times', 100, 8],
  ])('does not make it %s', (_, scale, expected) => {
    expect(zoomTo(FITTING, scale).scale).toBe(expected);
  });

  it('puts a picture that fits back into the middle', () => {
    expect(zoomTo({ scale: 3, x: 50, y: 50 }, 1)).toEqual(FITTING);
  });
});

describe('moving', () => {
  it('ends where the picture would leave the view', () => {
    const moved = panBy({ scale: 2, x: 0, y: 0 }, { x: 1000, y: -1000 }, view);
    expect(moved).toEqual({ scale: 2, x: 200, y: -100 });
  });

  it('does nothing to a picture that fits', () => {
    expect(panBy(FITTING, { x: 30, y: 30 }, view)).toEqual(FITTING);
  });
});
