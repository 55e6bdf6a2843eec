/** The pictures of a reply: drawn by its model, one call after the other, fetched, or part of what it says. */
import type { ImageModelV4, ImageModelV4File } from '@ai-sdk/provider';
import { isTemporary, type Message } from '../conversation';
import { ProviderError, type ErrorData } from '../errors';
import { shapeOf } from '../image-options';
import { textOf } from '../message-text';
import { branchTo } from '../message-tree';
import { decodeImage, downloadImages, IMAGE_LIMIT } from '../stream/image';
import { collectBlobs } from './gallery';
import { keepImage, readImage } from './image-data';
import type { Task } from './models';
import { publish } from './ports';
import type { Run } from './run';

/** Has the model draw as many pictures as were asked for, each shown as soon as it is there. */
export async function drawImages(run: Run, task: Task & { output: 'image' }): Promise<void> {
  const { count, size, quality } = task.options;
  const prompt = promptOf(run);
  const files = await filesOf(prompt);
  if (files.length > 0 && !task.canChange) {
    throw new ProviderError({ kind: 'unsupported', detail: run.modelId });
  }
  let done = 0;
  let asked = 1;
  const tell = run.context.onProgress;
  const onProgress = (fraction: number) => tell?.((done + fraction * asked) / count);
  const model = run.provider.imageModel(run.modelId, { ...run.context, onProgress });
  const most = await mostImagesPerCall(model);
  for (; done < count; done += asked) {
    asked = Math.min(most, count - done);
    const { images, isRetryable } = await model.doGenerate({
      prompt: prompt && textOf(prompt),
      n: asked,
      ...sizeFields(size),
      seed: undefined,
      files: files.length > 0 ? files : undefined,
      mask: undefined,
      providerOptions: quality ? { [run.provider.description.id]: { quality } } : {},
      abortSignal: run.signal,
    });
    if (images.length === 0) {
      throw new ProviderError({ kind: isRetryable === false ? 'content-filter' : 'empty-reply' });
    }
    for (const image of images.slice(0, asked)) await addImage(run, image);
  }
}

/** Fetches the pictures whose host was not allowed before. */
export async function fetchImages(
  run: Run,
  { imageUrl, moreImageUrls = [] }: ErrorData,
): Promise<void> {
  const urls = [...(imageUrl ? [imageUrl] : []), ...moreImageUrls];
  const images = await downloadImages(run.context.fetch, urls, run.signal);
  for (const image of images) await addImage(run, image);
}

/** The pictures of the prompt, as models take them. Throws `bad-image` for one that is gone. */
async function filesOf(prompt: Message | undefined): Promise<ImageModelV4File[]> {
  const files: ImageModelV4File[] = [];
  for (const part of prompt?.parts ?? []) {
    if (part.type !== 'image' || !part.image) continue;
    const bytes = await readImage(part.image.id);
    if (!bytes) throw new ProviderError({ kind: 'bad-image' });
    const data = new Uint8Array(await bytes.arrayBuffer());
    files.push({ type: 'file', mediaType: part.image.mediaType, data });
  }
  return files;
}

async function mostImagesPerCall({ maxImagesPerCall, modelId }: ImageModelV4): Promise<number> {
  const most =
    typeof maxImagesPerCall === 'function' ? await maxImagesPerCall({ modelId }) : maxImagesPerCall;
  return most ?? 1;
}

function sizeFields(size: string | undefined): {
  size: `${number}x${number}` | undefined;
  aspectRatio: `${number}:${number}` | undefined;
} {
  const { width, height } = shapeOf(size) ?? {};
  const isRatio = size?.includes(':') ?? false;
  if (width === undefined || height === undefined)
    return { size: undefined, aspectRatio: undefined };
  return isRatio
    ? { size: undefined, aspectRatio: `${width}:${height}` }
    : { size: `${width}x${height}`, aspectRatio: undefined };
}

/** Keeps a picture, as bytes or base64, and shows it in the reply. Throws `bad-image`, `too-large`. */
export async function addImage(run: Run, picture: Uint8Array | string): Promise<void> {
  const bytes = typeof picture === 'string' ? decodeImage(picture) : new Uint8Array(picture);
  if (bytes.length > IMAGE_LIMIT) throw new ProviderError({ kind: 'too-large' });
  run.onArrival(bytes.length);
  const image = await keepImage(bytes, isTemporary(run.opened.conversation));
  if (run.signal.aborted) await collectBlobs([image.id]);
  run.signal.throwIfAborted();
  const about = promptOf(run);
  publish(run.opened, {
    type: 'image-add',
    messageId: run.reply.id,
    image,
    prompt: about ? textOf(about) : '',
  });
}

/** What the reply answers. */
function promptOf({ opened, reply }: Run): Message | undefined {
  return branchTo(opened.conversation, reply.parentId).at(-1);
}
