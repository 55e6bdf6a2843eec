/** A provider's proxy as pages deal with it. */
import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { sendMessage, type ProviderInfo } from '../messages';
import { PROXY_PERMISSIONS, readProxy, type ProxyLogin, type ProxyProblem } from '../proxy-address';
import { proxyState, proxySupport, type ProxyState } from '../proxy-support';
import { loadProviders } from './provider-list';

/** How a proxy's address looks. */
export const PROXY_EXAMPLE = 'http://proxy.example:3128';

/** What is typed into the form. */
export interface TypedProxy {
  address: string;
  user: string;
  password: string;
}

/** Why a proxy cannot be used as typed. */
export type TypedProxyProblem = ProxyProblem | 'socks-login';

/** Reads what was typed; a user and password in the address are moved to where they belong. */
export function typedProxy({
  address: text,
  user,
  password,
}: TypedProxy): { address: string; login: ProxyLogin | null } | { problem: TypedProxyProblem } {
  const read = readProxy(text);
  if ('problem' in read) return read;
  const { address } = read;
  const login = user || password ? { user, password } : read.login;
  const isSocks = address.startsWith('socks5:');
  // https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md#SOCKSv5-proxy-scheme
  if (login && isSocks && proxySupport() === 'script') return { problem: 'socks-login' };
  return { address, login };
}

/** Whether a proxy can be used now, kept in step; undefined until the browser has answered. */
export function useProxyState(): ProxyState | undefined {
  const [state, setState] = useState<ProxyState>();
  useEffect(() => {
    const look = () => void proxyState().then(setState);
    look();
    browser.permissions.onAdded.addListener(look);
    browser.permissions.onRemoved.addListener(look);
    // Of another extension's proxy one hears nothing without having it in force.
    addEventListener('focus', look);
    return () => {
      browser.permissions.onAdded.removeListener(look);
      browser.permissions.onRemoved.removeListener(look);
      removeEventListener('focus', look);
    };
  }, []);
  return state;
}

/** Asks for proxies, where the browser has the person decide; must be called within a click. */
export async function allowProxies(): Promise<boolean> {
  if (proxySupport() !== 'question') return true;
  return browser.permissions.request({ permissions: PROXY_PERMISSIONS });
}

/** Keeps the proxy in place of the one before; an empty address takes it away. */
export async function saveProxy(
  { id: provider }: ProviderInfo,
  address: string,
  login: ProxyLogin | null,
): Promise<void> {
  await sendMessage('saveProxy', { provider, address, login });
  await loadProviders();
}
