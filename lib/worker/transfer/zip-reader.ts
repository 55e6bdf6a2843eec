/**
 * Reads a zip by its directory. Nothing that the directory says is believed: sizes are upper bounds
 * that are held, names are compared, and every entry's checksum is.
 */
import { Inflate } from 'fflate';
import { joined, piecesOf, type ByteSource, type Bytes } from './bytes';
import { crc32 } from './crc32';
import { TransferError } from './transfer-error';

const DIRECTORY_END = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const COMMENT_LIMIT = 65_535;
const DIRECTORY_LIMIT = 32 * 1024 * 1024;
/** Compressed bytes that are inflated at once: at most a thousand times as many come out. */
const INFLATE_PIECE = 16 * 1024;

export interface ZipEntry {
  name: string;
  isDeflated: boolean;
  /** Bytes in the file. */
  compressedSize: number;
  /** Bytes that come out. */
  size: number;
  crc: number;
  /** Where its local header begins. */
  offset: number;
}

/** Whether a file that begins with these bytes is a zip. */
export function isZip(head: Bytes): boolean {
  return head[0] === 0x50 && head[1] === 0x4b;
}

/** The entries by name. Throws `damaged` for a broken directory or a name that stands twice. */
export async function readDirectory(file: ByteSource): Promise<Map<string, ZipEntry>> {
  const { count, offset, size } = await findDirectory(file);
  const bytes = await file.read(offset, offset + size);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    const where = `zip directory, entry ${index + 1}`;
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) {
      throw new TransferError('damaged', where);
    }
    const nameLength = view.getUint16(at + 28, true);
    const method = view.getUint16(at + 10, true);
    const isPlain = (view.getUint16(at + 8, true) & 1) === 0 && (method === 0 || method === 8);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    const entry = {
      name,
      isDeflated: method === 8,
      crc: view.getUint32(at + 16, true),
      compressedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (!isPlain || entries.has(name) || entry.offset + entry.compressedSize > offset) {
      throw new TransferError('damaged', where);
    }
    entries.set(name, entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** The entry's bytes in pieces. Throws `damaged` as soon as they are not what the directory says. */
export async function* bytesOf(
  file: ByteSource,
  entry: ZipEntry,
): AsyncGenerator<Bytes, void, void> {
  const header = await file.read(entry.offset, entry.offset + 30);
  if (header.length < 30 || viewOf(header).getUint32(0, true) !== LOCAL_HEADER) {
    throw new TransferError('damaged', entry.name);
  }
  const view = viewOf(header);
  const start = entry.offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const stored = piecesOf(file, start, start + entry.compressedSize);
  let size = 0;
  let crc = 0;
  for await (const piece of entry.isDeflated ? inflated(stored, entry.name) : stored) {
    size += piece.length;
    if (size > entry.size) throw new TransferError('damaged', `${entry.name}: longer than it says`);
    crc = crc32(piece, crc);
    yield piece;
  }
  if (size !== entry.size || crc !== entry.crc) {
    throw new TransferError('damaged', `${entry.name}: checksum`);
  }
}

/** The entry whole; only for what is known to be small. */
export async function readEntry(file: ByteSource, entry: ZipEntry): Promise<Bytes> {
  const pieces: Bytes[] = [];
  for await (const piece of bytesOf(file, entry)) pieces.push(piece);
  return joined(pieces);
}

async function* inflated(
  stored: AsyncIterable<Bytes>,
  name: string,
): AsyncGenerator<Bytes, void, void> {
  let ready: Bytes[] = [];
  const inflate = new Inflate((bytes) => ready.push(new Uint8Array(bytes)));
  const push = (bytes: Bytes, isLast: boolean): Bytes[] => {
    ready = [];
    try {
      inflate.push(bytes, isLast);
    } catch (cause) {
      throw new TransferError('damaged', name, { cause });
    }
    return ready;
  };
  for await (const piece of stored) {
    for (let at = 0; at < piece.length; at += INFLATE_PIECE) {
      yield* push(piece.subarray(at, at + INFLATE_PIECE), false);
    }
  }
  yield* push(new Uint8Array(), true);
}

async function findDirectory(file: ByteSource) {
  const start = Math.max(0, file.size - 22 - COMMENT_LIMIT);
  const tail = await file.read(start, file.size);
  const view = viewOf(tail);
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    const isEnd =
      view.getUint32(at, true) === DIRECTORY_END &&
      at + 22 + view.getUint16(at + 20, true) === tail.length;
    if (!isEnd) continue;
    const count = view.getUint16(at + 10, true);
    const size = view.getUint32(at + 12, true);
    const offset = view.getUint32(at + 16, true);
    if (size > DIRECTORY_LIMIT || offset + size > start + at) break;
    return { count, size, offset };
  }
  throw new TransferError('damaged', 'zip directory');
}

function viewOf(bytes: Bytes): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
