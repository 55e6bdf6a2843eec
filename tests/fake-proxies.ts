/** The browser's proxies as an extension meets them: Chromium's one script, Firefox's questions. */
import type { Browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ProxiedRequest, ProxyInfo } from '@/lib/proxy-support';
import { FakeEvent } from './fake-event';

type AuthResponse = Browser.webRequest.BlockingResponse;

export class FakeProxies {
  readonly onRequest = new FakeEvent<[ProxiedRequest]>();
  readonly onErrorOccurred = new FakeEvent<[{ url: string; error: string; requestId: string }]>();
  readonly onCompleted = new FakeEvent<[{ requestId: string }]>();
  readonly onAuthRequired = new FakeEvent<[unknown, (answer: AuthResponse) => void]>();

  /** What Chromium's setting is, and who decides about it. */
  config: Browser.proxy.ProxyConfig = { mode: 'system' };
  levelOfControl = 'controllable_by_this_extension';
  /** How often it was set. */
  sets = 0;

  /** The script in force; empty when there is none. */
  get script(): string {
    return this.config.pacScript?.data ?? '';
  }

  /** What Firefox is told on a request. */
  ask(request: ProxiedRequest): ProxyInfo | undefined {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what listeners of this event return
    return this.onRequest.fire(request)[0] as ProxyInfo | undefined;
  }

  /** What a proxy is answered that wants to know the person. */
  async challenge(details: {
    url: string;
    requestId: string;
    isProxy: boolean;
    challenger: { host: string; port: number };
  }): Promise<AuthResponse> {
    const { promise, resolve } = Promise.withResolvers<AuthResponse>();
    this.onAuthRequired.fire(details, resolve);
    return promise;
  }
}

/** Gives the extension proxies: at install and by a script, or once allowed and by questions. */
export function installProxies(way: 'script' | 'question'): FakeProxies {
  const proxies = new FakeProxies();
  const names = ['proxy', 'webRequest', 'webRequestAuthProvider'];
  const settings = {
    get: () => Promise.resolve({ value: proxies.config, levelOfControl: proxies.levelOfControl }),
    set({ value }: { value: Browser.proxy.ProxyConfig }) {
      proxies.config = value;
      proxies.levelOfControl = 'controlled_by_this_extension';
      proxies.sets += 1;
      return Promise.resolve();
    },
    clear() {
      proxies.config = { mode: 'system' };
      proxies.levelOfControl = 'controllable_by_this_extension';
      return Promise.resolve();
    },
  };
  Object.assign(fakeBrowser, {
    proxy: way === 'script' ? { settings } : { onRequest: proxies.onRequest },
    webRequest: {
      onErrorOccurred: proxies.onErrorOccurred,
      onCompleted: proxies.onCompleted,
      onAuthRequired: proxies.onAuthRequired,
    },
  });
  Object.assign(fakeBrowser.runtime, {
    getManifest: () => ({ [way === 'script' ? 'permissions' : 'optional_permissions']: names }),
  });
  return proxies;
}
