/** Whether this browser lets Aside send requests through a proxy. */
import { browser } from 'wxt/browser';
import { PROXY_PERMISSIONS } from './proxy-address';

/** One of Aside's or of a page's own requests, as Firefox asks about it. */
export interface ProxiedRequest {
  url: string;
  /** The page that asks; of Aside's own requests one of its own. */
  originUrl?: string;
}

/** Whether a request is Aside's own. Firefox names the page that makes it, Chromium the page's origin. */
export function isOwnRequest(request: { originUrl?: string; initiator?: string }): boolean {
  const { originUrl, initiator = '' } = request;
  return `${originUrl ?? initiator}/`.startsWith(browser.runtime.getURL('/'));
}

/** How Firefox is told of a proxy. https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/proxy/ProxyInfo */
export interface ProxyInfo {
  type: 'http' | 'https' | 'socks';
  host: string;
  port: number;
  username?: string;
  password?: string;
  /** Whether the proxy looks up names, too. */
  proxyDNS?: boolean;
}

/** Firefox's question on each request, which WXT's types leave out. */
interface RequestEvent {
  addListener(
    listener: (request: ProxiedRequest) => ProxyInfo | undefined,
    filter: { urls: string[]; types: 'xmlhttprequest'[]; tabId: number },
  ): void;
  hasListener(listener: (request: ProxiedRequest) => ProxyInfo | undefined): boolean;
  removeListener(listener: (request: ProxiedRequest) => ProxyInfo | undefined): void;
}

/**
 * What the build is made for: no proxies (`none`); those of the whole browser by a script, as Chromium
 * has them (`script`); those of Aside's own requests, once the person has agreed, as in Firefox (`question`).
 */
export type ProxySupport = 'none' | 'script' | 'question';

export function proxySupport(): ProxySupport {
  const manifest = browser.runtime.getManifest();
  const optional: string[] = manifest.optional_permissions ?? [];
  if (manifest.permissions?.includes('proxy')) return 'script';
  return optional.includes('proxy') ? 'question' : 'none';
}

/** Whether a proxy can be used now, or why not: another extension or a policy may have its own in force. */
export type ProxyState = 'usable' | 'no-support' | 'no-permission' | 'taken';

export async function proxyState(): Promise<ProxyState> {
  const support = proxySupport();
  if (support === 'none') return 'no-support';
  if (!(await browser.permissions.contains({ permissions: PROXY_PERMISSIONS }))) {
    return 'no-permission';
  }
  if (support === 'question') return 'usable';
  const { levelOfControl } = await browser.proxy.settings.get({});
  return levelOfControl.endsWith('_by_this_extension') ? 'usable' : 'taken';
}

/** Firefox's event; undefined in other browsers, and while the person has not agreed. */
export function proxyRequests(): RequestEvent | undefined {
  const { proxy }: { proxy?: typeof browser.proxy & { onRequest?: RequestEvent } } = browser;
  return proxy?.onRequest;
}
