import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ProviderError } from '@/lib/errors';
import { activeProviders, providerProxies, providerSettings } from '@/lib/settings';
import { keyDatabase } from '@/lib/worker/database';
import { lockKeys } from '@/lib/worker/key-lock';
import { setPassphrase } from '@/lib/worker/keys';
import { followProxies, proxyFor, proxyRoutes } from '@/lib/worker/proxies';
import { readProxyLogin, saveProxy } from '@/lib/worker/proxy-login';
import { FakeProxies, installProxies } from '../../fake-proxies';
import { FakeExtension, installExtension } from '../../fake-extension';
import { keyProvider } from '../../samples';

const GROQ = 'https://api.groq.com';
const url = `${GROQ}/openai/v1/models`;
const login = { user: 'me', password: ' "sécret" ' };

let extension: FakeExtension;
let proxies: FakeProxies;

async function setUp(way: 'script' | 'question'): Promise<void> {
  extension = installExtension();
  proxies = installProxies(way);
  await keyDatabase.keyring.clear();
  await activeProviders.setValue(['groq', 'mistral']);
}

/** The kind of error that a request would end with before it leaves. */
async function refusal(provider = 'groq', to = url): Promise<unknown> {
  const thrown: unknown = await proxyFor(provider, to).catch((error: unknown) => error);
  return thrown instanceof ProviderError ? thrown.data : thrown;
}

describe('the ways through proxies', () => {
  const other = keyProvider({ id: 'other' });
  it.each([
    ['of its origin', {}, 'https://api.groq.example'],
    [
      'of another address',
      { address: 'http://gateway.example:8080/v1' },
      'http://gateway.example:8080',
    ],
    // Browsers reach this computer directly whatever one sets.
    ['of this computer', { address: 'http://127.0.0.1:11434' }, undefined],
    ['of no web address', { address: 'nonsense' }, undefined],
  ])('are %s', (_, saved, origin) => {
    const routes = proxyRoutes([keyProvider()], { groq: saved }, { groq: 'http://p.example:80' });
    expect([...routes.keys()]).toEqual(origin === undefined ? [] : [origin]);
  });

  it('are none for a provider without a proxy, and for one that was spoilt', () => {
    expect(proxyRoutes([keyProvider()], {}, { other: 'http://p.example:80' }).size).toBe(0);
    expect(proxyRoutes([keyProvider()], {}, { groq: 'http://a;DIRECT:80' }).size).toBe(0);
  });

  it('are those of the first where two providers share an address', () => {
    const both = { groq: 'http://p.example:1', other: 'http://p.example:2' };
    const [route] = proxyRoutes([keyProvider(), other], {}, both).values();
    expect(route).toMatchObject({ provider: 'groq', server: { port: 1 } });
  });
});

describe('a login', () => {
  beforeEach(() => setUp('script'));

  it('is kept as it was typed, apart from the settings, and goes with its proxy', async () => {
    await saveProxy('groq', 'http://p.example:3128', login);
    expect(await readProxyLogin('groq')).toEqual(login);
    expect(await providerProxies.getValue()).toEqual({ groq: 'http://p.example:3128' });
    await saveProxy('groq', 'http://other.example:3128');
    expect(await readProxyLogin('groq')).toBeNull();
    await saveProxy('groq', '', null);
    expect(await providerProxies.getValue()).toEqual({});
  });

  it('stays where the same proxy is named again', async () => {
    await saveProxy('groq', 'http://p.example:3128', login);
    await saveProxy('groq', 'http://p.example:3128');
    expect(await readProxyLogin('groq')).toEqual(login);
  });

  it('that is locked keeps requests back, and no other provider', async () => {
    await saveProxy('groq', 'http://p.example:3128', login);
    await saveProxy('mistral', 'http://p.example:3128');
    await setPassphrase('open sesame');
    await lockKeys();
    expect(await refusal()).toEqual({ kind: 'key-locked' });
    expect(await proxyFor('mistral', 'https://api.mistral.ai/v1/models')).toBeDefined();
    await expect(saveProxy('groq', 'http://q.example:1', login)).rejects.toThrow('key-locked');
    expect(await providerProxies.getValue()).toMatchObject({ groq: 'http://p.example:3128' });
  });
});

describe('in Chromium', () => {
  beforeEach(() => setUp('script'));

  it('the script is in force before the request, and is set once', async () => {
    await saveProxy('groq', 'socks5://p.example:1080');
    expect((await proxyFor('groq', url))?.host).toBe('p.example:1080');
    expect(proxies.script).toContain(`["${GROQ}/","SOCKS5 p.example:1080"]`);
    expect(proxies.config.pacScript?.mandatory).toBe(true);
    await proxyFor('groq', url);
    expect(proxies.sets).toBe(1);
  });

  it('what the provider asks of other hosts goes without', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    expect(await proxyFor('groq', 'https://pictures.example/p.png')).toBeUndefined();
    expect(await proxyFor('mistral', 'https://api.mistral.ai/v1/models')).toBeUndefined();
  });

  it('a provider that is tested before its first use goes through its proxy', async () => {
    await activeProviders.setValue([]);
    await saveProxy('xai', 'http://p.example:3128');
    expect(await proxyFor('xai', 'https://api.x.ai/v1/models')).toBeDefined();
    expect(proxies.script).toContain('https://api.x.ai/');
  });

  it('follows the settings, and is given back with the last proxy', async () => {
    followProxies();
    await saveProxy('groq', 'http://p.example:3128');
    await vi.waitFor(() => expect(proxies.script).toContain(GROQ));
    await providerSettings.setValue({ groq: { address: 'https://gateway.example' } });
    await vi.waitFor(() => expect(proxies.script).toContain('https://gateway.example/'));
    expect(proxies.script).not.toContain(GROQ);
    await saveProxy('groq', '');
    await vi.waitFor(() => expect(proxies.config).toEqual({ mode: 'system' }));
  });

  it('is in force from the start of the worker on', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    followProxies();
    await vi.waitFor(() => expect(proxies.script).toContain(GROQ));
  });

  it('nothing leaves while another extension or a policy decides', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    proxies.levelOfControl = 'controlled_by_other_extensions';
    expect(await refusal()).toEqual({ kind: 'proxy-blocked', host: 'p.example:3128' });
  });
});

describe('in a build without proxies', () => {
  it('nothing leaves for which there is one, and everything else does', async () => {
    installExtension();
    await activeProviders.setValue(['groq', 'mistral']);
    await saveProxy('groq', 'http://p.example:3128');
    expect(await refusal()).toMatchObject({ kind: 'proxy-blocked' });
    expect(await proxyFor('mistral', 'https://api.mistral.ai/v1/models')).toBeUndefined();
  });
});

describe('in Firefox', () => {
  beforeEach(() => setUp('question'));
  const originUrl = fakeBrowser.runtime.getURL('/_generated_background_page.html');

  it('only own requests to the origin go through the proxy', async () => {
    await saveProxy('groq', 'http://[::1]:3128', login);
    await proxyFor('groq', url);
    expect(proxies.ask({ url, originUrl })).toEqual({ type: 'http', host: '::1', port: 3128 });
    expect(proxies.ask({ url, originUrl: 'https://page.example/' })).toBeUndefined();
    expect(proxies.ask({ url, originUrl: `https://page.example/?${originUrl}` })).toBeUndefined();
    expect(proxies.ask({ url })).toBeUndefined();
    expect(proxies.ask({ url: 'https://api.mistral.ai/v1/models', originUrl })).toBeUndefined();
  });

  it('a SOCKS proxy is told the login, and looks up the names', async () => {
    await saveProxy('groq', 'socks5://p.example:1080', login);
    await proxyFor('groq', url);
    expect(proxies.ask({ url, originUrl })).toEqual({
      type: 'socks',
      host: 'p.example',
      port: 1080,
      proxyDNS: true,
      username: login.user,
      password: login.password,
    });
  });

  it('asks no more when the last proxy is gone', async () => {
    followProxies();
    await saveProxy('groq', 'http://p.example:3128');
    await proxyFor('groq', url);
    await saveProxy('groq', '');
    await vi.waitFor(() => expect(proxies.onRequest.hasListeners()).toBe(false));
  });

  it('nothing leaves once the person has taken the permission back', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    expect(await proxyFor('groq', url)).toBeDefined();
    extension.denied.add('proxy');
    expect(await refusal()).toMatchObject({ kind: 'proxy-blocked' });
  });
});

describe('a proxy', () => {
  beforeEach(async () => {
    await setUp('script');
    followProxies();
    await saveProxy('groq', 'http://[::1]:3128', login);
  });
  const challenger = { host: '::1', port: 3128 };
  const asks = { url, requestId: '7', isProxy: true, challenger };

  it('is told its login, once a request', async () => {
    const authCredentials = { username: login.user, password: login.password };
    expect(await proxies.challenge(asks)).toEqual({ authCredentials });
    expect(await proxies.challenge(asks)).toEqual({});
    proxies.onCompleted.fire({ requestId: '7' });
    expect(await proxies.challenge({ ...asks, requestId: '8' })).toEqual({ authCredentials });
  });

  it.each([
    ['a server that is no proxy', { isProxy: false }],
    ['another proxy', { challenger: { host: 'evil.example', port: 3128 } }],
    ['another port', { challenger: { host: '::1', port: 1 } }],
    ['the proxy of another address', { url: 'https://elsewhere.example/' }],
  ])('is meant: %s is told nothing', async (_, changes) => {
    expect(await proxies.challenge({ ...asks, requestId: '9', ...changes })).toEqual({});
  });

  it.each([
    ['net::ERR_PROXY_CONNECTION_FAILED'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED'],
    ['net::ERR_SOCKS_CONNECTION_FAILED'],
    ['NS_ERROR_PROXY_CONNECTION_REFUSED'],
    ['NS_ERROR_UNKNOWN_PROXY_HOST'],
    ['NS_ERROR_CONNECTION_REFUSED'],
  ])('is blamed for %s', async (error) => {
    const watch = (await proxyFor('groq', url))?.watch();
    proxies.onErrorOccurred.fire({ url, error, requestId: '1' });
    expect(await watch?.trouble()).toEqual({ kind: 'proxy-failed', detail: error });
  });

  it('is blamed when it does not accept the login', async () => {
    const watch = (await proxyFor('groq', url))?.watch();
    await proxies.challenge({ ...asks, requestId: '2' });
    await proxies.challenge({ ...asks, requestId: '2' });
    proxies.onErrorOccurred.fire({
      url,
      error: 'net::ERR_TUNNEL_CONNECTION_FAILED',
      requestId: '2',
    });
    expect(await watch?.trouble()).toEqual({ kind: 'proxy-login' });
  });

  it('is not blamed for what the server did, or what failed elsewhere', async () => {
    vi.useFakeTimers();
    const watch = (await proxyFor('groq', url))?.watch();
    const trouble = watch?.trouble();
    const proxyError = 'net::ERR_PROXY_CONNECTION_FAILED';
    proxies.onErrorOccurred.fire({ url, error: 'net::ERR_CERT_DATE_INVALID', requestId: '3' });
    proxies.onErrorOccurred.fire({ url: 'https://a.example/', error: proxyError, requestId: '4' });
    await vi.runAllTimersAsync();
    expect(await trouble).toBeUndefined();
    vi.useRealTimers();
  });
});
