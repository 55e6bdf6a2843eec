/** An import: the file is checked from end to end, and only then is anything written. */
import { reportStorageWorks } from '../storage-trouble';
import { openBackup } from './backup-import';
import { blobSource, type ByteSource, type Watch } from './bytes';
import { isEncrypted, openEncrypted } from './encryption';
import type { IncomingFile } from './incoming';
import { openJson } from './json-import';
import { addConversation, emptyJournal, takeBack, type Journal } from './merge';
import { isZip, readDirectory } from './zip-reader';
import { MANIFEST } from './backup-format';
import { openChatGptZip } from './chatgpt-zip';

/**
 * Imports a file of any format that is known; progress counts bytes, each twice. Answers what was
 * done. When it throws, or is cancelled, the database is as it was before.
 */
export async function importFile(
  file: Blob,
  passphrase: string | undefined,
  { signal, onProgress }: Watch,
): Promise<Journal> {
  let done = 0;
  const source = blobSource(file, signal, (bytes) => {
    done += bytes;
    onProgress(Math.min(done, file.size * 2), file.size * 2);
  });
  const incoming = await openIncoming(source, passphrase);
  for await (const _ of incoming.conversations()) signal.throwIfAborted();
  await incoming.checkBlobs();
  done = file.size;
  const journal = emptyJournal();
  try {
    for await (const conversation of incoming.conversations()) {
      signal.throwIfAborted();
      await addConversation(conversation, incoming.blob, journal);
    }
    signal.throwIfAborted();
    return journal;
  } catch (error) {
    await takeBack(journal);
    reportStorageWorks();
    throw error;
  }
}

async function openIncoming(
  file: ByteSource,
  passphrase: string | undefined,
): Promise<IncomingFile> {
  const source = isEncrypted(await file.read(0, 8)) ? await openEncrypted(file, passphrase) : file;
  if (!isZip(await source.read(0, 2))) return openJson(source);
  const entries = await readDirectory(source);
  return entries.has(MANIFEST) ? openBackup(source, entries) : openChatGptZip(source, entries);
}
