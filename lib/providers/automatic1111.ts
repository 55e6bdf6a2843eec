/**
 * AUTOMATIC1111's web UI and what speaks its protocol: Forge, reForge, SD.Next. Needs `--api`.
 * https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API
 */
import type { ImageModelV4, ImageModelV4File } from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import { noChat } from '../protocols/no-chat';
import { sizesOf } from '../protocols/diffusion';
import type { Provider, ProviderContext, ProviderDescription } from '../provider';
import { toBase64 } from '../stream/base64';
import { decodeImage, downloadImage, imageJsonLimit } from '../stream/image';
import { isObject, readJson } from '../stream/json';
import { pause } from '../stream/pause';

/** Milliseconds between two questions how far the picture is. */
const ASK_EVERY = 1000;
const MOST = 4;
/** How much of a picture that is to be changed gives way, from 0 to 1. */
const CHANGE = 0.6;

const description: ProviderDescription = {
  id: 'automatic1111',
  name: 'AUTOMATIC1111',
  kind: 'local',
  homePage: 'https://github.com/AUTOMATIC1111/stable-diffusion-webui/wiki/API',
  models: [],
  hosts: [],
  usesCookies: false,
  fields: [
    { id: 'address', default: 'http://localhost:7860' },
    // Only where it was started with `--api-auth`.
    { id: 'key', default: '', isOptional: true, isLogin: true },
  ],
  headerRules: [],
};

export const automatic1111: Provider = {
  description,

  languageModel: (modelId) => noChat(description.id, modelId),

  imageModel(modelId, context): ImageModelV4 {
    return {
      specificationVersion: 'v4',
      provider: description.id,
      modelId,
      maxImagesPerCall: MOST,
      async doGenerate({ prompt = '', n, size, seed, files, abortSignal }) {
        const timestamp = new Date();
        const [file] = files ?? [];
        const [width, height] = (size ?? sizesOf(modelId)[0] ?? '').split('x').map(Number);
        const fields = {
          prompt,
          batch_size: n,
          width,
          height,
          ...(seed !== undefined && { seed }),
          override_settings: { sd_model_checkpoint: modelId },
          ...(file && {
            init_images: [await toText(file, context, abortSignal)],
            denoising_strength: CHANGE,
          }),
        };
        const answer = await draw(context, file ? 'img2img' : 'txt2img', fields, abortSignal);
        return {
          images: imagesIn(answer, n),
          warnings: [],
          response: { timestamp, modelId, headers: undefined },
        };
      },
    };
  },

  async listModels(context, signal) {
    const listed = await readJson(await ask(context, 'sd-models', { signal }));
    if (!Array.isArray(listed)) {
      throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(listed) });
    }
    return listed.flatMap((model: unknown) => {
      const id = isObject(model) ? model['model_name'] : undefined;
      if (typeof id !== 'string' || !id) return [];
      return { id, output: 'image', sizes: sizesOf(id), mostImages: MOST, seesImages: true };
    });
  },
};

/** Has the server draw, and asks meanwhile how far it is. */
async function draw(
  context: ProviderContext,
  task: 'txt2img' | 'img2img',
  fields: Record<string, unknown> & { batch_size: number },
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const done = new AbortController();
  const watched = AbortSignal.any([done.signal, ...(signal ? [signal] : [])]);
  void tellProgress(context, watched);
  try {
    const response = await ask(context, task, {
      method: 'POST',
      body: JSON.stringify(fields),
      ...(signal && { signal }),
    });
    return await readJson(response, imageJsonLimit(fields.batch_size));
  } catch (error) {
    // The server would draw on for nobody. Whether it hears of it changes nothing here.
    if (signal?.aborted) void ask(context, 'interrupt', { method: 'POST' }).catch(() => undefined);
    throw error;
  } finally {
    done.abort();
  }
}

/** Until the signal aborts. What goes wrong here is no trouble of the picture, which is waited for elsewhere. */
async function tellProgress(context: ProviderContext, signal: AbortSignal): Promise<void> {
  const { onProgress } = context;
  if (!onProgress) return;
  try {
    for (;;) {
      await pause(ASK_EVERY, signal);
      const path = 'progress?skip_current_image=true';
      const answer = await readJson(await ask(context, path, { signal }));
      const fraction = isObject(answer) ? answer['progress'] : undefined;
      if (typeof fraction === 'number' && fraction > 0) onProgress(Math.min(fraction, 1));
    }
  } catch {
    // The place of the picture goes on to say for how long it takes.
  }
}

function ask(
  { fetch, settings, key }: ProviderContext,
  path: string,
  init: RequestInit,
): Promise<Response> {
  return fetch(`${settings['address']}/sdapi/v1/${path}`, {
    ...init,
    headers: {
      accept: 'application/json',
      ...(init.body && { 'content-type': 'application/json' }),
      ...(key && { authorization: `Basic ${toBase64(new TextEncoder().encode(key))}` }),
    },
  });
}

function imagesIn(answer: unknown, count: number): Uint8Array[] {
  const images = isObject(answer) ? answer['images'] : undefined;
  if (!Array.isArray(images)) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(answer) });
  }
  // Extensions add pictures of their own behind.
  return images
    .filter((image) => typeof image === 'string')
    .slice(0, count)
    .map(decodeImage);
}

async function toText(
  file: ImageModelV4File,
  { fetch }: ProviderContext,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (file.type === 'url') return toBase64(await downloadImage(fetch, file.url, signal));
  return typeof file.data === 'string' ? file.data : toBase64(new Uint8Array(file.data));
}
