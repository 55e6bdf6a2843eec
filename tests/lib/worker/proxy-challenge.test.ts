import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { activeProviders } from '@/lib/settings';
import { keyDatabase } from '@/lib/worker/database';
import { followProxies, proxyFor } from '@/lib/worker/proxies';
import { saveProxy } from '@/lib/worker/proxy-login';
import { installExtension } from '../../fake-extension';
import { FakeProxies, installProxies } from '../../fake-proxies';

const url = 'https://api.groq.com/openai/v1/models';
const challenger = { host: '::1', port: 3128 };
const asks = { url, isProxy: true, challenger };
const login = { user: 'me', password: 'secret' };
const authCredentials = { username: 'me', password: 'secret' };

let proxies: FakeProxies;
let requests = 0;
/** Each is another request. */
const nextId = () => `request ${(requests += 1)}`;

async function setUp(way: 'script' | 'question'): Promise<void> {
  installExtension();
  proxies = installProxies(way);
  await keyDatabase.keyring.clear();
  await activeProviders.setValue(['groq']);
  await saveProxy('groq', 'http://[::1]:3128', login);
  followProxies();
  await proxyFor(url, 'groq');
}

describe.each([
  ['Chromium', 'script', { initiator: fakeBrowser.runtime.getURL('/').slice(0, -1) }],
  ['Firefox', 'question', { originUrl: fakeBrowser.runtime.getURL('/background.html') }],
] as const)('a proxy, in %s', (_, way, own) => {
  beforeEach(() => setUp(way));
  afterEach(() => void vi.restoreAllMocks());

  it('is told its login, once a request', async () => {
    const first = { ...asks, requestId: nextId() };
    expect(await proxies.challenge(first)).toEqual({ authCredentials });
    expect(await proxies.challenge(first)).toEqual({});
    expect(await proxies.challenge({ ...asks, requestId: nextId() })).toEqual({ authCredentials });
  });

  it.each([
    ['a server that is no proxy', { isProxy: false }],
    ['another proxy', { challenger: { host: 'evil.example', port: 3128 } }],
    ['another port', { challenger: { host: '::1', port: 1 } }],
    ['the proxy of another address', { url: 'https://elsewhere.example/' }],
  ])('is meant: %s is told nothing', async (_who, changes) => {
    expect(await proxies.challenge({ ...asks, ...own, requestId: nextId(), ...changes })).toEqual(
      {},
    );
  });

  it('that refuses the login is to blame, and an own request ends instead of asking the person', async () => {
    const watch = (await proxyFor(url, 'groq'))?.watch();
    const request = { ...asks, ...own, requestId: nextId() };
    await proxies.challenge(request);
    expect(await proxies.challenge(request)).toEqual({ cancel: true });
    proxies.onErrorOccurred.fire({ url, error: 'net::ERR_TUNNEL_CONNECTION_FAILED' });
    expect(await watch?.trouble()).toEqual({ kind: 'proxy-login' });
  });

  it("leaves what becomes of a page's request to the browser", async () => {
    const request = { ...asks, originUrl: 'https://page.example/', requestId: nextId() };
    await proxies.challenge(request);
    expect(await proxies.challenge(request)).toEqual({});
  });

  it('is answered also when nobody can tell its login', async () => {
    vi.spyOn(fakeBrowser.storage.local, 'get').mockRejectedValue(new Error('no disk'));
    expect(await proxies.challenge({ ...asks, ...own, requestId: nextId() })).toEqual({
      cancel: true,
    });
    expect(await proxies.challenge({ ...asks, requestId: nextId() })).toEqual({});
  });
});
