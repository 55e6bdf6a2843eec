/** Pictures: drawn in the background, shown inline with the server's own bytes, kept and usable. */
import { readdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { drawPicture } from '../stand-ins/picture.ts';
import { articles, byRole, clickButton, readPicture, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

/** The smallest of its kind, one pixel each. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const WEBP = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA';

async function draw(prompt: string): Promise<Page> {
  const panel = await story.freshPanel('dalle');
  await send(panel, prompt);
  await waitForReplyState(panel, 'done');
  return panel;
}

it('shows a place for the picture while it is drawn, and then the bytes of the server', async () => {
  const panel = await story.freshPanel('dalle');
  const gate = Promise.withResolvers<void>();
  story.service.pictureNext({ kind: 'silent', until: gate.promise });
  await send(panel, 'A lighthouse: “Über-Größe”, 灯台 🗼');
  await panel.waitForFunction(
    () => document.querySelector('.drawing')?.textContent === 'AI-Chats.org is drawing · 1 s',
    { polling: 50 },
  );
  const place = await panel.$eval('.drawing', (element) => {
    const { width, height } = element.getBoundingClientRect();
    return { width, height };
  });
  expect(place.width).toBeGreaterThan(200);
  expect(Math.abs(place.width - place.height)).toBeLessThan(1);
  gate.resolve();
  await waitForReplyState(panel, 'done');
  const picture = await readPicture(panel);
  expect(picture.alt).toBe('A lighthouse: “Über-Größe”, 灯台 🗼');
  expect(picture.src).toMatch(/^data:image\/png;base64,/u);
  const name = encodeURIComponent('A lighthouse: “Über-Größe”, 灯台 🗼');
  expect(picture.bytes.equals(drawPicture(name))).toBe(true);
});

it('stops a picture that is being drawn', async () => {
  const panel = await story.freshPanel('dalle');
  story.service.answerNext({ kind: 'silent' });
  await send(panel, 'Never finished');
  await story.service.waitForRequest(({ body }) => body.includes('Never finished'));
  await clickButton(panel, 'Stop');
  await waitForReplyState(panel, 'stopped');
  expect(await panel.$('.drawing')).toBeNull();
  await byRole(panel, 'button', 'Regenerate');
});

it.each([
  { type: 'image/gif', base64: GIF, called: 'text/html' },
  { type: 'image/webp', base64: WEBP, called: 'image/jpeg' },
])('finds $type by its bytes, whatever the server calls it', async ({ type, base64, called }) => {
  const bytes = Buffer.from(base64, 'base64');
  story.service.pictureNext({ kind: 'bytes', contentType: called, bytes });
  const panel = await draw(`One pixel as ${type}`);
  const picture = await readPicture(panel);
  expect(picture.src).toBe(`data:${type};base64,${base64}`);
});

it('still has the picture when the panel was closed, and asks nobody for it again', async () => {
  const panel = await draw('Kept on this device');
  const { src } = await readPicture(panel);
  const asked = story.service.requests.length;
  await story.aside.closePanel();
  await story.aside.killWorker();
  const reopened = await story.aside.openPanel();
  expect((await readPicture(reopened)).src).toBe(src);
  expect(story.service.requests.length).toBe(asked);
});

it('saves the picture under a name that says what it shows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aside-saved-'));
  const session = await story.aside.browser.target().createCDPSession();
  const downloaded = Promise.withResolvers<void>();
  session.on('Browser.downloadProgress', ({ state }) => {
    if (state === 'completed') downloaded.resolve();
  });
  await session.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: folder,
    eventsEnabled: true,
  });
  const panel = await draw('Boats / at: night?');
  const picture = await readPicture(panel);
  await clickButton(panel, 'Save image');
  await downloaded.promise;
  expect(await readdir(folder)).toEqual(['Boats-at-night.png']);
  expect((await readFile(join(folder, 'Boats-at-night.png'))).equals(picture.bytes)).toBe(true);
  await session.detach();
  await rm(folder, { recursive: true });
});

it('copies the picture as an image', async () => {
  const panel = await draw('To be pasted');
  await story.aside.browser
    .defaultBrowserContext()
    .overridePermissions(`chrome-extension://${story.aside.extensionId}`, [
      'clipboard-read',
      'clipboard-sanitized-write',
    ]);
  await clickButton(panel, 'Copy image');
  await panel.waitForSelector('[role="status"]::-p-text(Copied)');
  const size = await panel.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = await createImageBitmap((await item?.getType('image/png')) ?? new Blob());
    return [bitmap.width, bitmap.height];
  });
  expect(size).toEqual([1024, 1024]);
});

it('enlarges the picture on a click, and closes it by Escape', async () => {
  const panel = await draw('Large');
  const image = await panel.waitForSelector('article img');
  await image?.click();
  const dialog = await byRole(panel, 'dialog', 'Image');
  expect(await dialog.$eval('img', (element) => element.alt)).toBe('Large');
  await panel.keyboard.press('Escape');
  await panel.waitForSelector('[role="dialog"]', { hidden: true });
});

it('draws another version on Regenerate and keeps the first', async () => {
  const panel = await draw('Twice');
  story.service.pictureNext({
    kind: 'bytes',
    contentType: 'image/gif',
    bytes: Buffer.from(GIF, 'base64'),
  });
  await clickButton(panel, 'Regenerate');
  await panel.waitForSelector('::-p-text(2/2)');
  expect((await readPicture(panel)).src).toContain('data:image/gif');
  await clickButton(panel, 'Previous version');
  await panel.waitForSelector('::-p-text(1/2)');
  expect((await readPicture(panel)).src).toContain('data:image/png');
  expect(await articles(panel)).toHaveLength(2);
});
