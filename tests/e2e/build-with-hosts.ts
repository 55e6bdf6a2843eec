/** Copies of the build that hold more from the start: without a screen nobody can answer a question. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { PROXY_PERMISSIONS } from '../../lib/proxy-address.ts';
import { builtExtension } from './chromium.ts';

/** A copy of the build that holds these hosts (match patterns). It goes with the story. */
export function buildWithHosts(...hosts: string[]): Promise<string> {
  return buildWith(hosts, []);
}

/** The same as the flavour with proxies: its scripts are those of the ordinary one, it may more. */
export function buildWithProxies(...hosts: string[]): Promise<string> {
  return buildWith(hosts, PROXY_PERMISSIONS);
}

async function buildWith(hosts: string[], permissions: string[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'aside-hosts-'));
  afterAll(() => rm(dir, { recursive: true }));
  await cp(builtExtension(), dir, { recursive: true });
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  manifest.host_permissions.push(...hosts);
  manifest.permissions.push(...permissions);
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
  return dir;
}
