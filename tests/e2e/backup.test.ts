/** Everything into one file and back: nothing is lost on the way, and no bad file changes anything. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import {
  articles,
  byRole,
  clickButton,
  fill,
  pickModel,
  readPicture,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { chooseFile, saving, type SavedFile } from './files.ts';
import { readTables, type StoredRow } from './stored.ts';
import { startStory } from './story.ts';
import {
  confirm,
  converse,
  editRow,
  openFromHistory,
  openSettings,
  openView,
  pressAt,
  pressInRow,
} from './views.ts';

const story = startStory();

const PASSPHRASE = 'корова 🐄 correct horse';

/** A conversation with two versions of its prompt, in a folder, pinned; and one with a picture. */
async function live(): Promise<Page> {
  const panel = await converse(story, 'First saying', 'First answer.');
  story.service.answerNext({ kind: 'text', text: 'Second answer.' });
  await pressAt(panel, 1, 'Edit');
  await fill(panel, await byRole(panel, 'textbox', 'Edit message'), 'Second saying');
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Second answer.');
  await waitForReplyState(panel, 'done');
  await openView(panel, 'History');
  await editRow(panel, 'First saying', { Title: 'Sayings', Folder: 'Kept' });
  await pressInRow(panel, 'Sayings', 'Pin');
  const drawn = await story.freshPanel('dalle');
  await pickModel(drawn, 'AI-Chats.org: dalle');
  await send(drawn, 'A barn');
  await waitForReplyState(drawn, 'done');
  return drawn;
}

/** What a person would miss: rows without what is derived from them. */
async function readAll(page: Page): Promise<StoredRow[]> {
  const { conversations, messages, parts, blobs } = await readTables(page, [
    'conversations',
    'messages',
    'parts',
    'blobs',
  ]);
  const bytes = blobs.map(({ thumbnail: _, ...row }) => row);
  return [...conversations, ...messages, ...parts, ...bytes];
}

async function backUp(settings: Page, passphrase = ''): Promise<SavedFile> {
  if (passphrase) {
    await fill(settings, await byRole(settings, 'textbox', 'Passphrase (optional)'), passphrase);
    await fill(settings, await byRole(settings, 'textbox', 'Repeat the passphrase'), passphrase);
  }
  const file = await saving(story.aside, () => clickButton(settings, 'Back up everything'));
  await settings.waitForSelector('[role="status"]::-p-text(The backup is among your downloads.)');
  return file;
}

async function deleteEverything(settings: Page): Promise<void> {
  await clickButton(settings, 'Delete everything');
  await confirm(settings, 'Delete everything');
  await settings.waitForSelector('[role="status"]::-p-text(Everything was deleted.)');
}

/** Waits for a sentence, told as a failure or as an outcome. */
async function told(settings: Page, role: 'alert' | 'status', text: string): Promise<void> {
  await settings.waitForSelector(`section [role="${role}"]::-p-text(${text})`);
}

it('has everything back after a backup, the deletion of everything, and an import', async () => {
  const panel = await live();
  const shown = await articles(panel);
  const picture = await readPicture(panel);
  const settings = await openSettings(story);
  const before = await readAll(settings);
  const file = await backUp(settings);
  expect(file.name).toMatch(/^Aside backup \d{4}-\d\d-\d\d\.zip$/u);
  await deleteEverything(settings);
  expect(await readAll(settings)).toEqual([]);
  await expect.poll(() => articles(panel)).toEqual([]);

  await chooseFile(settings, 'Import a file', file);
  await told(settings, 'status', '2 conversations were added.');
  expect(await readAll(settings)).toEqual(before);
  await openFromHistory(panel, 'A barn');
  expect(await readPicture(panel)).toEqual(picture);
  expect(await articles(panel)).toEqual(shown);
  await openFromHistory(panel, 'Sayings');
  await waitForReplyText(panel, 'Second answer.');
  await pressAt(panel, 1, 'Previous version');
  await waitForReplyText(panel, 'First answer.');

  const changed = await readAll(settings);
  await chooseFile(settings, 'Import a file', file);
  await told(settings, 'status', 'Everything in this file was here already.');
  expect(await readAll(settings)).toEqual(changed);
  await settings.close();
});

it('opens an encrypted backup by its passphrase alone; a wrong one changes nothing', async () => {
  const panel = await converse(story, 'Top secret', 'My lips are sealed.');
  const settings = await openSettings(story);
  const before = await readAll(settings);
  const file = await backUp(settings, PASSPHRASE);
  expect(file.name).toMatch(/\.aside$/u);
  expect(file.bytes.includes('secret')).toBe(false);
  await deleteEverything(settings);

  await chooseFile(settings, 'Import a file', file);
  await told(settings, 'alert', `“${file.name}” is encrypted. Enter its passphrase.`);
  const field = () => byRole(settings, 'textbox', 'Passphrase of the file');
  await fill(settings, await field(), 'korova 🐄 correct horse');
  await clickButton(settings, 'Open');
  await told(
    settings,
    'alert',
    `This is not the passphrase of “${file.name}”. Nothing was changed.`,
  );
  expect(await readAll(settings)).toEqual([]);
  await fill(settings, await field(), PASSPHRASE);
  await settings.keyboard.press('Enter');
  await told(settings, 'status', 'were added.');
  expect(await readAll(settings)).toEqual(before);
  await openFromHistory(panel, 'Top secret');
  await waitForReplyText(panel, 'My lips are sealed.');
  await settings.close();
});

it('does not back up while the two passphrases differ', async () => {
  const settings = await openSettings(story);
  await fill(settings, await byRole(settings, 'textbox', 'Passphrase (optional)'), 'one');
  await fill(settings, await byRole(settings, 'textbox', 'Repeat the passphrase'), 'other');
  await clickButton(settings, 'Back up everything');
  await told(settings, 'alert', 'The two passphrases are not the same.');
  expect(await settings.$('progress')).toBeNull();
  await settings.close();
});

it('refuses a broken and a foreign file in words, and changes nothing', async () => {
  await converse(story, 'Untouched', 'As it was.');
  const settings = await openSettings(story);
  const before = await readAll(settings);
  const { name, bytes } = await backUp(settings);
  const middle = Math.floor(bytes.length / 2);
  await chooseFile(settings, 'Import a file', { name, bytes: bytes.subarray(0, middle) });
  await told(settings, 'alert', 'The file is damaged. Nothing was changed.');
  const foreign = { name: 'list.json', bytes: Buffer.from('{"shopping": ["milk"]}') };
  await chooseFile(settings, 'Import a file', foreign);
  await told(settings, 'alert', 'Aside does not know this kind of file. Nothing was changed.');
  expect(await readAll(settings)).toEqual(before);
  await settings.close();
});
