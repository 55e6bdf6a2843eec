/** How a picture is looked at: how large, and by how much it is moved from the middle. */

/** 1 is the picture as it fits the view; pixels of the view. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export const FITTING: Zoom = { scale: 1, x: 0, y: 0 };

const LARGEST = 8;

/** Another scale; the point (pixels from the view's middle) stays under the pointer. */
export function zoomTo(zoom: Zoom, scale: number, point = { x: 0, y: 0 }): Zoom {
  const next = Math.min(Math.max(scale, 1), LARGEST);
  if (next === 1) return FITTING;
  const ratio = next / zoom.scale;
  return {
    scale: next,
    x: point.x - (point.x - zoom.x) * ratio,
    y: point.y - (point.y - zoom.y) * ratio,
  };
}

/** Moved, but never so far that the picture leaves the view; sizes in pixels. */
export function panBy(
  zoom: Zoom,
  by: { x: number; y: number },
  view: { width: number; height: number },
): Zoom {
  const rangeX = ((zoom.scale - 1) * view.width) / 2;
  const rangeY = ((zoom.scale - 1) * view.height) / 2;
  return {
    scale: zoom.scale,
    x: Math.min(Math.max(zoom.x + by.x, -rangeX), rangeX),
    y: Math.min(Math.max(zoom.y + by.y, -rangeY), rangeY),
  };
}
