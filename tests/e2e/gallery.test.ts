/** Pictures: all of them with what they were asked for by, and what one can do with them. */
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { drawPicture } from '../stand-ins/picture.ts';
import {
  articles,
  byRole,
  clickButton,
  fill,
  readPicture,
  send,
  waitForReplyState,
} from './browser.ts';
import { saving } from './files.ts';
import { readTables } from './stored.ts';
import { startNewChat, startStory } from './story.ts';
import { confirm, openView } from './views.ts';

const story = startStory();

/** A new conversation with this picture. */
async function draw(prompt: string): Promise<Page> {
  const panel = await story.freshPanel('dalle');
  await send(panel, prompt);
  await waitForReplyState(panel, 'done');
  return panel;
}

/** The names of the pictures shown, in order. */
function shown(panel: Page): Promise<string[]> {
  return panel.$$eval('section[aria-label="Pictures"] ul button', (cells) =>
    cells.map((cell) => cell.getAttribute('aria-label') ?? ''),
  );
}

function bytesOf(prompt: string): Buffer {
  return drawPicture(encodeURIComponent(prompt));
}

it('shows the pictures of all conversations, small ones first made in the worker', async () => {
  await draw('A red fox');
  const panel = await draw('A blue whale');
  await openView(panel, 'Pictures');
  await expect.poll(() => shown(panel)).toEqual(['A blue whale', 'A red fox']);
  const cell = await byRole(panel, 'button', 'A red fox');
  const small = await cell.waitForSelector('img[src^="data:image/webp;base64,"]');
  const sizes = await small?.evaluate(async (image) => {
    if (!(image instanceof HTMLImageElement)) return undefined;
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  });
  expect(sizes).toEqual([320, 320]);
  await expect
    .poll(async () =>
      (await readTables(panel, ['blobs'])).blobs.map((row) => typeof row['thumbnail']),
    )
    .toEqual(['string', 'string']);
});

it('shows a picture that is drawn meanwhile at once, in another window too', async () => {
  const panel = await story.freshPanel('dalle');
  await openView(panel, 'Pictures');
  const other = await story.aside.openPanelTab();
  await send(other, 'A green frog');
  await waitForReplyState(other, 'done');
  await other.close();
  await expect.poll(async () => (await shown(panel))[0]).toBe('A green frog');
});

it('finds pictures by the words of their prompts and their models', async () => {
  const panel = await story.freshPanel();
  await openView(panel, 'Pictures');
  await expect.poll(() => shown(panel)).toContain('A red fox');
  const box = await byRole(panel, 'searchbox', 'Search pictures');
  await fill(panel, box, 'WHALE dalle');
  await expect.poll(() => shown(panel)).toEqual(['A blue whale']);
  await fill(panel, box, 'zebra');
  await panel.waitForSelector('::-p-text(No picture has these words.)');
});

it('shows one large with prompt, model and date, and opens its conversation', async () => {
  const panel = await story.freshPanel();
  await openView(panel, 'Pictures');
  await clickButton(panel, 'A red fox');
  const dialog = await byRole(panel, 'dialog', 'Image');
  const large = await dialog.waitForSelector('img[src^="data:image/png;base64,"]');
  const src = await large?.evaluate((image) => image.getAttribute('src'));
  expect(src).toBe(`data:image/png;base64,${bytesOf('A red fox').toString('base64')}`);
  const text = await dialog.evaluate((element) => element.textContent);
  expect(text).toContain('A red fox');
  expect(text).toContain('AI-Chats.org: dalle');
  expect(text).toContain(String(new Date().getFullYear()));
  await clickButton(panel, 'Open conversation');
  await panel.waitForSelector('[role="dialog"]', { hidden: true });
  expect((await readPicture(panel)).alt).toBe('A red fox');
  expect((await articles(panel)).map((message) => message.text)).toContain('A red fox');
});

it('saves chosen pictures in one zip, with the bytes of the server', async () => {
  const panel = await story.freshPanel();
  await openView(panel, 'Pictures');
  await clickButton(panel, 'Select');
  for (const name of ['A red fox', 'A blue whale']) {
    await (await byRole(panel, 'checkbox', name)).click();
  }
  await panel.waitForSelector('[role="status"]::-p-text(2 selected)');
  const { name, bytes } = await saving(story.aside, () => clickButton(panel, 'Save as zip'));
  expect(name).toMatch(/^Aside pictures \d{4}-\d\d-\d\d\.zip$/u);
  const files = unzipSync(bytes);
  expect(Object.keys(files).toSorted()).toEqual(['A-blue-whale.png', 'A-red-fox.png']);
  expect(bytesOf('A red fox').equals(files['A-red-fox.png'] ?? Buffer.of())).toBe(true);
  expect(strFromU8(files['A-blue-whale.png']?.subarray(1, 4) ?? Buffer.of())).toBe('PNG');
});

it('deletes a picture for good: its prompt stays, its bytes go', async () => {
  const panel = await draw('A grey cat');
  await startNewChat(panel);
  await openView(panel, 'Pictures');
  await clickButton(panel, 'A grey cat');
  await byRole(panel, 'dialog', 'Image');
  await clickButton(panel, 'Delete');
  await confirm(panel, 'Delete');
  await panel.keyboard.press('Escape');
  await panel.waitForSelector('[role="dialog"]', { hidden: true });
  await expect.poll(() => shown(panel)).not.toContain('A grey cat');
  const { blobs } = await readTables(panel, ['blobs']);
  const gone = bytesOf('A grey cat').toString('base64');
  expect(blobs.map((row) => row['bytes'])).not.toContain(gone);
  await panel.reload();
  await panel.waitForSelector('article ::-p-text(This picture was deleted.)');
  expect((await articles(panel)).map(({ text }) => text)[0]).toBe('A grey cat');
});
