/** A provider with a service that answers as a test of its connection wants. */
import { ProviderError, type ErrorKind } from '@/lib/errors';
import { settingsOf, type Provider } from '@/lib/provider';
import { providers } from '@/lib/providers';

/** An answer by path; a path that is not here is 404. A word is why there is none. */
type Answers = Record<string, { status: number; body?: string; type?: string }> | ErrorKind;

export interface Case {
  provider?: string;
  address?: string;
  answers?: Answers;
  key?: string;
  isAllowed?: boolean;
  model?: string;
}

function find(id: string): Provider {
  const provider = providers.find(({ description }) => description.id === id);
  if (!provider) throw new Error(`there is no ${id}`);
  return provider;
}

/** A check of a provider whose service answers as told, and what it was asked. */
export function stage({
  provider: id = 'openai',
  address,
  answers = {},
  key = 'k',
  ...rest
}: Case) {
  const provider = find(id);
  const settings = settingsOf(provider.description, address ? { address } : {});
  const asked: { method: string; path: string; body: string }[] = [];
  const ending = new AbortController();
  const check = {
    provider,
    signal: ending.signal,
    address: settings['address'] ?? '',
    model: rest.model,
    isAllowed: () => Promise.resolve(rest.isAllowed ?? true),
    openContext: () => {
      const isNeeded = provider.description.fields.some(
        (one) => one.id === 'key' && !one.isOptional,
      );
      if (isNeeded && !key) return Promise.reject(new ProviderError({ kind: 'no-key' }));
      return Promise.resolve({ settings, key, fetch });
    },
  };
  function fetch(url: string, { method = 'GET', body }: RequestInit): Promise<Response> {
    const { pathname: path, host } = new URL(url);
    asked.push({ method, path, body: typeof body === 'string' ? body : '' });
    if (typeof answers === 'string') {
      return Promise.reject(new ProviderError({ kind: answers, host }));
    }
    const answer = answers[`${method} ${path}`] ??
      answers[path] ?? { status: 404, body: 'nothing' };
    const headers = { 'content-type': answer.type ?? 'application/json' };
    return Promise.resolve(new Response(answer.body ?? '', { status: answer.status, headers }));
  }
  return { check, asked, end: () => ending.abort() };
}
