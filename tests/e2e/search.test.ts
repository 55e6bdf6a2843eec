/** Search over all messages, in every script, and the way to what it found. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { byRole, fill, send, waitForReplyState } from './browser.ts';
import { startNewChat, startStory } from './story.ts';
import { openView } from './views.ts';

const story = startStory();

const LONG = Array.from({ length: 60 }, (_, i) => `Paragraph ${i}.`).join('\n\n');

/** The messages that the history finds, as they are shown. */
async function find(panel: Page, query: string): Promise<string[]> {
  await openView(panel, 'History');
  await fill(panel, await byRole(panel, 'searchbox', 'Search conversations'), query);
  await panel.waitForSelector('[role="status"]::-p-text(result)');
  return panel.$$eval('h2', (headings) =>
    headings
      .filter(({ textContent }) => textContent === 'Messages')
      .flatMap(({ nextElementSibling }) => [...(nextElementSibling?.children ?? [])])
      .map((row) => row.querySelector('bdi')?.textContent ?? ''),
  );
}

/** The marked words, and whether a person sees the first of them. */
function readMarks(panel: Page): Promise<{ words: string[]; isInView: boolean }> {
  return panel.evaluate(() => {
    const ranges = [...(CSS.highlights.get('found')?.keys() ?? [])].filter(
      (range) => range instanceof Range,
    );
    const place = ranges[0]?.getBoundingClientRect();
    const list = document.querySelector('[role="log"]')?.parentElement?.getBoundingClientRect();
    const isInView = place && list && place.top >= list.top && place.bottom <= list.bottom;
    return { words: ranges.map(String), isInView: isInView === true };
  });
}

it.each([
  {
    script: 'Latin',
    reply: 'Serve the Crème Brûlée cold.',
    query: 'brulee creme',
    words: ['Crème', 'Brûlée'],
  },
  { script: 'Russian', reply: 'Это Ёжик в тумане.', query: 'ёжик тума', words: ['Ёжик', 'тума'] },
  { script: 'Chinese', reply: '今天我们去长城看日出。', query: '长城', words: ['长城'] },
])('finds a message in $script and opens it at the words', async ({ reply, query, words }) => {
  const panel = await story.freshPanel();
  const text = `${LONG}\n\n${reply}\n\n${LONG}\n\n${LONG}`;
  story.service.answerNext(
    { kind: 'text', text, pieces: 'whole' },
    { kind: 'text', text: LONG, pieces: 'whole' },
  );
  await send(panel, 'Say something');
  await waitForReplyState(panel, 'done');
  await send(panel, 'And more');
  await waitForReplyState(panel, 'done', { count: 2 });
  await startNewChat(panel);
  const found = await find(panel, query);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(reply.slice(0, 8));
  await panel.click('section[aria-label="History"] li [data-control=open]');
  await expect.poll(() => readMarks(panel)).toEqual({ words, isInView: true });
});

it('opens a hit on another branch by showing that branch', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext(
    { kind: 'text', text: 'The first had a walrus.' },
    { kind: 'text', text: 'The second has none.' },
  );
  await send(panel, 'Which animals?');
  await waitForReplyState(panel, 'done');
  await (await byRole(panel, 'button', 'Regenerate')).click();
  await panel.waitForSelector('::-p-text(2/2)');
  await waitForReplyState(panel, 'done');
  expect(await find(panel, 'WALRUS')).toEqual(['The first had a walrus.']);
  await panel.click('section[aria-label="History"] li [data-control=open]');
  await expect.poll(() => readMarks(panel)).toEqual({ words: ['walrus'], isInView: true });
  await panel.waitForSelector('::-p-text(1/2)');
});

it('says so when nothing is found', async () => {
  const panel = await story.freshPanel();
  await openView(panel, 'History');
  await fill(panel, await byRole(panel, 'searchbox', 'Search conversations'), 'xyzzy');
  const end = await panel.waitForSelector('[role="status"]::-p-text(Nothing)');
  expect(await end?.evaluate((element) => element.textContent)).toBe('Nothing found for “xyzzy”.');
});
