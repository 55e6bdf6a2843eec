import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { builtExtension } from './chromium.ts';

/**
 * A copy of the build that holds these hosts (match patterns) from the start: without a screen nobody
 * can answer the browser's question for them. It goes with the story.
 */
export async function buildWithHosts(...hosts: string[]): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'aside-hosts-'));
  afterAll(() => rm(dir, { recursive: true }));
  await cp(builtExtension(), dir, { recursive: true });
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'));
  manifest.host_permissions.push(...hosts);
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
  return dir;
}
