/** Bytes as base64 and back, by the browser itself where it can (Chrome 140, Firefox 133). */

/** Throws for what is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return 'fromBase64' in Uint8Array ? Uint8Array.fromBase64(text) : fromBase64OneByOne(text);
}

export function fromBase64OneByOne(text: string): Uint8Array<ArrayBuffer> {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = characters.charCodeAt(index);
  return bytes;
}

export function toBase64(bytes: Uint8Array): string {
  return bytes.toBase64?.() ?? toBase64InSlices(bytes);
}

/** Bytes that `fromCharCode` takes at once; divisible by three, so that no padding falls inside. */
const SLICE = 0x6000;

export function toBase64InSlices(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += SLICE) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + SLICE)));
  }
  return text;
}
