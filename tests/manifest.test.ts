/** What each flavour of the build may do. */
import { describe, expect, it } from 'vitest';
import type { UserManifest } from 'wxt';
import config from '../wxt.config';
import { PROXY_PERMISSIONS } from '@/lib/proxy-address';

async function manifestOf(browser: string, mode: string): Promise<UserManifest> {
  const { manifest } = config;
  if (typeof manifest !== 'function') throw new Error('The manifest is the same for all flavours');
  return manifest({ browser, mode, command: 'build', manifestVersion: 3 });
}

const ofProxies = (names: string[]) => names.filter((name) => /proxy|webRequest/iu.test(name));

describe('the manifest', () => {
  it.each([
    ['chrome', 'proxy', PROXY_PERMISSIONS, []],
    ['edge', 'proxy', PROXY_PERMISSIONS, []],
    ['chrome', 'production', [], []],
    ['chrome', 'bench', [], []],
    ['firefox', 'production', [], PROXY_PERMISSIONS],
    // One permission cannot be both.
    ['firefox', 'proxy', [], PROXY_PERMISSIONS],
  ])(
    'for %s in mode %s has proxies from the start: %j, when asked for: %j',
    async (browser, mode, atOnce, later) => {
      const { permissions = [], optional_permissions: optional = [] } = await manifestOf(
        browser,
        mode,
      );
      expect(ofProxies(permissions)).toEqual(atOnce);
      expect(ofProxies(optional)).toEqual(later);
    },
  );
});
