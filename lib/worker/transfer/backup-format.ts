/** What a backup is made of: names, version, and conversations and messages as lines. BACKUP.md describes it. */
import { cleanOptions, EFFORTS, type ChatOptions } from '../../chat-options';
import type { Conversation, ImageInfo, Message, Part, PromptImage } from '../../conversation';
import type { ErrorData, ErrorKind } from '../../errors';
import type { TokenUse } from '../../message-reply';
import { NAME_LIMIT } from '../../messages';
import type { Fields } from './fields';

export const BACKUP_FORMAT = 'aside-backup';
export const CONVERSATION_FORMAT = 'aside-conversation';
export const FORMAT_VERSION = 1;

export const MANIFEST = 'aside.json';
export const CONVERSATIONS = 'conversations.jsonl';
export const MESSAGES = 'messages.jsonl';
export const BLOBS = 'blobs/';

/** The most characters of one line. */
export const LINE_LIMIT = 16 * 1024 * 1024;

/** A conversation without its messages. */
export type ConversationFields = Omit<Conversation, 'messages'>;

const roles = ['user', 'assistant'] as const;
const titleGivers = ['prompt', 'model', 'person'] as const;
const states = ['streaming', 'done', 'stopped', 'interrupted', 'failed'] as const;

/** As an object, so that the compiler misses no kind. */
const errorKinds: Record<ErrorKind, true> = {
  'human-check': true,
  'no-permission': true,
  'not-in-use': true,
  'no-address': true,
  'no-key': true,
  'key-locked': true,
  unauthorized: true,
  'origin-refused': true,
  'not-found': true,
  'no-model': true,
  redirected: true,
  'rate-limited': true,
  overloaded: true,
  'too-long': true,
  'content-filter': true,
  unsupported: true,
  quota: true,
  refused: true,
  'server-fault': true,
  offline: true,
  'proxy-failed': true,
  'proxy-login': true,
  'proxy-blocked': true,
  timeout: true,
  'connection-lost': true,
  interrupted: true,
  'empty-reply': true,
  'bad-reply': true,
  'bad-image': true,
  'too-large': true,
  unexpected: true,
};

/**
 * The conversation as a line of a file, without its messages; a branch whose end is gone ends at the
 * last message, so that what was exported can be imported.
 */
export function toConversationLine({ messages, ...fields }: Conversation): ConversationFields {
  const isThere = messages.some(({ id }) => id === fields.leafId);
  return isThere ? fields : { ...fields, leafId: messages.at(-1)?.id ?? null };
}

/**
 * The messages as lines of a file. Of deleted ones only the place goes along, since others may hang
 * on it; a message whose predecessor is gone becomes a first one.
 */
export function toMessageLines({ messages }: Conversation): Message[] {
  const known = new Set<string>();
  return messages.map(({ retry: _, ...message }) => {
    const parentId =
      message.parentId !== null && known.has(message.parentId) ? message.parentId : null;
    known.add(message.id);
    if (message.deletedAt === undefined) return { ...message, parentId };
    const { id, role, state, createdAt, deletedAt } = message;
    return { id, parentId, role, state, createdAt, parts: [], deletedAt };
  });
}

/** Reads a conversation's line. Throws `damaged` for anything else. */
export function readConversationFields(fields: Fields): ConversationFields {
  return {
    id: fields.id('id'),
    title: fields.text('title').slice(0, NAME_LIMIT),
    titleBy: fields.oneOf('titleBy', titleGivers),
    createdAt: fields.time('createdAt'),
    updatedAt: fields.time('updatedAt'),
    model: readModel(fields.fields('model')),
    ...(fields.has('options') && { options: readOptions(fields.fields('options')) }),
    leafId: fields.idOrNull('leafId'),
    queue: fields.list('queue').map((prompt) => ({
      id: prompt.id('id'),
      text: prompt.text('text'),
      model: readModel(prompt.fields('model')),
      ...(prompt.has('images') && { images: prompt.list('images').map(readPromptImage) }),
    })),
    preview: fields.text('preview').slice(0, NAME_LIMIT),
    isPinned: fields.flag('isPinned'),
    folder: fields.text('folder').slice(0, NAME_LIMIT),
    isUnread: fields.flag('isUnread'),
  };
}

/** Reads a message's line; a reply that was still running counts as cut off. Throws `damaged`. */
export function readMessageFields(fields: Fields): Message {
  const state = fields.oneOf('state', states);
  const isCutOff = state === 'streaming';
  return {
    id: fields.id('id'),
    parentId: fields.idOrNull('parentId'),
    role: fields.oneOf('role', roles),
    parts: fields.list('parts').map(readPart),
    state: isCutOff ? 'interrupted' : state,
    createdAt: fields.time('createdAt'),
    ...(fields.has('endedAt') && { endedAt: fields.time('endedAt') }),
    ...(fields.has('model') && { model: readModel(fields.fields('model')) }),
    ...(isCutOff && { error: { kind: 'interrupted' } }),
    ...(fields.has('error') && { error: readError(fields.fields('error')) }),
    ...(fields.has('usage') && { usage: readUsage(fields.fields('usage')) }),
    ...(fields.has('firstAt') && { firstAt: fields.time('firstAt') }),
    ...(fields.has('isAtLimit') && { isAtLimit: fields.flag('isAtLimit') }),
    ...(fields.has('isFiltered') && { isFiltered: fields.flag('isFiltered') }),
    ...(fields.has('isWithoutImages') && { isWithoutImages: fields.flag('isWithoutImages') }),
    ...(fields.has('source') && { source: readSource(fields.fields('source')) }),
    ...(fields.has('cutFrom') && { cutFrom: fields.number('cutFrom') }),
    ...(fields.has('deletedAt') && { deletedAt: fields.time('deletedAt') }),
  };
}

function readModel(fields: Fields) {
  return { provider: fields.text('provider'), model: fields.text('model') };
}

function readOptions(fields: Fields): ChatOptions {
  return cleanOptions({
    ...(fields.has('temperature') && { temperature: fields.number('temperature') }),
    ...(fields.has('maxTokens') && { maxTokens: fields.number('maxTokens') }),
    ...(fields.has('effort') && { effort: fields.oneOf('effort', EFFORTS) }),
    ...(fields.has('system') && { system: fields.text('system') }),
  });
}

function readUsage(fields: Fields): TokenUse {
  return {
    ...(fields.has('input') && { input: fields.number('input') }),
    ...(fields.has('output') && { output: fields.number('output') }),
    ...(fields.has('reasoning') && { reasoning: fields.number('reasoning') }),
  };
}

function readSource(fields: Fields) {
  return { title: fields.text('title'), url: fields.text('url') };
}

function readPart(fields: Fields): Part {
  const type = fields.oneOf('type', ['text', 'reasoning', 'image']);
  if (type === 'text') return { type, text: fields.text('text') };
  if (type === 'reasoning') {
    return {
      type,
      text: fields.text('text'),
      startedAt: fields.time('startedAt'),
      ...(fields.has('endedAt') && { endedAt: fields.time('endedAt') }),
    };
  }
  const prompt = fields.text('prompt');
  const size = fields.has('size') && { size: fields.text('size', 100) };
  if (fields.value('image') === null) return { type, prompt, image: null, ...size };
  return { type, prompt, image: readImage(fields.fields('image')), ...size };
}

function readPromptImage(fields: Fields): PromptImage {
  return { prompt: fields.text('prompt'), image: readImage(fields.fields('image')) };
}

function readImage(image: Fields): ImageInfo {
  const { id, mediaType } = { id: image.text('id'), mediaType: image.text('mediaType', 100) };
  if (!isBlobId(id)) image.fail('id');
  if (!/^image\/[a-z\d.+-]+$/u.test(mediaType)) image.fail('mediaType');
  const [bytes, width, height] = [
    image.number('bytes'),
    image.number('width'),
    image.number('height'),
  ];
  return { id, mediaType, bytes, width, height };
}

/** A kind of a later version is one that nobody foresaw. */
function readError(fields: Fields): ErrorData {
  const kind = fields.text('kind', 100);
  return {
    kind: isErrorKind(kind) ? kind : 'unexpected',
    ...(fields.has('host') && { host: fields.text('host') }),
    ...(fields.has('status') && { status: fields.number('status') }),
    ...(fields.has('isKeyless') && { isKeyless: true }),
    ...(fields.has('retryAfter') && { retryAfter: fields.number('retryAfter') }),
    ...(fields.has('imageUrl') && { imageUrl: fields.text('imageUrl') }),
    ...(fields.has('moreImageUrls') && { moreImageUrls: fields.texts('moreImageUrls') }),
    ...(fields.has('detail') && { detail: fields.text('detail') }),
  };
}

function isErrorKind(kind: string): kind is ErrorKind {
  return Object.hasOwn(errorKinds, kind);
}

/** SHA-256 in hex. */
export function isBlobId(id: string): boolean {
  return /^[\da-f]{64}$/u.test(id);
}

/** The pictures that these messages show. */
export function imageIdsIn(messages: Pick<Message, 'parts'>[]): Set<string> {
  const ids = messages.flatMap(({ parts }) =>
    parts.map((part) => (part.type === 'image' ? part.image?.id : undefined)),
  );
  return new Set(ids.filter((id) => id !== undefined));
}
