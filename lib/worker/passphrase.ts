/** Turns a passphrase into a key: slowly, so that guessing is slow too. */

/** Rounds of PBKDF2; OWASP's recommendation for SHA-256. */
export const ITERATIONS = 600_000;

/** The same letters give the same key, however the keyboard put them together. */
export async function deriveKey(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
  isExtractable = false,
): Promise<CryptoKey> {
  const letters = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', letters, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    isExtractable,
    ['encrypt', 'decrypt'],
  );
}
