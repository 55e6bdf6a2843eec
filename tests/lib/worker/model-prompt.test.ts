import 'fake-indexeddb/auto';
import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ImageInfo, Message, ModelRef, Part } from '@/lib/conversation';
import { readLog } from '@/lib/log';
import { database } from '@/lib/worker/database';
import { keepImage } from '@/lib/worker/image-data';
import { modelLists } from '@/lib/worker/model-lists';
import { toModelPrompt } from '@/lib/worker/model-prompt';
import { reportStorageWorks, storageTrouble } from '@/lib/worker/storage-trouble';
import { gif, pngOfSize, webp } from '../../fixtures/pictures';
import { installExtension } from '../../fake-extension';
import { conversationOf, prompt, reply } from '../../samples';

const seeing = { provider: 'openai', model: 'gpt-5' };
const blind = { provider: 'openai', model: 'gpt-3.5-turbo' };

beforeEach(async () => {
  installExtension();
  const models = [
    { id: seeing.model, output: 'text' as const, seesImages: true },
    { id: blind.model, output: 'text' as const },
  ];
  await modelLists.setValue({ openai: { models, at: 1, address: '' } });
});
afterEach(async () => {
  vi.restoreAllMocks();
  reportStorageWorks();
  await database.blobs.clear();
});

/** A stored picture that is told apart by its width. */
function picture(width: number): Promise<ImageInfo> {
  return keepImage(pngOfSize(width, 1));
}

function shown(image: ImageInfo | null): Part {
  return { type: 'image', prompt: 'A cat', image };
}

/** Three pictures, as wide as the number and more. */
function three(from: number): Promise<Part[]> {
  return Promise.all([from, from + 1, from + 2].map(async (width) => shown(await picture(width))));
}

const words = (text: string): Part => ({ type: 'text', text });

/** One message after the other, the person's first. */
function talk(...turns: Part[][]) {
  const messages = turns.map((parts, at): Message => {
    const before = String(at - 1);
    return at % 2 === 0
      ? prompt(String(at), { parts, parentId: at === 0 ? null : before })
      : reply(String(at), before, { parts });
  });
  return conversationOf(messages);
}

/** A prompt in short: role and texts, a picture as its width in `<…>`. */
function told(sent: LanguageModelV4Prompt): string[] {
  return sent.map(({ role, content }) => {
    if (typeof content === 'string') return `${role}: ${content}`;
    const parts = content.map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type !== 'file' || part.data.type !== 'data') return part.type;
      const { data } = part.data;
      return typeof data === 'string' ? data : `<${part.mediaType} ${widthOf(data)}>`;
    });
    return `${role}: ${parts.join(' | ')}`;
  });
}

function widthOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(16);
}

async function send(
  conversation: ReturnType<typeof talk>,
  model = seeing,
  options: Parameters<typeof toModelPrompt>[3] = {},
) {
  return told(await toModelPrompt(conversation, conversation.leafId, model, options));
}

describe('a model that sees pictures', () => {
  it('gets those of a reply with the next prompt, since not every service takes them in a reply', async () => {
    const drawn = [shown(await picture(1)), shown(await picture(2))];
    expect(await send(talk([words('Cats')], drawn, [words('Which is larger?')]))).toEqual([
      'user: Cats',
      'assistant: [2 pictures]',
      'user: From the answer before: | <image/png 1> | <image/png 2> | Which is larger?',
    ]);
  });

  it('gets that of a prompt in its place', async () => {
    const asked = [shown(await picture(1)), words('What is it?')];
    expect(await send(talk(asked))).toEqual(['user: <image/png 1> | What is it?']);
  });

  it('gets those of a reply that goes on with the word to go on', async () => {
    const half = [words('Here'), shown(await picture(1))];
    expect(await send(talk([words('Cat')], half), seeing, { following: 'Go on.' })).toEqual([
      'user: Cat',
      'assistant: Here\n\n[a picture]',
      'user: From the answer before: | <image/png 1> | Go on.',
    ]);
  });

  it('gets the newest four, of the others a mention', async () => {
    const asked = [...(await three(1)), words('And these?')];
    expect(await send(talk(asked, await three(4), [words('Well?')]))).toEqual([
      'user: <image/png 3> | And these?\n\n[2 pictures]',
      'assistant: [3 pictures]',
      'user: From the answer before: | <image/png 4> | <image/png 5> | <image/png 6> | Well?',
    ]);
  });

  it('gets one that was drawn and then sent back once', async () => {
    const image = await picture(1);
    const back = [shown({ ...image }), words('Make it blue')];
    expect(await send(talk([words('A cat')], [shown(image)], back))).toEqual([
      'user: A cat',
      'assistant: [a picture]',
      'user: <image/png 1> | Make it blue',
    ]);
  });

  it('gets no picture of a message that was deleted, and none whose place is empty', async () => {
    const conversation = talk(
      [words('A')],
      [shown(await picture(1))],
      [words('B')],
      [shown(null)],
      [words('C')],
    );
    const messages = conversation.messages.map((one) =>
      one.id === '1' ? { ...one, deletedAt: 5 } : one,
    );
    expect(await send({ ...conversation, messages })).toEqual(['user: A', 'user: B', 'user: C']);
  });

  it('gets a mention of one whose bytes are gone', async () => {
    const image = await picture(1);
    await database.blobs.clear();
    expect(await send(talk([shown(image), words('What is it?')]))).toEqual([
      'user: What is it?\n\n[a picture]',
    ]);
  });

  it('gets the words also when the database does not answer, and that is told', async () => {
    const image = await picture(1);
    vi.spyOn(database.blobs, 'get').mockRejectedValue(new Error('broken'));
    expect(await send(talk([shown(image), words('What is it?')]))).toEqual([
      'user: What is it?\n\n[a picture]',
    ]);
    expect(storageTrouble()).toBe('broken');
  });
});

function draw(blob: Blob, side: number): Promise<Blob> {
  return Promise.resolve(new Blob([`${blob.type} ${side}`], { type: 'image/jpeg' }));
}

function large(): Promise<ImageInfo> {
  const bytes = new Uint8Array(700_001);
  bytes.set(pngOfSize(1, 1));
  return keepImage(bytes);
}

describe('a picture that not every service takes', () => {
  it.each([
    ['for its kind', () => keepImage(gif), 'image/gif 1568'],
    ['for WebP, which some servers do not read', () => keepImage(webp), 'image/webp 1568'],
    ['for its size', large, 'image/png 1568'],
  ])('%s is drawn anew, smaller', async (_, keep, drawn) => {
    const conversation = talk([shown(await keep()), words('What is it?')]);
    const [first] = await toModelPrompt(conversation, '0', seeing, { draw });
    expect(first?.content[0]).toEqual({
      type: 'file',
      mediaType: 'image/jpeg',
      data: { type: 'data', data: new TextEncoder().encode(drawn) },
    });
  });

  it('and cannot be drawn is mentioned, and noted', async () => {
    const conversation = talk([shown(await keepImage(gif)), words('What is it?')]);
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new TypeError('no picture')));
    expect(await send(conversation)).toEqual(['user: What is it?\n\n[a picture]']);
    expect((await readLog()).at(-1)).toMatchObject({
      event: 'picture-not-sent',
      error: 'TypeError',
      bytes: gif.length,
    });
  });
});

it.each<[string, ModelRef, Parameters<typeof toModelPrompt>[3]]>([
  ['sees none', blind, {}],
  ['no list names', { provider: 'openai', model: 'unknown' }, {}],
  ['is to get none', seeing, { isWithoutImages: true }],
])('a model that %s gets words in their places, and no picture is read', async (...the) => {
  const [, model, options] = the;
  const read = vi.spyOn(database.blobs, 'get');
  const asked = [shown(await picture(1)), words('What is it?')];
  const both = [shown(await picture(2)), shown(await picture(3))];
  expect(await send(talk(asked, both, [words('And?')]), model, options)).toEqual([
    'user: What is it?\n\n[a picture]',
    'assistant: [2 pictures]',
    'user: And?',
  ]);
  expect(read).not.toHaveBeenCalled();
});
