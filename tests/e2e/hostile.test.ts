/**
 * Nothing that a model writes can run, reach out or take over the page. The closing checks of the
 * story also find whatever was asked of the network, and everything uncaught.
 */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { allHostileMessages, ownHostileMessages, type HostileKind } from '../hostile-messages.ts';
import { isAnswering, settle } from './answering.ts';
import { promptBox, send } from './browser.ts';
import { piecesOf, showStored } from './hostile-stage.ts';
import { startStory } from './story.ts';
import { watchTrespasses } from './trespass.ts';
import { joinPort, streamByCharacter } from './worker-words.ts';

const story = startStory();

interface Watched {
  page: Page;
  trespasses: () => Promise<string[]>;
}

/** A page of the panel, watched from its next navigation on. */
async function openWatched(): Promise<Watched> {
  const page = await story.aside.openPanelTab();
  await promptBox(page);
  await joinPort(page);
  return { page, trespasses: await watchTrespasses(page, '[role="log"]') };
}

/** Nothing was done, opened or renamed, and the panel answers. */
async function expectPeace({ page, trespasses }: Watched, pages: number): Promise<void> {
  expect(await trespasses()).toEqual([]);
  expect(await page.title()).toBe('Long ago');
  expect(await story.aside.browser.pages()).toHaveLength(pages);
  expect(page.url()).toMatch(/\/sidepanel\.html\?conversation=/u);
  expect(await isAnswering(page)).toBe(true);
}

const kinds: HostileKind[] = ['html', 'Markdown', 'diagrams and formulas'];

it('has more than 900 hostile messages, of them 450 of our own, no two alike', () => {
  const own = new Set(kinds.flatMap(ownHostileMessages));
  expect(own.size).toBeGreaterThan(450);
  expect(new Set(allHostileMessages()).size).toBeGreaterThan(900);
});

it('shows each hostile message as text when it comes as a whole', async () => {
  const watched = await openWatched();
  const pages = (await story.aside.browser.pages()).length;
  for (const [index, batch] of piecesOf(allHostileMessages(), 200).entries()) {
    const pairs = batch.map((text) => [text, text] as const);
    // So high that all of it is drawn, also what waits until it is near the view.
    await showStored(watched.page, `whole-${index}`, pairs, 24_000);
    await settle(watched.page);
    expect(await watched.trespasses()).toEqual([]);
  }
  await expectPeace(watched, pages);
  await watched.page.close();
});

it.each(kinds)('shows hostile %s as text after each character that streams', async (kind) => {
  const watched = await openWatched();
  const pages = (await story.aside.browser.pages()).length;
  for (const [index, batch] of piecesOf(ownHostileMessages(kind), 100).entries()) {
    const id = `streamed-${kind.slice(0, 4)}-${index}`;
    await showStored(
      watched.page,
      id,
      batch.map(() => ['?', ''] as const),
      2000,
    );
    await streamByCharacter(watched.page, id, batch);
    expect(await watched.trespasses()).toEqual([]);
  }
  await settle(watched.page);
  await expectPeace(watched, pages);
  await watched.page.close();
});

/** What would swallow the messages after it. */
const OPEN_END = /```|~~~|<!--|<[?!%]|<(?:script|style|pre|textarea|think|details)|\$\$|\\\[/iu;

it.each([
  { way: 'at once', pieces: 'whole' as const },
  { way: 'in pieces cut anywhere', pieces: 1000 },
])('shows a reply of hostile messages that comes from the service $way', async ({ pieces }) => {
  const watched = await openWatched();
  const pages = (await story.aside.browser.pages()).length;
  await showStored(watched.page, `live-${pieces}`, [['?', 'First']], 2000);
  const closed = allHostileMessages().filter((text) => !OPEN_END.test(text));
  const text = [...closed, 'The end.'].join('\n\n');
  story.service.answerNext({ kind: 'text', text, pieces });
  await send(watched.page, '<img src=x onerror=alert(1)>');
  await watched.page.waitForSelector(
    'article:last-of-type[data-message-state="done"]::-p-text(The end.)',
  );
  await settle(watched.page);
  expect(await watched.trespasses()).toEqual([]);
  await expectPeace(watched, pages);
  await watched.page.close();
});
