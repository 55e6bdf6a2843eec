import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { ProviderError } from '@/lib/errors';
import { clearLog, readLog } from '@/lib/log';
import { PROXY_PERMISSIONS } from '@/lib/proxy-address';
import { activeProviders, providerProxies, providerSettings } from '@/lib/settings';
import { keyDatabase } from '@/lib/worker/database';
import { lockKeys } from '@/lib/worker/key-lock';
import { setPassphrase } from '@/lib/worker/keys';
import { followProxies, proxyFor } from '@/lib/worker/proxies';
import { readProxyLogin, saveProxy } from '@/lib/worker/proxy-login';
import { loadRemoteImage } from '@/lib/worker/remote-image';
import { resetSettings } from '@/lib/worker/settings-file';
import { FakeProxies, installProxies } from '../../fake-proxies';
import { FakeExtension, installExtension } from '../../fake-extension';

const GROQ = 'https://api.groq.com';
const url = `${GROQ}/openai/v1/models`;
const login = { user: 'me', password: ' "sécret" ' };

let extension: FakeExtension;
let proxies: FakeProxies;

async function setUp(way: 'script' | 'question'): Promise<void> {
  extension = installExtension();
  proxies = installProxies(way);
  await clearLog();
  await keyDatabase.keyring.clear();
  await activeProviders.setValue(['groq', 'mistral']);
}

/** The kind of error that a request would end with before it leaves. */
async function refusal(provider = 'groq', to = url): Promise<unknown> {
  const thrown: unknown = await proxyFor(to, provider).catch((error: unknown) => error);
  return thrown instanceof ProviderError ? thrown.data : thrown;
}

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
    expect(await refusal()).toEqual({ kind: 'key-locked', host: 'p.example:3128' });
    expect(await proxyFor('https://api.mistral.ai/v1/models', 'mistral')).toBeDefined();
    await expect(saveProxy('groq', 'http://q.example:1', login)).rejects.toThrow('key-locked');
    expect(await providerProxies.getValue()).toMatchObject({ groq: 'http://p.example:3128' });
  });

  it('and a proxy are kept for each provider, also when they are saved at the same time', async () => {
    await Promise.all([
      saveProxy('groq', 'http://p.example:3128', login),
      saveProxy('mistral', 'http://q.example:3128'),
      saveProxy('xai', 'http://r.example:3128', login),
    ]);
    expect(Object.keys(await providerProxies.getValue())).toEqual(['groq', 'mistral', 'xai']);
    expect(await readProxyLogin('groq')).toEqual(login);
    expect(await readProxyLogin('xai')).toEqual(login);
  });
});

describe('in Chromium', () => {
  beforeEach(() => setUp('script'));

  it('the script is in force before the request, and is set once', async () => {
    await saveProxy('groq', 'socks5://p.example:1080');
    expect((await proxyFor(url, 'groq'))?.host).toBe('p.example:1080');
    expect(proxies.script).toContain(`["${GROQ}/","SOCKS5 p.example:1080"]`);
    expect(proxies.config.pacScript?.mandatory).toBe(true);
    await proxyFor(url, 'groq');
    expect(proxies.sets).toBe(1);
  });

  it('what the provider asks of other hosts goes without', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    expect(await proxyFor('https://pictures.example/p.png', 'groq')).toBeUndefined();
    expect(await proxyFor('https://api.mistral.ai/v1/models', 'mistral')).toBeUndefined();
  });

  it('a picture that a text names goes through the proxy of its address, or not at all', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    const fetch = vi.fn<typeof globalThis.fetch>(() => Promise.reject(new TypeError('Failed')));
    vi.stubGlobal('fetch', fetch);
    expect(await loadRemoteImage(`${GROQ}/p.png`)).toEqual({ trouble: 'offline' });
    expect(proxies.script).toContain(GROQ);
    proxies.levelOfControl = 'controlled_by_other_extensions';
    expect(await loadRemoteImage(`${GROQ}/p.png`)).toEqual({ trouble: 'proxy-blocked' });
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('a provider that is tested before its first use goes through its proxy', async () => {
    await activeProviders.setValue([]);
    await saveProxy('xai', 'http://p.example:3128');
    expect(await proxyFor('https://api.x.ai/v1/models', 'xai')).toBeDefined();
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

  it("hears of errors while there is a proxy, and of its address's alone", async () => {
    followProxies();
    expect(proxies.onErrorOccurred.filters).toEqual([]);
    await saveProxy('groq', 'http://p.example:3128');
    await vi.waitFor(() => expect(proxies.onErrorOccurred.filters).toHaveLength(1));
    expect(proxies.onErrorOccurred.filters[0]?.urls).toEqual(['https://api.groq.com/*']);
    await saveProxy('groq', '');
    await vi.waitFor(() => expect(proxies.onErrorOccurred.filters).toEqual([]));
  });

  it('a setting that the browser refuses is noted, and keeps requests back', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    proxies.refusal = new TypeError('no');
    followProxies();
    await vi.waitFor(async () =>
      expect(await readLog()).toMatchObject([{ event: 'proxy-failed' }]),
    );
    expect(await refusal()).toBe(proxies.refusal);
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
    expect(await proxyFor('https://api.mistral.ai/v1/models', 'mistral')).toBeUndefined();
  });
});

describe('in Firefox', () => {
  beforeEach(() => setUp('question'));
  const originUrl = fakeBrowser.runtime.getURL('/_generated_background_page.html');

  it('only own requests to the origin go through the proxy', async () => {
    await saveProxy('groq', 'http://[::1]:3128', login);
    await proxyFor(url, 'groq');
    expect(proxies.ask({ url, originUrl })).toEqual({ type: 'http', host: '::1', port: 3128 });
    expect(proxies.ask({ url, originUrl: 'https://page.example/' })).toBeUndefined();
    expect(proxies.ask({ url, originUrl: `https://page.example/?${originUrl}` })).toBeUndefined();
    expect(proxies.ask({ url })).toBeUndefined();
    expect(proxies.ask({ url: 'https://api.mistral.ai/v1/models', originUrl })).toBeUndefined();
  });

  it('a SOCKS proxy is told the login, and looks up the names', async () => {
    await saveProxy('groq', 'socks5://p.example:1080', login);
    await proxyFor(url, 'groq');
    expect(proxies.ask({ url, originUrl })).toEqual({
      type: 'socks',
      host: 'p.example',
      port: 1080,
      proxyDNS: true,
      username: login.user,
      password: login.password,
    });
  });

  it('a request that leaves while the proxies are put in force anew goes through its own, too', async () => {
    await saveProxy('groq', 'socks5://p.example:1080', login);
    await proxyFor(url, 'groq');
    const gone: unknown[] = [];
    const look = () => gone.push(proxies.ask({ url, originUrl }));
    keyDatabase.keyring.hook('reading', (row) => {
      look();
      return row;
    });
    const { onRequest } = proxies;
    const removeListener = onRequest.removeListener.bind(onRequest);
    onRequest.removeListener = (listener) => {
      removeListener(listener);
      look();
    };
    await saveProxy('mistral', 'socks5://q.example:1080', login);
    await proxyFor('https://api.mistral.ai/v1/models', 'mistral');
    expect(onRequest.filters).toHaveLength(1);
    expect(gone.length).toBeGreaterThan(1);
    expect(gone).toEqual(gone.map(() => expect.objectContaining({ host: 'p.example' })));
  });

  it("hears of the proxies' addresses alone, and of no tab's requests", async () => {
    followProxies();
    const { onRequest, onErrorOccurred, onAuthRequired } = proxies;
    const heard = () => [onRequest, onErrorOccurred, onAuthRequired].map(({ filters }) => filters);
    expect(heard()).toEqual([[], [], []]);
    await saveProxy('groq', 'http://p.example:3128');
    await vi.waitFor(() => expect(onRequest.filters).toHaveLength(1));
    const filter = { urls: ['https://api.groq.com/*'], types: ['xmlhttprequest'], tabId: -1 };
    expect(heard()).toEqual([[filter], [filter], [filter]]);
    await saveProxy('groq', '');
    await vi.waitFor(() => expect(heard()).toEqual([[], [], []]));
  });

  it('the permissions are given back with the last proxy, whatever took it away', async () => {
    followProxies();
    await saveProxy('groq', 'http://p.example:3128');
    await saveProxy('mistral', 'http://p.example:3128');
    await saveProxy('groq', '');
    await proxyFor('https://api.mistral.ai/v1/models', 'mistral');
    expect(extension.denied.size).toBe(0);
    await resetSettings();
    await vi.waitFor(() => expect([...extension.denied]).toEqual(PROXY_PERMISSIONS));
  });

  it('the permissions stay when they were granted for a proxy that is yet to be saved', async () => {
    followProxies();
    extension.denied.add('proxy');
    await fakeBrowser.permissions.request({ permissions: ['proxy'] });
    await saveProxy('groq', 'http://p.example:3128');
    expect(await proxyFor(url, 'groq')).toBeDefined();
    expect(extension.denied.size).toBe(0);
  });

  it('nothing leaves once the person has taken the permission back', async () => {
    await saveProxy('groq', 'http://p.example:3128');
    expect(await proxyFor(url, 'groq')).toBeDefined();
    extension.denied.add('proxy');
    expect(await refusal()).toMatchObject({ kind: 'proxy-blocked' });
  });
});

describe('a proxy', () => {
  beforeEach(async () => {
    await setUp('script');
    followProxies();
    await saveProxy('groq', 'http://[::1]:3128');
  });

  it.each([
    ['net::ERR_PROXY_CONNECTION_FAILED'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED'],
    ['net::ERR_SOCKS_CONNECTION_FAILED'],
    ['NS_ERROR_PROXY_CONNECTION_REFUSED'],
    ['NS_ERROR_UNKNOWN_PROXY_HOST'],
    ['NS_ERROR_CONNECTION_REFUSED'],
  ])('is blamed for %s', async (error) => {
    const watch = (await proxyFor(url, 'groq'))?.watch();
    proxies.onErrorOccurred.fire({ url, error });
    expect(await watch?.trouble()).toEqual({ kind: 'proxy-failed', detail: error });
  });

  it('is not blamed for what the server did, or what failed elsewhere', async () => {
    vi.useFakeTimers();
    const watch = (await proxyFor(url, 'groq'))?.watch();
    const trouble = watch?.trouble();
    const proxyError = 'net::ERR_PROXY_CONNECTION_FAILED';
    proxies.onErrorOccurred.fire({ url, error: 'net::ERR_CERT_DATE_INVALID' });
    proxies.onErrorOccurred.fire({ url: 'https://a.example/', error: proxyError });
    await vi.runAllTimersAsync();
    expect(await trouble).toBeUndefined();
    vi.useRealTimers();
  });
});
