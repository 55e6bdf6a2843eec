/** The browser's proxies as an extension meets them: Chromium's one script, Firefox's questions. */
import type { Browser } from 'wxt/browser';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { ProxiedRequest, ProxyInfo } from '@/lib/proxy-support';
import { FakeEvent } from './fake-event';

type AuthResponse = Browser.webRequest.BlockingResponse;

interface Filter {
  urls: string[];
  tabId?: number;
}

/** An event of requests, which a listener hears of by the addresses and the tab in its filter. */
class RequestEvent<Arguments extends unknown[]> extends FakeEvent<Arguments> {
  readonly #filters = new Map<unknown, Filter>();

  override addListener(listener: (...args: Arguments) => unknown, filter: Filter = { urls: [] }) {
    // As in Firefox: a second filter for the same listener is not heard of.
    if (!this.hasListener(listener)) this.#filters.set(listener, filter);
    super.addListener(listener);
  }

  override removeListener(listener: (...args: Arguments) => unknown) {
    this.#filters.delete(listener);
    super.removeListener(listener);
  }

  /** What is listened for. */
  get filters(): Filter[] {
    return [...this.#filters.values()];
  }
}

export class FakeProxies {
  readonly onRequest = new RequestEvent<[ProxiedRequest]>();
  readonly onErrorOccurred = new RequestEvent<[{ url: string; error: string }]>();
  readonly onAuthRequired = new RequestEvent<[unknown, (answer: AuthResponse) => void]>();

  /** What Chromium's setting is, and who decides about it. */
  config: Browser.proxy.ProxyConfig = { mode: 'system' };
  levelOfControl = 'controllable_by_this_extension';
  /** How often it was set. */
  sets = 0;
  /** What the browser says to a setting instead of taking it. */
  refusal: Error | undefined;

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
    originUrl?: string;
    initiator?: string;
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
      if (proxies.refusal) return Promise.reject(proxies.refusal);
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
      onAuthRequired: proxies.onAuthRequired,
    },
  });
  Object.assign(fakeBrowser.runtime, {
    getManifest: () => ({ [way === 'script' ? 'permissions' : 'optional_permissions']: names }),
  });
  return proxies;
}
