/** Asks a provider for its models, as a test answers. */
import { errorDataOf } from '@/lib/provider-error';
import { settingsOf, type ModelDescription, type Provider } from '@/lib/provider';

export interface Listed {
  models: ModelDescription[];
  /** The kind of the error that came in place of a list. */
  kind?: string;
  asked: { url: string; method: string; headers: Record<string, string>; body: string }[];
}

/** `answer` is given the path under the host of every request. */
export async function listModels(
  provider: Provider,
  answer: (path: string, body: string) => Response,
  { settings = {}, key = 'test-key' } = {},
): Promise<Listed> {
  const asked: Listed['asked'] = [];
  const context = {
    settings: settingsOf(provider.description, settings),
    key,
    fetch: (url: string, { method = 'GET', headers, body }: RequestInit) => {
      const text = typeof body === 'string' ? body : '';
      asked.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body: text });
      return Promise.resolve(answer(new URL(url).pathname, text));
    },
  };
  try {
    const { signal } = new AbortController();
    return { models: (await provider.listModels?.(context, signal)) ?? [], asked };
  } catch (error) {
    return { models: [], kind: errorDataOf(error).kind, asked };
  }
}
