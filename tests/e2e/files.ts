/** Files that Aside saves among the downloads, and those that a person hands it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Aside } from './browser.ts';
import { clickButton } from './locators.ts';

/** A saved file; the name is the one that Aside gave it. */
export interface SavedFile {
  name: string;
  bytes: Buffer;
}

/** Does something and waits for the file that it saves. */
export async function saving(aside: Aside, act: () => Promise<unknown>): Promise<SavedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'aside-saved-'));
  const session = await aside.browser.target().createCDPSession();
  const names = new Map<string, string>();
  const saved = Promise.withResolvers<string>();
  session.on('Browser.downloadWillBegin', ({ guid, suggestedFilename }) =>
    names.set(guid, suggestedFilename),
  );
  session.on('Browser.downloadProgress', ({ guid, state }) => {
    if (state === 'completed') saved.resolve(guid);
    if (state === 'canceled') saved.reject(new Error('The download was canceled'));
  });
  try {
    await session.send('Browser.setDownloadBehavior', {
      behavior: 'allowAndName',
      downloadPath: folder,
      eventsEnabled: true,
    });
    const [guid] = await Promise.all([saved.promise, act()]);
    return { name: names.get(guid) ?? '', bytes: await readFile(join(folder, guid)) };
  } finally {
    await session.detach();
    await rm(folder, { recursive: true });
  }
}

/** Presses the button that asks for a file, and chooses this one. */
export async function chooseFile(page: Page, button: string, file: SavedFile): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aside-chosen-'));
  const path = join(folder, file.name);
  await writeFile(path, file.bytes);
  const [chooser] = await Promise.all([page.waitForFileChooser(), clickButton(page, button)]);
  await chooser.accept([path]);
}
