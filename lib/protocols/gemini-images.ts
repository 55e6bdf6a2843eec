/**
 * Pictures as Gemini's models draw them: within an answer, as others answer in words.
 * https://ai.google.dev/gemini-api/docs/image-generation
 */
import type {
  ImageModelV4,
  ImageModelV4File,
  LanguageModelV4Content,
  LanguageModelV4FilePart,
} from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import type { ProviderContext } from '../provider';
import { decodeImage } from '../stream/image';
import { geminiModel } from './gemini';

/** A picture model of Gemini's, under the address and with the key of the context. */
export function geminiImageModel(
  provider: string,
  modelId: string,
  context: ProviderContext,
): ImageModelV4 {
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    maxImagesPerCall: 1,
    async doGenerate({ prompt = '', files = [], aspectRatio, providerOptions, abortSignal }) {
      const timestamp = new Date();
      const imageConfig = aspectRatio && { aspectRatio };
      const { content, finishReason } = await geminiModel(
        provider,
        modelId,
        context,
        imageConfig,
      ).doGenerate({
        prompt: [
          { role: 'user', content: [{ type: 'text', text: prompt }, ...files.map(toFilePart)] },
        ],
        providerOptions,
        ...(abortSignal && { abortSignal }),
      });
      const images = content.flatMap(picturesIn);
      if (images.length === 0) {
        const words = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
        throw new ProviderError({
          kind: finishReason.unified === 'content-filter' ? 'content-filter' : 'empty-reply',
          ...(words && { detail: words }),
        });
      }
      return { images, warnings: [], response: { timestamp, modelId, headers: undefined } };
    },
  };
}

function toFilePart(file: ImageModelV4File): LanguageModelV4FilePart {
  return file.type === 'url'
    ? { type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL(file.url) } }
    : { type: 'file', mediaType: file.mediaType, data: { type: 'data', data: file.data } };
}

function picturesIn(part: LanguageModelV4Content): Uint8Array[] {
  if (part.type !== 'file' || part.data.type !== 'data') return [];
  const { data } = part.data;
  return [typeof data === 'string' ? decodeImage(data) : data];
}
