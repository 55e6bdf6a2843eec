/** What an import reads, whatever the file's format. */
import type { Conversation, Message } from '../../conversation';
import { TransferError } from './transfer-error';

/** A file that can be read more than once. */
export interface IncomingFile {
  /** Every conversation in turn, checked. Throws `damaged` or `too-large` at the first that is not well. */
  conversations: () => AsyncIterable<Conversation>;
  /** Checks the pictures. */
  checkBlobs: () => Promise<void>;
  /** A picture's bytes, with their media type; undefined when the file has none of it. */
  blob: (id: string) => Promise<Blob | undefined>;
}

/**
 * Checks that the messages are a tree in order: none twice, each after the one that it follows, and
 * the shown branch among them. Throws `damaged`.
 */
export function checkTree(
  messages: Pick<Message, 'id' | 'parentId'>[],
  leafId: string | null,
  where: (index: number | null) => string,
): void {
  const known = new Set<string>();
  for (const [index, { id, parentId }] of messages.entries()) {
    if (known.has(id)) throw new TransferError('damaged', `${where(index)}: id`);
    if (parentId !== null && !known.has(parentId)) {
      throw new TransferError('damaged', `${where(index)}: parentId`);
    }
    known.add(id);
  }
  if (leafId !== null && !known.has(leafId)) {
    throw new TransferError('damaged', `${where(null)}: leafId`);
  }
}
