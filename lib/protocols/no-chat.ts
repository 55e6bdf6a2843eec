import type { LanguageModelV4 } from '@ai-sdk/provider';
import { ProviderError } from '../errors';

/** The language model of a provider that makes pictures alone: it says so. */
export function noChat(provider: string, modelId: string): LanguageModelV4 {
  const refuse = () => Promise.reject(new ProviderError({ kind: 'unsupported', detail: modelId }));
  return {
    specificationVersion: 'v4',
    provider,
    modelId,
    supportedUrls: {},
    doStream: refuse,
    doGenerate: refuse,
  };
}
