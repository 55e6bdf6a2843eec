/** Which hosts the person lets Aside reach, as the browser tells it now. */
import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { hostPattern } from '../host-pattern';

/**
 * Whether Aside may reach the address's host, kept in step: the person can change it in the browser
 * itself too. Undefined until the browser has answered, and for what is no address.
 */
export function useAccess(address: string): boolean | undefined {
  const pattern = hostPattern(address);
  const [known, setKnown] = useState<{ pattern: string; isAllowed: boolean }>();
  useEffect(() => {
    if (!pattern) return undefined;
    const look = () =>
      void hasAccess(pattern).then((isAllowed) => setKnown({ pattern, isAllowed }));
    look();
    browser.permissions.onAdded.addListener(look);
    browser.permissions.onRemoved.addListener(look);
    return () => {
      browser.permissions.onAdded.removeListener(look);
      browser.permissions.onRemoved.removeListener(look);
    };
  }, [pattern]);
  return known?.pattern === pattern ? known?.isAllowed : undefined;
}

/** Whether the match pattern is allowed. */
export function hasAccess(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] });
}

/** Asks for hosts; must be called within a click. Answers whether all of them are allowed now. */
export function requestAccess(...patterns: string[]): Promise<boolean> {
  return browser.permissions.request({ origins: patterns });
}

/** Takes back the right to reach the address's host. */
export async function removeAccess(address: string): Promise<void> {
  const pattern = hostPattern(address);
  if (pattern) await browser.permissions.remove({ origins: [pattern] });
}

/** Whether the address's host comes with the extension: the browser lets nobody take that back here. */
export function isGrantedAtInstall(address: string): boolean {
  const { protocol, hostname = '' } = URL.parse(address) ?? {};
  const patterns: string[] = browser.runtime.getManifest().host_permissions ?? [];
  return patterns.some((pattern) => {
    const [scheme, host = ''] = pattern.split(/:\/\/|\//u);
    const isUnder = host.startsWith('*.') && `.${hostname}`.endsWith(host.slice(1));
    return `${scheme}:` === protocol && (host === hostname || isUnder);
  });
}
