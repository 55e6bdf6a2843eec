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
    return followAccess(look);
  }, [pattern]);
  return known?.pattern === pattern ? known?.isAllowed : undefined;
}

/**
 * The match patterns that the person has allowed, without those that came at install; kept in step.
 * Undefined until the browser has answered.
 */
export function useAllowedHosts(): string[] | undefined {
  const [allowed, setAllowed] = useState<string[]>();
  useEffect(() => {
    const look = async () => {
      const { origins = [] } = await browser.permissions.getAll();
      setAllowed(origins.filter((pattern) => !isGrantedAtInstall(pattern)));
    };
    return followAccess(() => void look());
  }, []);
  return allowed;
}

/** Looks at once, and at each change until the function that comes back is called. */
function followAccess(look: () => void): () => void {
  look();
  browser.permissions.onAdded.addListener(look);
  browser.permissions.onRemoved.addListener(look);
  return () => {
    browser.permissions.onAdded.removeListener(look);
    browser.permissions.onRemoved.removeListener(look);
  };
}

/** Whether the match pattern is allowed. */
export function hasAccess(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] });
}

/** Asks for hosts; must be called within a click. Answers whether all of them are allowed now. */
export function requestAccess(...patterns: string[]): Promise<boolean> {
  return browser.permissions.request({ origins: patterns });
}

/**
 * Takes back the right to reach what the match pattern names. Answers whether it is taken back: the
 * browser keeps what a company's policy allows, and says so by rejecting or by false.
 */
export function removeAccess(pattern: string): Promise<boolean> {
  return browser.permissions.remove({ origins: [pattern] }).catch(() => false);
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
