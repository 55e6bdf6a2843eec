/**
 * Pictures as OpenRouter has them: a chat whose reply holds pictures.
 * https://openrouter.ai/docs/guides/overview/multimodal/image-generation
 */
import type { ImageModelV4, ImageModelV4File } from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ProviderContext } from '../provider';
import { toBase64 } from '../stream/base64';
import { decodeImage, downloadImages, imageJsonLimit } from '../stream/image';
import { isObject, readJson } from '../stream/json';
import { keyHeaders, type Dialect } from './openai';

/** Those that also write; of all others only pictures may be asked. */
const WRITES = /gemini|gpt|auto/iu;
/** What one reply may hold, some models draw more than they were asked for. */
const MOST = 4;

/** A picture model of a service that draws within a chat, under the address and with the key of the context. */
export function chatImageModel(
  provider: string,
  modelId: string,
  { settings, key, fetch }: ProviderContext,
  dialect: Dialect = {},
): ImageModelV4 {
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    maxImagesPerCall: 1,
    async doGenerate({ prompt = '', files = [], aspectRatio, providerOptions, abortSignal }) {
      const timestamp = new Date();
      const response = await fetch(`${settings['address']}/chat/completions`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          ...keyHeaders(key, dialect),
        },
        body: JSON.stringify({
          model: modelId,
          modalities: WRITES.test(modelId) ? ['image', 'text'] : ['image'],
          messages: [
            { role: 'user', content: [{ type: 'text', text: prompt }, ...files.map(toPart)] },
          ],
          ...(aspectRatio && { image_config: { aspect_ratio: aspectRatio } }),
          ...providerOptions[provider],
        }),
        ...(abortSignal && { signal: abortSignal }),
      });
      const urls = urlsIn(await readJson(response, imageJsonLimit(MOST)));
      const inline = urls.filter((url) => url.startsWith('data:'));
      const others = urls.filter((url) => !url.startsWith('data:'));
      return {
        images: [...inline.map(decodeImage), ...(await downloadImages(fetch, others, abortSignal))],
        warnings: [],
        response: { timestamp, modelId, headers: Object.fromEntries(response.headers) },
      };
    },
  };
}

function toPart(file: ImageModelV4File) {
  return { type: 'image_url', image_url: { url: toUrl(file) } };
}

function toUrl(file: ImageModelV4File): string {
  if (file.type === 'url') return file.url;
  const base64 = typeof file.data === 'string' ? file.data : toBase64(new Uint8Array(file.data));
  return `data:${file.mediaType};base64,${base64}`;
}

/** The addresses of the reply's pictures. Throws for a reply that says why there is none. */
function urlsIn(answer: unknown): string[] {
  const choices = isObject(answer) ? answer['choices'] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isObject(choice) ? choice['message'] : undefined;
  if (!isObject(choice) || !isObject(message)) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(answer) });
  }
  const images = Array.isArray(message['images']) ? message['images'] : [];
  const urls = images.flatMap((image: unknown) => {
    const link = isObject(image) ? image['image_url'] : undefined;
    const url = isObject(link) ? link['url'] : undefined;
    return typeof url === 'string' ? url : [];
  });
  if (urls.length > 0) return urls;
  const isFiltered = choice['finish_reason'] === 'content_filter' || Boolean(message['refusal']);
  const words = [message['refusal'], message['content']].find((text) => typeof text === 'string');
  throw new ProviderError({
    kind: isFiltered ? 'content-filter' : 'empty-reply',
    ...(words && { detail: words }),
  });
}
