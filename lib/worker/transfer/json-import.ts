/** Files of JSON: one exported conversation, or what other programs export. */
import type { Conversation, Message } from '../../conversation';
import {
  CONVERSATION_FORMAT,
  FORMAT_VERSION,
  readConversationFields,
  readMessageFields,
  type ConversationFields,
} from './backup-format';
import { toPicture } from './backup-import';
import { piecesOf, sha256, type Bytes, type ByteSource } from './bytes';
import { fromChatGpt, isChatGpt } from './chatgpt';
import { fromChatGptBox, isChatGptBox } from './chatgptbox';
import { Fields } from './fields';
import { checkTree, type IncomingFile } from './incoming';
import { jsonPieces, type JsonPiece } from './json-pieces';
import { fromPageAssist, isPageAssist } from './page-assist';
import { textOfBytes } from './text-lines';
import { TransferError } from './transfer-error';

/** Opens the one or the other. Throws `unknown-format` for what is neither. */
export async function openJson(file: ByteSource): Promise<IncomingFile> {
  const start = new TextDecoder().decode(await file.read(0, 1000)).trimStart();
  if (!/^[[{]/u.test(start)) throw new TransferError('unknown-format');
  const read = () => piecesOf(file);
  for await (const { key, value } of piecesOfJson(read())) {
    if (key === 'format' && value === CONVERSATION_FORMAT) return openConversation(read());
    if (readerOf({ key, value })) break;
  }
  return openForeign([{ name: 'JSON', read }]);
}

/** Files of other programs, one after the other. Throws `unknown-format` when none is of a known one. */
export async function openForeign(
  files: { name: string; read: () => AsyncIterable<Bytes> }[],
): Promise<IncomingFile> {
  let isKnown = false;
  for (const { read } of files) {
    for await (const piece of piecesOfJson(read())) {
      isKnown ||= readerOf(piece) !== undefined;
      if (isKnown) break;
    }
  }
  if (!isKnown) throw new TransferError('unknown-format');
  return {
    async *conversations() {
      for (const { name, read } of files) {
        for await (const piece of piecesOfJson(read(), name)) {
          const conversation = await readerOf(piece)?.(piece.value, piece.where);
          if (conversation) yield conversation;
        }
      }
    },
    checkBlobs: () => Promise.resolve(),
    blob: () => Promise.resolve(undefined),
  };
}

type Reader = (value: unknown, where: string) => Promise<Conversation | undefined>;

/** Who can read a piece, by what it looks like. */
function readerOf({ key, value }: Pick<JsonPiece, 'key' | 'value'>): Reader | undefined {
  if (key === '' && isChatGpt(value)) return fromChatGpt;
  if ((key === '' || key === 'sessions') && isChatGptBox(value)) return fromChatGptBox;
  return key === 'chat' && isPageAssist(value) ? fromPageAssist : undefined;
}

const OWN_FIELDS = ['format', 'version', 'conversation', 'messages', 'blobs'];
const FOREIGN_FIELDS = ['chat', 'sessions'];

function piecesOfJson(bytes: AsyncIterable<Bytes>, name = 'JSON') {
  return jsonPieces(textOfBytes(bytes, name), (key) =>
    [...OWN_FIELDS, ...FOREIGN_FIELDS].includes(key),
  );
}

/** One conversation of ours; small enough to be kept. */
async function openConversation(bytes: AsyncIterable<Bytes>): Promise<IncomingFile> {
  let fields: ConversationFields | undefined;
  const messages: Message[] = [];
  const blobs = new Map<string, Blob>();
  for await (const { key, value, where } of piecesOfJson(bytes)) {
    if (key === 'version' && value !== FORMAT_VERSION) {
      throw new TransferError('unknown-format', 'version');
    }
    if (key === 'conversation') fields = readConversationFields(new Fields(value, where));
    if (key === 'messages') messages.push(readMessageFields(new Fields(value, where)));
    if (key === 'blobs') {
      const blob = new Fields(value, where);
      const content = blob.base64('base64');
      const id = blob.text('id');
      if ((await sha256(content)) !== id) blob.fail('hash');
      blobs.set(id, toPicture(content));
    }
  }
  if (!fields) throw new TransferError('damaged', 'conversation is missing');
  checkTree(messages, fields.leafId, (index) =>
    index === null ? 'conversation' : `messages[${index}]`,
  );
  const conversation = { ...fields, messages };
  return {
    async *conversations() {
      yield await Promise.resolve(conversation);
    },
    checkBlobs: () => Promise.resolve(),
    blob: (id) => Promise.resolve(blobs.get(id)),
  };
}
