const NAME_LENGTH = 60;

/** A file name that says what the picture shows, safe on every system. */
export function imageFileName(prompt: string, mediaType: string): string {
  const words = prompt
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim()
    .split(' ')
    .join('-');
  const name = Array.from(words).slice(0, NAME_LENGTH).join('').replace(/-$/, '');
  const extension = mediaType === 'image/jpeg' ? 'jpg' : mediaType.replace('image/', '');
  return `${name || 'picture'}.${extension}`;
}

/** Puts the picture on the clipboard, as PNG: the one format that every program pastes. */
export async function copyImage(url: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  const png = new Promise<Blob>((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png');
  });
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': png })]);
}
