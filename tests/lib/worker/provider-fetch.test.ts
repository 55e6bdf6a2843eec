import { describe, expect, it, vi } from 'vitest';
import { ProviderError, type ErrorData } from '@/lib/errors';
import { createProviderFetch, type ProviderFetchDependencies } from '@/lib/worker/provider-fetch';
import type { ProxyTrouble } from '@/lib/worker/proxy-trouble';
import { settle } from '../../fake-context';
import { providerInfo } from '../../samples';

const url = 'https://ai-chats.org:8443/chat/send2/#image';

function setUp({
  address = 'https://ai-chats.org:8443',
  usesCookies = true,
  isAllowed = true,
  ready = Promise.resolve(),
  proxyFor = () => Promise.resolve(undefined),
}: {
  address?: string;
  usesCookies?: boolean;
  isAllowed?: boolean;
  ready?: Promise<void>;
  proxyFor?: NonNullable<ProviderFetchDependencies['proxyFor']>;
} = {}) {
  const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.resolve(new Response('answer')));
  const dependencies = {
    address,
    fetch,
    isAllowed: vi.fn<(pattern: string) => Promise<boolean>>(() => Promise.resolve(isAllowed)),
    ready,
    proxyFor,
    onResponse: vi.fn<(response: Response) => void>(),
  };
  const providerFetch = createProviderFetch(providerInfo({ usesCookies }), dependencies);
  return { ...dependencies, providerFetch };
}

describe('the fetch of a provider', () => {
  it('asks for the host, without port and path, before it sends anything', async () => {
    const { providerFetch, isAllowed, fetch } = setUp();
    await providerFetch(url, {});
    expect(isAllowed).toHaveBeenCalledExactlyOnceWith('https://ai-chats.org/*');
    expect(isAllowed).toHaveBeenCalledBefore(fetch);
  });

  it('sends nothing to a host that is not allowed, and names it', async () => {
    const { providerFetch, fetch } = setUp({ isAllowed: false });
    const error = await providerFetch(url, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ data: { kind: 'no-permission', host: 'ai-chats.org:8443' } });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('sends nothing before everything is ready', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { providerFetch, fetch } = setUp({ ready: promise });
    const answer = providerFetch(url, {});
    await new Promise(setImmediate);
    expect(fetch).not.toHaveBeenCalled();
    resolve();
    await answer;
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('sends nothing when getting ready failed', async () => {
    const failure = new Error('no rules');
    const { providerFetch, fetch } = setUp({ ready: Promise.reject(failure) });
    await expect(providerFetch(url, {})).rejects.toBe(failure);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    { usesCookies: true, asked: 'include', sent: 'include' },
    { usesCookies: true, asked: 'omit', sent: 'omit' },
    { usesCookies: true, asked: undefined, sent: 'omit' },
    { usesCookies: false, asked: 'include', sent: 'omit' },
    { usesCookies: false, asked: 'same-origin', sent: 'omit' },
    { usesCookies: false, asked: undefined, sent: 'omit' },
  ] as const)(
    'sends credentials "$sent" where "$asked" is asked and usesCookies is $usesCookies',
    async ({ usesCookies, asked, sent }) => {
      const { providerFetch, fetch } = setUp({ usesCookies });
      await providerFetch(url, asked ? { credentials: asked } : {});
      expect(fetch.mock.calls[0]?.[1]?.credentials).toBe(sent);
    },
  );

  it('follows no redirect, and leaves the rest of the request as it is', async () => {
    const { providerFetch, fetch } = setUp();
    const init = { method: 'POST', body: '{}', headers: { accept: 'text/plain' } };
    await providerFetch(url, init);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(url, {
      ...init,
      headers: new Headers(init.headers),
      credentials: 'omit',
      redirect: 'manual',
    });
  });

  it('takes a key with letters that no header takes for one that is not accepted', async () => {
    const { providerFetch, fetch } = setUp();
    const error = providerFetch(url, { headers: { authorization: 'Bearer sk-…wxyz' } });
    await expect(error).rejects.toMatchObject({ data: { kind: 'unauthorized' } });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    [url, 'secret'],
    ['https://ai-chats.org/chat/', null],
    ['https://evil.example/chat/', null],
    ['http://ai-chats.org:8443/chat/', null],
  ])('sends a key to the origin of the address alone: %s', async (to, sent) => {
    const { providerFetch, fetch } = setUp();
    const names = ['Authorization', 'X-Api-Key', 'x-key-of-a-new-service'];
    await providerFetch(to, { headers: Object.fromEntries(names.map((name) => [name, 'secret'])) });
    const headers = new Headers(fetch.mock.calls[0]?.[1]?.headers);
    expect(names.map((name) => headers.get(name))).toEqual(names.map(() => sent));
  });

  it.each([
    ['https://ai-chats.org:8443', 'http://192.168.1.1/admin', false],
    ['https://ai-chats.org:8443', 'http://localhost:7860/interrupt', false],
    ['https://ai-chats.org:8443', 'http://[::1]/', false],
    ['https://ai-chats.org:8443', 'https://pictures.example/1.png', true],
    ['http://localhost:8080', 'http://127.0.0.1:8080/1.png', true],
    ['http://192.168.1.5:8080', 'http://192.168.1.6/1.png', true],
  ])('for a service at %s asks %s: %s', async (address, to, isAsked) => {
    const { providerFetch, fetch } = setUp({ address });
    const { error } = await settle(providerFetch(to, {}));
    expect(error?.kind).toBe(isAsked ? undefined : 'bad-image');
    expect(fetch).toHaveBeenCalledTimes(isAsked ? 1 : 0);
  });

  it('hands every answer on, those of failure too, and tells of it', async () => {
    const { providerFetch, fetch, onResponse } = setUp();
    const answer = new Response('no', { status: 503 });
    fetch.mockResolvedValueOnce(answer);
    expect(await providerFetch(url, {})).toBe(answer);
    expect(onResponse).toHaveBeenCalledExactlyOnceWith(answer);
  });

  it('calls a request that got no answer "offline", and names the host', async () => {
    const { providerFetch, fetch, onResponse } = setUp();
    const cause = new TypeError('Failed to fetch');
    fetch.mockRejectedValueOnce(cause);
    const error = await providerFetch(url, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      cause,
      data: { kind: 'offline', host: 'ai-chats.org:8443', detail: 'TypeError: Failed to fetch' },
    });
    expect(onResponse).not.toHaveBeenCalled();
  });

  it('is not offline when it was aborted: it throws the reason', async () => {
    const { providerFetch, fetch } = setUp();
    const controller = new AbortController();
    const reason = new Error('stopped');
    fetch.mockImplementationOnce(() => {
      controller.abort(reason);
      return Promise.reject(new DOMException('aborted', 'AbortError'));
    });
    await expect(providerFetch(url, { signal: controller.signal })).rejects.toBe(reason);
  });
});

/** A proxy, and what it is to blame for. */
function behind(trouble?: ProxyTrouble) {
  const stop = vi.fn<() => void>();
  const watch = { trouble: () => Promise.resolve(trouble), stop };
  const proxyFor = vi.fn<NonNullable<ProviderFetchDependencies['proxyFor']>>(() =>
    Promise.resolve({ host: 'proxy.example:3128', watch: () => watch }),
  );
  return { proxyFor, stop };
}

describe('through a proxy', () => {
  it('nothing is sent before it is in force', async () => {
    const { proxyFor } = behind();
    const failure = new ProviderError({ kind: 'proxy-blocked', host: 'proxy.example:3128' });
    proxyFor.mockRejectedValueOnce(failure);
    const { providerFetch, fetch } = setUp({ proxyFor });
    await expect(providerFetch(url, {})).rejects.toBe(failure);
    expect(fetch).not.toHaveBeenCalled();
    expect(proxyFor).toHaveBeenCalledExactlyOnceWith(url);
  });

  it.each<[string, ProxyTrouble | undefined, Partial<ErrorData>]>([
    [
      'names it where it is to blame',
      { kind: 'proxy-failed', detail: 'net::ERR_PROXY_CONNECTION_FAILED' },
      { host: 'proxy.example:3128', detail: 'net::ERR_PROXY_CONNECTION_FAILED' },
    ],
    ['names it for its password', { kind: 'proxy-login' }, { host: 'proxy.example:3128' }],
    [
      'is offline where it is not to blame',
      undefined,
      { kind: 'offline', host: new URL(url).host },
    ],
  ])('a request that got no answer %s', async (_, trouble, data) => {
    const { proxyFor, stop } = behind(trouble);
    const { providerFetch, fetch } = setUp({ proxyFor });
    fetch.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const error = await providerFetch(url, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { ...trouble, ...data } });
    expect(stop).toHaveBeenCalledOnce();
  });

  it('its own refusal is no answer of the provider', async () => {
    const { proxyFor, stop } = behind();
    const { providerFetch, fetch, onResponse } = setUp({ proxyFor });
    fetch.mockResolvedValueOnce(new Response('who are you?', { status: 407 }));
    const error = await providerFetch(url, {}).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ data: { kind: 'proxy-login', host: 'proxy.example:3128' } });
    expect(onResponse).not.toHaveBeenCalled();
    expect(stop).toHaveBeenCalledOnce();
  });
});
