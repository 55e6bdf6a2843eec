import type { Conversation } from '../../conversation';
import {
  CONVERSATION_FORMAT,
  FORMAT_VERSION,
  imageIdsIn,
  toConversationLine,
  toMessageLines,
} from './backup-format';
import { toBase64 } from '../../stream/base64';
import type { ImageReader } from './image-export';

/** One conversation with all its versions as a JSON file that can be imported again. */
export async function exportJson(
  conversation: Conversation,
  readImage: ImageReader,
): Promise<Blob> {
  const messages = toMessageLines(conversation);
  const head = {
    format: CONVERSATION_FORMAT,
    version: FORMAT_VERSION,
    createdAt: new Date().toISOString(),
    conversation: toConversationLine(conversation),
    messages,
  };
  // Put together from parts, so that no string holds all the pictures.
  const parts: BlobPart[] = [JSON.stringify(head).slice(0, -1), ',"blobs":['];
  let separator = '';
  for (const id of imageIdsIn(messages)) {
    const blob = await readImage(id);
    if (!blob) continue;
    const base64 = toBase64(new Uint8Array(await blob.arrayBuffer()));
    parts.push(new Blob([separator, JSON.stringify({ id, base64 })]));
    separator = ',';
  }
  return new Blob([...parts, ']}\n'], { type: 'application/json' });
}
