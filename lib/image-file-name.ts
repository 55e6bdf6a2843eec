const NAME_LENGTH = 60;

/** Names that Windows gives to devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu;

/** The words of a text as a file name without its end, safe on every system; empty when there are none. */
export function safeName(text: string): string {
  const words = text
    .slice(0, NAME_LENGTH * 20)
    .replace(/[^\p{Letter}\p{Mark}\p{Number}]+/gu, ' ')
    .trim()
    .split(' ')
    .join('-');
  const name = Array.from(words).slice(0, NAME_LENGTH).join('').replace(/-$/, '');
  return DEVICE.test(name) ? `${name}-` : name;
}

/** A file name that says what the picture shows, safe on every system. */
export function imageFileName(prompt: string, mediaType: string): string {
  const extension = mediaType === 'image/jpeg' ? 'jpg' : mediaType.replace('image/', '');
  return `${safeName(prompt) || 'picture'}.${extension}`;
}
