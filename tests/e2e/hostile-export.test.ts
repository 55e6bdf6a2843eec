/** What leaves the panel of a hostile conversation is as harmless as what it shows. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { allHostileMessages } from '../hostile-messages.ts';
import { isAnswering } from './answering.ts';
import { byRole, promptBox } from './browser.ts';
import { saving } from './files.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory } from './story.ts';
import { watchTrespasses } from './trespass.ts';
import { openView, pressInRow } from './views.ts';

const story = startStory();

const messages = allHostileMessages();

let stored: Promise<void> | undefined;
let exported: Promise<string> | undefined;

async function store(): Promise<void> {
  const page = await story.aside.openPanelTab();
  await promptBox(page);
  await storeConversation(
    page,
    'hostile',
    messages.map((text) => [text, text]),
  );
  await page.close();
}

async function exportHtml(): Promise<string> {
  await (stored ??= store());
  const page = await story.aside.openPanelTab();
  await openView(page, 'History');
  const { bytes } = await saving(story.aside, async () => {
    await pressInRow(page, 'Long ago', 'Export');
    await (await byRole(page, 'menuitem', 'HTML')).click();
  });
  await page.close();
  return bytes.toString();
}

const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/u;

it.each([
  { name: 'as it was saved', change: (html: string) => html },
  { name: 'also without the policy in it', change: (html: string) => html.replace(POLICY, '') },
])('exports hostile messages as HTML that runs and loads nothing, $name', async ({ change }) => {
  const saved = await (exported ??= exportHtml());
  expect(saved).toMatch(POLICY);
  const folder = await mkdtemp(join(tmpdir(), 'aside-hostile-'));
  const file = join(folder, 'export.html');
  await writeFile(file, change(saved));
  const page = await story.aside.browser.newPage();
  const trespasses = await watchTrespasses(page, 'main');
  await page.goto(pathToFileURL(file).href);
  const shown = await page.$$eval('main > article', (articles) => articles.length);
  expect(shown).toBe(2 * messages.length);
  expect(await page.title()).toBe('Long ago');
  expect(await trespasses()).toEqual([]);
  await page.close();
  await rm(folder, { recursive: true });
});

it('finds in hostile messages, and shows what it found as text', async () => {
  await (stored ??= store());
  const page = await story.aside.openPanelTab();
  const trespasses = await watchTrespasses(page, '[role="log"]');
  await page.goto(new URL('?conversation=hostile', page.url()).href);
  // Before that there is nothing to find in.
  await page.waitForSelector('article');
  await (await promptBox(page)).focus();
  await page.keyboard.down('Control');
  await page.keyboard.press('f');
  await page.keyboard.up('Control');
  await (await byRole(page, 'searchbox', 'Find in conversation')).type('<script>alert(1)');
  await page.waitForSelector('[role="search"] [role="status"]::-p-text(1 of )');
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => [...(CSS.highlights.get('find-current') ?? [])].length === 1, {
      polling: 20,
    });
  }
  await page.keyboard.press('Escape');
  expect(await trespasses()).toEqual([]);
  expect(await isAnswering(page)).toBe(true);
  await page.close();
});
