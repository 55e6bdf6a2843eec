/**
 * Pictures by OpenAI's protocol: `/images/generations`, and `/images/edits` where a picture goes
 * along.
 * https://platform.openai.com/docs/api-reference/images
 */
import type { ImageModelV4, ImageModelV4CallOptions, ImageModelV4File } from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ProviderContext } from '../provider';
import { decodeImage, downloadImage, downloadImages, imageJsonLimit } from '../stream/image';
import { isObject, readJson } from '../stream/json';
import { keyHeaders, type Dialect } from './openai';

/** Those that draw several pictures at once; of others nobody knows, and each picture is a call. */
const DRAWS_SEVERAL = /gpt-image|chatgpt-image|dall-e-2/iu;
/** Those that answer with an address on another host unless base64 is asked for; others refuse the word. */
const TAKES_FORMAT = /dall-e|grok/iu;

/** A picture model of a service under the address and with the key of the context. */
export function openAIImageModel(
  provider: string,
  modelId: string,
  context: ProviderContext,
  dialect: Dialect = {},
): ImageModelV4 {
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    maxImagesPerCall: DRAWS_SEVERAL.test(modelId) ? 10 : 1,
    async doGenerate(options) {
      const { n, size, files, providerOptions, abortSignal } = options;
      const timestamp = new Date();
      const fields: Record<string, unknown> = {
        model: modelId,
        prompt: options.prompt,
        n,
        size,
        response_format: TAKES_FORMAT.test(modelId) ? 'b64_json' : undefined,
        ...providerOptions[provider],
      };
      const { path, contentType, body } = await requestOf(context, fields, files, abortSignal);
      const response = await context.fetch(`${context.settings['address']}${path}`, {
        method: 'POST',
        headers: {
          accept: 'application/json',
          ...contentType,
          ...keyHeaders(context.key, dialect),
        },
        body,
        ...(abortSignal && { signal: abortSignal }),
      });
      const answer = await readJson(response, imageJsonLimit(n));
      return {
        images: await imagesIn(answer, context, abortSignal),
        warnings: [],
        response: { timestamp, modelId, headers: Object.fromEntries(response.headers) },
      };
    },
  };
}

async function requestOf(
  context: ProviderContext,
  fields: Record<string, unknown>,
  files: ImageModelV4CallOptions['files'],
  signal: AbortSignal | undefined,
) {
  if (!files?.length) {
    const contentType = { 'content-type': 'application/json' };
    return { path: '/images/generations', contentType, body: JSON.stringify(fields) };
  }
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string' || typeof value === 'number') body.append(name, `${value}`);
  }
  for (const file of files) {
    body.append(
      files.length > 1 ? 'image[]' : 'image',
      await toBlob(file, context, signal),
      'image',
    );
  }
  // The browser names the type itself, with the boundary.
  return { path: '/images/edits', contentType: {}, body };
}

async function toBlob(
  file: ImageModelV4File,
  { fetch }: ProviderContext,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  if (file.type === 'url') return new Blob([await downloadImage(fetch, file.url, signal)]);
  const bytes = typeof file.data === 'string' ? decodeImage(file.data) : new Uint8Array(file.data);
  return new Blob([bytes], { type: file.mediaType });
}

/** Pictures come as base64, or as addresses that are fetched at once: they are forgotten after a while. */
async function imagesIn(
  answer: unknown,
  { fetch }: ProviderContext,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const data = isObject(answer) ? answer['data'] : undefined;
  if (!Array.isArray(data)) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(answer) });
  }
  const entries = data.filter(isObject);
  const inline = entries.flatMap(({ b64_json: base64, url }) =>
    typeof base64 === 'string' ? base64 : isDataUrl(url) ? url : [],
  );
  const urls = entries.flatMap(({ url }) =>
    typeof url === 'string' && !isDataUrl(url) ? url : [],
  );
  return [...inline.map(decodeImage), ...(await downloadImages(fetch, urls, signal))];
}

function isDataUrl(url: unknown): url is string {
  return typeof url === 'string' && url.startsWith('data:');
}
