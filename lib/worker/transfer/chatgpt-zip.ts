/** ChatGPT's data export as it is downloaded: a zip with `conversations.json` among other files. */
import type { ByteSource } from './bytes';
import type { IncomingFile } from './incoming';
import { openForeign } from './json-import';
import { TransferError } from './transfer-error';
import { bytesOf, type ZipEntry } from './zip-reader';

/** Large exports have several, numbered. Nothing else in the zip is read. */
const NAME = /^(?:[^/]+\/)?conversations(?:-\d+)?\.json$/u;

/** The largest one, in bytes, and how much smaller than that it may be in the zip. */
const SIZE_LIMIT = 2 * 1024 * 1024 * 1024;
const RATIO_LIMIT = 200;

/** Throws `unknown-format` when there is none. */
export async function openChatGptZip(
  file: ByteSource,
  entries: Map<string, ZipEntry>,
): Promise<IncomingFile> {
  const found = [...entries.values()].filter(({ name }) => NAME.test(name));
  if (found.length === 0) throw new TransferError('unknown-format');
  for (const { name, size } of found) {
    if (size > Math.min(SIZE_LIMIT, Math.max(1024 * 1024, file.size * RATIO_LIMIT))) {
      throw new TransferError('too-large', name);
    }
  }
  return openForeign(
    found.map((entry) => ({ name: entry.name, read: () => bytesOf(file, entry) })),
  );
}
