/** Makes a backup as of a year of use, after BACKUP.md: always the same but for the times. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import type { Conversation, Message } from '../../lib/conversation.ts';
import { encodePng } from '../stand-ins/png.ts';
import { randomFrom, replyText, sentence, type Script } from './archive-words.ts';

export const CONVERSATIONS = 2000;
export const MESSAGES = 40_000;
export const IMAGES = 500;

/** What the newest message alone says. */
export const NEWEST_WORDS = 'The very last words of all';

/** Messages of the conversations in turn: 20 on average; the newest has 40. */
const LENGTHS = [4, 8, 12, 16, 20, 24, 28, 32, 16, 40];
const SCRIPTS: Script[] = ['latin', 'latin', 'russian', 'latin', 'latin', 'chinese', 'latin'];
const FOLDERS = ['', '', 'Work', '', '', '', 'Reading', '', '', '', ''];
const IMAGE_EVERY = CONVERSATIONS / IMAGES;
/** Milliseconds from one conversation to the next: all of them make a year. */
const APART = (365 * 24 * 60 * 60_000) / CONVERSATIONS;
const MODEL = { provider: 'ai-chats', model: 'gpt-4' };
const IMAGE_MODEL = { provider: 'ai-chats', model: 'dalle' };

/** Width and height of every picture, in pixels. */
const SIDE = 1024;
/** So many are drawn; the others are one of these with a note of their own in the file. */
const DRAWN = 20;
/** Bytes of the chunk that ends a PNG. */
const PNG_END = 12;

interface Picture {
  id: string;
  bytes: Buffer;
}

/** Writes the backup to this path, about 285 MB. */
export function writeArchive(path: string): void {
  const file = openSync(path, 'w');
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    writeSync(file, bytes);
  });
  const pictures = drawPictures();
  const random = randomFrom(1);
  const newest = Date.now() - 60_000;
  const conversations: Omit<Conversation, 'messages'>[] = [];
  const messageLines = openLines(zip, 'messages.jsonl');
  for (let index = 0; index < CONVERSATIONS; index += 1) {
    const at = Math.round(newest - (CONVERSATIONS - 1 - index) * APART);
    const { messages, ...rest } = makeConversation(random, index, at, pictures);
    for (const message of messages) messageLines.add({ conversationId: rest.id, ...message });
    conversations.push(rest);
  }
  messageLines.end();
  const conversationLines = openLines(zip, 'conversations.jsonl');
  for (const conversation of conversations) conversationLines.add(conversation);
  conversationLines.end();
  for (const { id, bytes } of pictures) {
    const entry = new ZipPassThrough(`blobs/${id}`);
    zip.add(entry);
    entry.push(bytes, true);
  }
  const manifest = openLines(zip, 'aside.json');
  manifest.add({
    format: 'aside-backup',
    version: 1,
    createdAt: new Date().toISOString(),
    counts: { conversations: CONVERSATIONS, messages: MESSAGES, blobs: IMAGES },
  });
  manifest.end();
  zip.end();
  closeSync(file);
}

function openLines(zip: Zip, name: string): { add(line: object): void; end(): void } {
  const entry = new ZipDeflate(name, { level: 6 });
  const encoder = new TextEncoder();
  zip.add(entry);
  return {
    add: (line) => entry.push(encoder.encode(`${JSON.stringify(line)}\n`)),
    end: () => entry.push(new Uint8Array(), true),
  };
}

/** The last message of a conversation that has a picture is the one with the picture. */
function makeConversation(
  random: () => number,
  index: number,
  updatedAt: number,
  pictures: Picture[],
): Conversation {
  const id = `conversation-${index}`;
  const script = SCRIPTS[index % SCRIPTS.length] ?? 'latin';
  const length = LENGTHS[index % LENGTHS.length] ?? 0;
  const picture = index % IMAGE_EVERY === 0 ? pictures[index / IMAGE_EVERY] : undefined;
  const messages = Array.from({ length }, (_, place): Message => {
    const isPrompt = place % 2 === 0;
    const text = isPrompt
      ? sentence(random, 3 + Math.floor(random() * 20), script)
      : replyText(random, script);
    return {
      id: `message-${index}-${place}`,
      parentId: place === 0 ? null : `message-${index}-${place - 1}`,
      role: isPrompt ? 'user' : 'assistant',
      parts: [{ type: 'text', text }],
      state: 'done',
      createdAt: updatedAt - (length - place) * 10_000,
      ...(!isPrompt && { endedAt: updatedAt - (length - place) * 10_000 + 5000, model: MODEL }),
    };
  });
  const first = textOf(messages[0]);
  const last = messages.at(-1);
  if (last && picture) drawInto(last, first, picture);
  if (last && index === CONVERSATIONS - 1) last.parts = [{ type: 'text', text: NEWEST_WORDS }];
  return {
    id,
    title: first.slice(0, 80),
    titleBy: 'prompt',
    createdAt: updatedAt - length * 10_000,
    updatedAt,
    model: MODEL,
    messages,
    leafId: last?.id ?? null,
    queue: [],
    preview: textOf(last).slice(0, 160),
    isPinned: index % 400 === 7,
    folder: FOLDERS[index % FOLDERS.length] ?? '',
    isUnread: index % 500 === 3,
  };
}

function textOf(message: Message | undefined): string {
  return message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
}

function drawInto(reply: Message, prompt: string, { id, bytes }: Picture): void {
  const image = { id, mediaType: 'image/png', bytes: bytes.length, width: SIDE, height: SIDE };
  reply.parts = [{ type: 'image', prompt, image }];
  reply.model = IMAGE_MODEL;
}

/** Files of 60 to 1,050 kB, none like another. */
function drawPictures(): Picture[] {
  const drawn = Array.from({ length: DRAWN }, (_, index) =>
    drawNoise((index + 1) / DRAWN / 3, index),
  );
  return Array.from({ length: IMAGES }, (_, index) => {
    const base = drawn[index % DRAWN] ?? Buffer.alloc(0);
    const note = noteChunk(`number ${index}`);
    const bytes = Buffer.concat([base.subarray(0, -PNG_END), note, base.subarray(-PNG_END)]);
    return { id: createHash('sha256').update(bytes).digest('hex'), bytes };
  });
}

/** Noise at the bottom, of this share, does not get smaller; the rest is one colour. */
function drawNoise(share: number, seed: number): Buffer {
  const random = randomFrom(seed);
  const flat = Math.round(SIDE * (1 - share)) * SIDE * 3;
  const pixels = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, place) =>
    place < flat ? 40 + seed * 8 : random() * 256,
  );
  return encodePng(SIDE, SIDE, pixels);
}

/** A chunk of a PNG that holds a text. */
function noteChunk(text: string): Buffer {
  const body = Buffer.from(`tEXtComment\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
