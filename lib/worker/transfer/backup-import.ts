/** Reads a backup: conversations and their messages side by side, each line checked. */
import type { Conversation, Message } from '../../conversation';
import { describeImage } from '../../stream/image';
import {
  BACKUP_FORMAT,
  BLOBS,
  CONVERSATIONS,
  FORMAT_VERSION,
  isBlobId,
  LINE_LIMIT,
  MANIFEST,
  MESSAGES,
  readConversationFields,
  readMessageFields,
} from './backup-format';
import { sha256, type Bytes, type ByteSource } from './bytes';
import { Fields, parseJson } from './fields';
import { checkTree, type IncomingFile } from './incoming';
import { linesOf, textOfBytes } from './text-lines';
import { TransferError } from './transfer-error';
import { bytesOf, readEntry, type ZipEntry } from './zip-reader';

const MANIFEST_LIMIT = 64 * 1024;
/** The largest picture that a file may hold, in bytes. */
const BLOB_LIMIT = 64 * 1024 * 1024;
/** Text gets small when it is compressed, though hardly more than this; below `SMALL` anything goes. */
const RATIO_LIMIT = 100;
const SMALL = 64 * 1024 * 1024;
const TOTAL_LIMIT = 16 * 1024 * 1024 * 1024;

type Entries = Map<string, ZipEntry>;
type Line = { number: number; text: string };

/** Opens a backup. Throws `damaged` for entries that are missing or foreign, `too-large` for a bomb. */
export async function openBackup(file: ByteSource, entries: Entries): Promise<IncomingFile> {
  const conversationsEntry = entryOf(entries, CONVERSATIONS);
  const messagesEntry = entryOf(entries, MESSAGES);
  const blobs = [...entries.values()].filter(({ name }) => isBlobName(name));
  for (const name of entries.keys()) {
    const isKnown = [MANIFEST, CONVERSATIONS, MESSAGES].includes(name) || isBlobName(name);
    if (!isKnown) throw new TransferError('damaged', `unknown entry ${name.slice(0, 100)}`);
  }
  checkSizes(entries, file.size);
  const counts = await readManifest(file, entryOf(entries, MANIFEST));
  if (counts.blobs !== blobs.length) throw new TransferError('damaged', `${MANIFEST}: blobs`);
  const lines = (entry: ZipEntry) =>
    linesOf(textOfBytes(bytesOf(file, entry), entry.name), entry.name, LINE_LIMIT);
  return {
    conversations: () => readAll(lines(conversationsEntry), lines(messagesEntry), counts),
    async checkBlobs() {
      for (const entry of blobs) {
        const bytes = await readEntry(file, entry);
        if (BLOBS + (await sha256(bytes)) !== entry.name) {
          throw new TransferError('damaged', `${entry.name}: hash`);
        }
      }
    },
    async blob(id) {
      const entry = entries.get(BLOBS + id);
      return entry && toPicture(await readEntry(file, entry));
    },
  };
}

/** The bytes as a Blob of the type that they are; of no type that a page would show when they are no picture. */
export function toPicture(bytes: Bytes): Blob {
  try {
    return new Blob([bytes], { type: describeImage(bytes).mediaType });
  } catch {
    return new Blob([bytes], { type: 'application/octet-stream' });
  }
}

function entryOf(entries: Entries, name: string): ZipEntry {
  const entry = entries.get(name);
  if (!entry) throw new TransferError('damaged', `${name} is missing`);
  return entry;
}

function isBlobName(name: string): boolean {
  return name.startsWith(BLOBS) && isBlobId(name.slice(BLOBS.length));
}

/** What the directory claims is an upper bound: no entry may give more than it says. */
function checkSizes(entries: Entries, fileSize: number): void {
  const limit = Math.min(TOTAL_LIMIT, Math.max(SMALL, fileSize * RATIO_LIMIT));
  let total = 0;
  for (const { name, size } of entries.values()) {
    const isTooLarge =
      (name === MANIFEST && size > MANIFEST_LIMIT) || (isBlobName(name) && size > BLOB_LIMIT);
    total += size;
    if (isTooLarge || total > limit) throw new TransferError('too-large', name);
  }
}

async function readManifest(file: ByteSource, entry: ZipEntry) {
  const text = new TextDecoder().decode(await readEntry(file, entry));
  const manifest = new Fields(parseJson(text, MANIFEST), MANIFEST);
  if (manifest.value('format') !== BACKUP_FORMAT) {
    throw new TransferError('unknown-format', `${MANIFEST}: format`);
  }
  if (manifest.value('version') !== FORMAT_VERSION) {
    throw new TransferError('unknown-format', `${MANIFEST}: version`);
  }
  const counts = manifest.fields('counts');
  return {
    conversations: counts.number('conversations'),
    messages: counts.number('messages'),
    blobs: counts.number('blobs'),
  };
}

/** The lists stand in the same order, so that one conversation at a time is enough. */
async function* readAll(
  conversationLines: AsyncIterable<Line>,
  messageLines: AsyncGenerator<Line, void, void>,
  counts: { conversations: number; messages: number },
): AsyncGenerator<Conversation, void, void> {
  const seen = new Set<string>();
  let messageCount = 0;
  let next = readMessageLine(await messageLines.next());
  for await (const { number, text } of conversationLines) {
    const where = `${CONVERSATIONS}, line ${number}`;
    const conversation = readConversationFields(new Fields(parseJson(text, where), where));
    if (seen.has(conversation.id)) throw new TransferError('damaged', `${where}: id`);
    seen.add(conversation.id);
    const messages: Message[] = [];
    const numbers: number[] = [];
    while (next?.conversationId === conversation.id) {
      messages.push(next.message);
      numbers.push(next.number);
      next = readMessageLine(await messageLines.next());
    }
    messageCount += messages.length;
    checkTree(messages, conversation.leafId, (index) =>
      index === null ? where : `${MESSAGES}, line ${numbers[index]}`,
    );
    yield { ...conversation, messages };
  }
  if (next) {
    throw new TransferError('damaged', `${MESSAGES}, line ${next.number}: conversationId`);
  }
  if (seen.size !== counts.conversations || messageCount !== counts.messages) {
    throw new TransferError('damaged', `${MANIFEST}: counts`);
  }
}

function readMessageLine({ done, value }: IteratorResult<Line, void>) {
  if (done || !value) return undefined;
  const where = `${MESSAGES}, line ${value.number}`;
  const fields = new Fields(parseJson(value.text, where), where);
  return {
    number: value.number,
    conversationId: fields.id('conversationId'),
    message: readMessageFields(fields),
  };
}
