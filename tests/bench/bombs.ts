/** What replies that are made to hang the page cost it, and how soon it answers a click after them. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { atFullSpeed, bombs, waitForEnd } from '../e2e/bombs.ts';
import { launchAside } from '../e2e/browser.ts';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import type { Figure } from './figures.ts';
import { ask, findPromptBox } from './prompt.ts';

/** After so long, in milliseconds, a bomb has done what it is for. */
const LIMIT = 120_000;

declare global {
  interface Window {
    longestTask?: number;
    answered?: Promise<number>;
  }
}

/** Keeps in the page how long its longest task was; the browser tells of those over 50 ms. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.longestTask = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) {
        window.longestTask = Math.max(window.longestTask ?? 0, duration);
      }
    }).observe({ entryTypes: ['longtask'] });
  });
}

/** Milliseconds from a click on History to the first frame after it is there. */
async function measureClick(page: Page): Promise<number> {
  await page.evaluate(() => {
    window.answered = new Promise((resolve) => {
      const watch = ({ timeStamp }: Event) => {
        const look = () => {
          const isThere = document.querySelector('section[aria-label="History"]');
          requestAnimationFrame(isThere ? () => resolve(performance.now() - timeStamp) : look);
        };
        look();
      };
      addEventListener('pointerdown', watch, { once: true, capture: true });
    });
  });
  await page.click('button[aria-label="History"]');
  return page.evaluate(async () => (await window.answered) ?? NaN);
}

/** A panel with an empty chat that has loaded what opens later. */
async function openWarm(page: Page): Promise<Page> {
  await findPromptBox(page);
  for (const isOpen of [true, false]) {
    await page.click('button[aria-label="History"]');
    await page.waitForSelector('section[aria-label="History"]', { hidden: !isOpen });
  }
  await page.click('button[aria-label="New chat"]');
  await page.waitForFunction(() => !document.querySelector('article'), { polling: 20 });
  await sleep(1000);
  return page;
}

async function measureBomb(name: string, bomb: string): Promise<Figure[]> {
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    const page = await openWarm(await aside.openPanelTab());
    await watchTasks(page);
    const before = (await page.metrics()).TaskDuration ?? NaN;
    service.answerNext(atFullSpeed(bomb));
    await ask(page, 'Write it');
    await waitForEnd(page, LIMIT);
    const busy = ((await page.metrics()).TaskDuration ?? NaN) - before;
    const longest = await page.evaluate(() => window.longestTask ?? NaN);
    const click = await measureClick(page);
    return [
      { what: `${name}: main thread busy`, value: busy * 1000, unit: 'ms' },
      { what: `${name}: longest task (0: none over 50 ms)`, value: longest, unit: 'ms' },
      { what: `${name}: click → answer after it`, value: click, unit: 'ms' },
    ];
  } finally {
    await aside.close();
    await service.close();
  }
}

export async function measureBombs(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, bomb] of Object.entries(bombs))
    figures.push(...(await measureBomb(name, bomb)));
  return figures;
}
