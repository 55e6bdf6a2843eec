/** Smaller forms of a picture. */

/** Longest side, in pixels: a cell of the gallery at twice the density. */
const SIDE = 320;
const QUALITY = 0.8;

/** A picture of 100 megapixels takes 400 MB while it is decoded. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

type Encoding = 'image/webp' | 'image/jpeg';

/** Draws the picture small, as WebP, two at a time. Throws where it cannot be decoded or drawn. */
export function drawThumbnail(picture: Blob): Promise<Blob> {
  return draw(picture, SIDE, 'image/webp');
}

/**
 * Draws the picture with at most so many pixels on its longest side, as JPEG, which every model's
 * server reads. Throws where it cannot be decoded or drawn.
 */
export function drawAsJpeg(picture: Blob, side: number): Promise<Blob> {
  return draw(picture, side, 'image/jpeg');
}

function draw(picture: Blob, side: number, type: Encoding): Promise<Blob> {
  return inTurn(async () => {
    const bitmap = await createImageBitmap(picture);
    try {
      return await encode(bitmap, side, type);
    } finally {
      bitmap.close();
    }
  });
}

/** Does the work at once, or as soon as fewer than two others are at theirs. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The turn is handed on: nobody can come in between.
    if (next) next();
    else running -= 1;
  }
}

/** Sizes come from the decoded picture: a JPEG may say that it is to be turned. */
function encode(bitmap: ImageBitmap, side: number, type: Encoding): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  if (type === 'image/jpeg') {
    // It knows no transparency: what is seen through would become black.
    context.fillStyle = 'white';
    context.fillRect(0, 0, width, height);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return canvas.convertToBlob({ type, quality: QUALITY });
}
