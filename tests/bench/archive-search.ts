/** How fast a search answers: in the page as the person types, and in the worker. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { byRole, clickButton, fill, type Aside } from '../e2e/browser.ts';
import { wordAt } from './archive-words.ts';
import { medianAndWorst, type Figure } from './figures.ts';
import { timeRequest } from './requests.ts';

/** A beginning, words that nearly all messages have, that few have, both, and other scripts. */
const QUERIES = [
  'ce',
  wordAt(1),
  wordAt(30),
  wordAt(3000),
  wordAt(15_000),
  `${wordAt(2)} ${wordAt(5)}`,
  `${wordAt(40)} ${wordAt(2000)}`,
  wordAt(20, 'russian'),
  wordAt(2000, 'russian'),
  wordAt(10, 'chinese'),
  wordAt(900, 'chinese'),
  'nothinghasthis',
];
const BETWEEN_KEYS = 90;

export async function measureSearch(aside: Aside): Promise<Figure[]> {
  const page = await aside.openPanelTab();
  await sleep(1500);
  await clickButton(page, 'History');
  const typed: number[] = [];
  for (const query of QUERIES) typed.push(await timeTyping(page, query));
  const asked: number[] = [];
  for (const query of QUERIES)
    asked.push((await timeRequest(page, 'searchMessages', { query })).time);
  return [
    ...medianAndWorst(`search: last key → hits painted, ${QUERIES.length} queries`, typed),
    ...medianAndWorst('search: the request alone, page → worker → page', asked),
  ];
}

/** Milliseconds from the last key of the query until what it finds is painted. */
async function timeTyping(page: Page, query: string): Promise<number> {
  await fill(page, await byRole(page, 'searchbox', 'Search conversations'), '');
  const answered = timeAnswer(page, query);
  for (const character of query) {
    await sleep(BETWEEN_KEYS);
    await page.keyboard.sendCharacter(character);
  }
  return answered;
}

function timeAnswer(page: Page, query: string): Promise<number> {
  return page.evaluate(async (wanted) => {
    const lastKey = await new Promise<number>((resolve) => {
      document.addEventListener('input', ({ target, timeStamp }) => {
        if (target instanceof HTMLInputElement && target.value === wanted) resolve(timeStamp);
      });
    });
    // What is said of the query before goes at once.
    await new Promise((resolve) => setTimeout(resolve));
    let isTold = false;
    // Once more when it is there: it is painted before the next frame begins.
    while (!isTold) {
      isTold = document.querySelector('section p[role="status"]') !== null;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return performance.now() - lastKey;
  }, query);
}
