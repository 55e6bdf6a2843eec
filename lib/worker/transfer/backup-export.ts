/** Writes everything into one file: one conversation after the other, never all at once. */
import type { Conversation } from '../../conversation';
import {
  BACKUP_FORMAT,
  BLOBS,
  CONVERSATIONS,
  FORMAT_VERSION,
  imageIdsIn,
  MANIFEST,
  MESSAGES,
  toConversationLine,
  toMessageLines,
} from './backup-format';
import type { ByteWriter, Watch } from './bytes';
import type { ImageReader } from './image-export';
import { ZipWriter } from './zip-writer';

/** Where a backup finds what it holds: in memory first, since the database may have refused it. */
export interface BackupSources {
  /** Ids of all conversations that are kept. */
  listConversations: () => Promise<string[]>;
  findConversation: (id: string) => Promise<Conversation | undefined>;
  /** A picture's bytes. */
  readImage: ImageReader;
}

/** Writes the backup; progress counts conversations and pictures. Deleted conversations are left out. */
export async function writeBackup(
  to: ByteWriter,
  { listConversations, findConversation, readImage }: BackupSources,
  { signal, onProgress }: Watch,
): Promise<void> {
  const zip = new ZipWriter(to);
  const ids = await listConversations();
  const messages = zip.openText(MESSAGES);
  const conversations = zip.openText(CONVERSATIONS);
  const counts = { conversations: 0, messages: 0, blobs: 0 };
  const blobIds = new Set<string>();
  for (const [index, id] of ids.entries()) {
    signal.throwIfAborted();
    onProgress(index, ids.length + blobIds.size);
    // The conversation and its messages as they were at one moment.
    const conversation = await findConversation(id);
    if (!conversation) continue;
    const lines = toMessageLines(conversation);
    await conversations.add(asLine(toConversationLine(conversation)));
    for (const line of lines) await messages.add(asLine({ conversationId: id, ...line }));
    for (const imageId of imageIdsIn(lines)) blobIds.add(imageId);
    counts.conversations += 1;
    counts.messages += lines.length;
  }
  await messages.close();
  await conversations.close();
  for (const [index, id] of [...blobIds].entries()) {
    signal.throwIfAborted();
    onProgress(ids.length + index, ids.length + blobIds.size);
    const bytes = await readImage(id);
    if (!bytes) continue;
    await zip.addFile(BLOBS + id, new Uint8Array(await bytes.arrayBuffer()));
    counts.blobs += 1;
  }
  const createdAt = new Date().toISOString();
  const manifest = { format: BACKUP_FORMAT, version: FORMAT_VERSION, createdAt, counts };
  await zip.addText(MANIFEST, asLine(manifest));
  await zip.finish();
}

function asLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
