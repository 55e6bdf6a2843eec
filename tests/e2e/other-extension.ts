/** A second, unrelated extension, in a folder of its own. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes an extension that has nothing but an empty page, `page.html`; gives its folder. */
export async function writeOtherExtension(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'other-extension-'));
  const manifest = { manifest_version: 3, name: 'Another extension', version: '1' };
  await writeFile(join(dir, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(dir, 'page.html'), '<!doctype html><title>Another extension</title>');
  return dir;
}
