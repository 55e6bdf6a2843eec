/** The conversation as a model reads it, with its newest pictures where the model sees them. */
import type { LanguageModelV4FilePart, LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { Conversation, ImageInfo, Message, ModelRef } from '../conversation';
import { log } from '../log';
import { promptImagesOf, textOf } from '../message-text';
import { branchTo } from '../message-tree';
import { drawAsJpeg } from './draw-thumbnail';
import { readImage } from './image-data';
import { describeModel } from './models';
import { reportStorageFailure } from './storage-trouble';

/** The newest so many pictures go along: each costs tokens, again with every prompt. */
const MOST = 4;
/**
 * Bytes of a picture that goes as it is; base64 adds a third. Groq takes 4 MB in all
 * (https://console.groq.com/docs/vision).
 */
const LIMIT = 700_000;
/** What every service takes: llama.cpp reads no WebP (https://github.com/ggml-org/llama.cpp/pull/19066). */
const TAKEN = /^image\/(?:png|jpeg)$/u;
/** Pixels of the longest side of one that is drawn anew: Anthropic makes larger ones as small. */
const SIDE = 1568;

type Draw = (picture: Blob, side: number) => Promise<Blob>;
type Part = { type: 'text'; text: string } | LanguageModelV4FilePart;

/**
 * The branch up to the message, as the model reads it, and `following` as one more prompt; what is
 * deleted is left out. A picture that the model does not get, because it sees none or is to get none,
 * there are newer ones or its bytes are gone, is mentioned.
 */
export async function toModelPrompt(
  conversation: Conversation,
  messageId: string | null,
  model: ModelRef | undefined,
  {
    following,
    isWithoutImages = false,
    draw = drawAsJpeg,
  }: { following?: string; isWithoutImages?: boolean; draw?: Draw } = {},
): Promise<LanguageModelV4Prompt> {
  const branch = branchTo(conversation, messageId).filter(
    ({ deletedAt }) => deletedAt === undefined,
  );
  const isSeeing = !isWithoutImages && model && (await describeModel(model))?.seesImages;
  const files = isSeeing ? await filesOf(branch, draw) : new Map<ImageInfo, never>();
  const prompt: LanguageModelV4Prompt = [];
  // OpenAI and Anthropic take pictures in a person's messages alone: "Image URLs are only allowed for
  // messages with role 'user'" (https://github.com/openai/openai-node/issues/1030), "'image' blocks are
  // not permitted within assistant turns" (https://github.com/epam/ai-dial-adapter-bedrock/pull/306).
  // Those that a model drew come with the next prompt, to every service.
  let drawn: LanguageModelV4FilePart[] = [];
  const add = (role: Message['role'], text: string, its: LanguageModelV4FilePart[]) => {
    if (role === 'assistant') {
      drawn.push(...its);
      if (text.trim()) prompt.push({ role, content: [{ type: 'text', text }] });
      return;
    }
    const content: Part[] = [...labelled('From the answer before:', drawn), ...its];
    if (text.trim()) content.push({ type: 'text', text });
    drawn = [];
    if (content.length > 0) prompt.push({ role, content });
  };
  for (const message of branch) {
    const images = promptImagesOf(message);
    const its = images.flatMap(({ image }) => files.get(image) ?? []);
    // A reply keeps its place, also where a picture is all there is of it.
    const mentioned = message.role === 'assistant' ? images.length : images.length - its.length;
    add(message.role, [textOf(message), mention(mentioned)].filter(Boolean).join('\n\n'), its);
  }
  if (following !== undefined) add('user', following, []);
  return prompt;
}

function labelled(label: string, files: LanguageModelV4FilePart[]): Part[] {
  return files.length > 0 ? [{ type: 'text', text: label }, ...files] : [];
}

function mention(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '[a picture]' : `[${count} pictures]`;
}

/** The newest pictures of the branch that can be sent. */
async function filesOf(
  branch: Message[],
  draw: Draw,
): Promise<Map<ImageInfo, LanguageModelV4FilePart>> {
  const files = new Map<ImageInfo, LanguageModelV4FilePart>();
  const seen = new Set<string>();
  for (const { image } of branch.flatMap(promptImagesOf).toReversed()) {
    if (files.size === MOST) break;
    // One that was drawn, and then sent back to be changed, is shown once.
    if (seen.has(image.id)) continue;
    seen.add(image.id);
    const file = await fileOf(image, draw);
    if (file) files.set(image, file);
  }
  return files;
}

/** One that cannot be read or drawn must not keep the reply from its words. */
async function fileOf({ id }: ImageInfo, draw: Draw): Promise<LanguageModelV4FilePart | undefined> {
  const picture = await readImage(id).catch(reportStorageFailure);
  if (!picture) return undefined;
  try {
    const isTaken = TAKEN.test(picture.type) && picture.size <= LIMIT;
    const sent = isTaken ? picture : await draw(picture, SIDE);
    const data = new Uint8Array(await sent.arrayBuffer());
    return { type: 'file', mediaType: sent.type, data: { type: 'data', data } };
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log({ level: 'warn', event: 'picture-not-sent', error: name, bytes: picture.size });
    return undefined;
  }
}
