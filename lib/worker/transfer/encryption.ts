/**
 * The container of a backup with a passphrase: magic, header, then chunks of AES-GCM. A chunk's
 * number is its nonce, and only the last one carries the last-chunk mark, so that chunks that are
 * missing, changed or in another order are noticed. BACKUP.md has the exact form.
 */
import { toBase64 } from '../../stream/base64';
import { deriveKey, ITERATIONS } from '../passphrase';
import { joined, type ByteSource, type Bytes, type ByteWriter } from './bytes';
import { Fields, parseJson } from './fields';
import { TransferError } from './transfer-error';

const MAGIC = 'ASIDEENC';
const CHUNK = 1024 * 1024;
const TAG = 16;
const HEADER_LIMIT = 4096;
/** A file may not ask for a key that costs nothing, or one that takes minutes. */
const ITERATIONS_MIN = 100_000;
const ITERATIONS_MAX = 5_000_000;

/** Chunks that are kept decrypted: the lists of a backup are read side by side. */
const KEPT_CHUNKS = 4;

/** No chunk has this number: the nonce of the empty text that proves the passphrase. */
const CHECK_NONCE = new Uint8Array(12).fill(0xff);

interface Header {
  format: 'aside-encrypted';
  version: 1;
  kdf: 'PBKDF2-SHA-256';
  iterations: number;
  /** 16 bytes in base64. */
  salt: string;
  cipher: 'AES-256-GCM';
  /** The tag of an empty text under the key, in base64: whether the passphrase is right. */
  check: string;
}

/** Whether a file that begins with these bytes is such a container. */
export function isEncrypted(head: Bytes): boolean {
  return new TextDecoder('latin1').decode(head.subarray(0, MAGIC.length)) === MAGIC;
}

/** Encrypts what is written to it on the way to another writer. */
export async function encryptingWriter(passphrase: string, to: ByteWriter): Promise<ByteWriter> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const key = await deriveKey(passphrase, salt, ITERATIONS);
  const header: Header = {
    format: 'aside-encrypted',
    version: 1,
    kdf: 'PBKDF2-SHA-256',
    iterations: ITERATIONS,
    salt: toBase64(salt),
    cipher: 'AES-256-GCM',
    check: toBase64(await proofOf(key)),
  };
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, headerBytes.length);
  await to.write(joined([new TextEncoder().encode(MAGIC), length, headerBytes]));

  let waiting: Bytes[] = [];
  let waitingSize = 0;
  let number = 0;
  const seal = async (chunk: Bytes, isLast: boolean) => {
    const parameters = parametersOf(number, isLast);
    number += 1;
    await to.write(new Uint8Array(await crypto.subtle.encrypt(parameters, key, chunk)));
  };
  return {
    async write(bytes) {
      waiting.push(bytes);
      waitingSize += bytes.length;
      // One byte more than a chunk must wait: the last chunk may not be sealed as another.
      if (waitingSize <= CHUNK) return;
      let rest = joined(waiting);
      for (; rest.length > CHUNK; rest = rest.subarray(CHUNK)) {
        await seal(rest.subarray(0, CHUNK), false);
      }
      waiting = [rest.slice()];
      waitingSize = rest.length;
    },
    async finish() {
      await seal(joined(waiting), true);
      await to.finish();
    },
  };
}

/** What is in the container. Throws `passphrase` for none or a wrong one, `damaged` for a broken container. */
export async function openEncrypted(
  file: ByteSource,
  passphrase: string | undefined,
): Promise<ByteSource> {
  const { header, end } = await readHeader(file);
  if (!passphrase) throw new TransferError('passphrase');
  const key = await deriveKey(passphrase, header.salt, header.iterations);
  const proof = await proofOf(key);
  if (toBase64(proof) !== header.check) throw new TransferError('passphrase');

  const body = file.size - end;
  const count = Math.ceil(body / (CHUNK + TAG));
  const kept = new Map<number, Promise<Bytes>>();
  const decrypt = async (number: number): Promise<Bytes> => {
    const start = end + number * (CHUNK + TAG);
    const sealed = await file.read(start, Math.min(start + CHUNK + TAG, file.size));
    const parameters = parametersOf(number, number === count - 1);
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed));
    } catch (cause) {
      throw new TransferError('damaged', `encrypted chunk ${number + 1} of ${count}`, { cause });
    }
  };
  const chunk = (number: number): Promise<Bytes> => {
    const found = kept.get(number) ?? decrypt(number);
    kept.delete(number);
    kept.set(number, found);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_CHUNKS && oldest !== undefined) kept.delete(oldest);
    return found;
  };
  // A container without its last chunk is found out before anything else is believed.
  await chunk(count - 1);
  const size = body - count * TAG;
  return {
    size,
    async read(start, readEnd) {
      const parts: Bytes[] = [];
      const stop = Math.min(readEnd, size);
      for (let at = start; at < stop;) {
        const number = Math.floor(at / CHUNK);
        const first = number * CHUNK;
        const bytes = await chunk(number);
        parts.push(bytes.subarray(at - first, stop - first));
        at = first + CHUNK;
      }
      return joined(parts);
    },
  };
}

async function readHeader(file: ByteSource) {
  const start = MAGIC.length + 4;
  const head = await file.read(0, start);
  const length = head.length < start ? 0 : new DataView(head.buffer).getUint32(MAGIC.length);
  const end = start + length;
  if (length === 0 || length > HEADER_LIMIT || end + TAG > file.size) {
    throw new TransferError('damaged', 'encryption header');
  }
  const text = new TextDecoder().decode(await file.read(start, end));
  const fields = new Fields(parseJson(text, 'encryption header'), 'encryption header');
  fields.oneOf('format', ['aside-encrypted']);
  if (fields.number('version') !== 1) throw new TransferError('unknown-format', 'version');
  fields.oneOf('kdf', ['PBKDF2-SHA-256']);
  fields.oneOf('cipher', ['AES-256-GCM']);
  const iterations = fields.number('iterations');
  if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX || iterations % 1 !== 0) {
    fields.fail('iterations');
  }
  return {
    end,
    header: { iterations, salt: fields.base64('salt', 64), check: fields.text('check', 64) },
  };
}

async function proofOf(key: CryptoKey): Promise<Bytes> {
  const parameters = { name: 'AES-GCM', iv: CHECK_NONCE };
  return new Uint8Array(await crypto.subtle.encrypt(parameters, key, new Uint8Array()));
}

function parametersOf(number: number, isLast: boolean) {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, number);
  return { name: 'AES-GCM', iv, additionalData: Uint8Array.of(isLast ? 1 : 0) };
}
