/** Takes a key out of what a server said, in every form in which one repeats what it was sent. */
import type { ErrorData } from './errors';
import { toBase64 } from './stream/base64';

/** Of a key that details break off in, so many characters are too many to be shown. */
const SHOWN_OF_KEY = 4;
/** Details are no longer, and a regular expression must end somewhere. */
const READ_OF_KEY = 500;
/** In base64 a shorter piece could be part of any word. */
const SHORTEST_CODED = 6;

/**
 * The same without the key: some servers and gateways repeat it in what they answer. An empty one was
 * not sent; that is noted of a refusal, since another may be set later.
 */
export function withoutKey(error: ErrorData, key: string): ErrorData {
  if (!key && error.kind === 'unauthorized') return { ...error, isKeyless: true };
  if (!key || !error.detail) return error;
  let detail = error.detail.replaceAll(formsOf(key), '…');
  for (const coded of codedForms(key)) {
    // What stands around it in base64 is the user's name, and edges that hold bits of the key.
    const whole = `(?:[\\w+/-]|%\\w\\w)*${formsOf(coded).source}(?:[\\w+/=-]|%\\w\\w)*`;
    detail = detail.replaceAll(new RegExp(whole, 'gu'), '…');
  }
  return { ...error, detail };
}

/**
 * Finds the text as it is, percent-encoded once or twice, and escaped as in JSON, character by
 * character; at the end of the details also the start of it.
 */
function formsOf(text: string): RegExp {
  const units = Array.from(text.slice(0, READ_OF_KEY), unitOf);
  const shown = units.slice(0, SHOWN_OF_KEY + 1).join('');
  const rest = units.slice(SHOWN_OF_KEY + 1);
  const cut = rest.reduceRight((later, unit) => `(?:${unit}${later})?`, '');
  const isShort = units.length <= SHOWN_OF_KEY;
  // The last character may be cut in two itself.
  const broken = String.raw`(?:%\w{0,3}|\\u?\w{0,3})?`;
  const start = isShort ? '' : `|${shown}${cut}${broken}$`;
  return new RegExp(`(?:${units.join('')}${start})`, 'gu');
}

/** A character, or one of its codes. */
function unitOf(character: string): string {
  const bytes = new TextEncoder().encode(character);
  const percent = Array.from(bytes, (byte) => `%(?:25)?${anyCase(hex(byte, 2))}`).join('');
  const code = hex(character.codePointAt(0) ?? 0, 4);
  return String.raw`(?:\\?\u{${code}}|${percent}|\\u${anyCase(code)})`;
}

function hex(number: number, length: number): string {
  return number.toString(16).padStart(length, '0');
}

function anyCase(digits: string): string {
  return digits.replaceAll(/[a-f]/gu, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/**
 * What of the key's base64 does not depend on what stands before and after it, for each of the three
 * places where it can begin: `user:key` is sent so.
 */
function codedForms(key: string): string[] {
  const bytes = new TextEncoder().encode(key);
  const forms = [0, 1, 2].map((before) => {
    const start = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return toBase64(new Uint8Array([...new Uint8Array(before), ...bytes])).slice(start, end);
  });
  // The other alphabet, for addresses.
  const all = forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
  return [...new Set(all)].filter(({ length }) => length >= SHORTEST_CODED);
}
