/** How long the panel takes to open, in a new browser each time. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { launchAside, type Aside } from '../e2e/browser.ts';
import { builtExtension } from '../e2e/chromium.ts';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import { medianAndWorst, SCRIPT_LIMITS, type Figure } from './figures.ts';

const RUNS = 5;
/** A browser that has just started is busy with itself. */
const SETTLING = 1500;

/** An opened panel. Times are milliseconds from the navigation to the first frame that has it. */
export interface Opening {
  page: Page;
  /** The prompt box can be typed into. */
  usable: number;
  /** The words asked for are among the messages too. */
  shown: number;
}

/** Opens the panel's page as a tab, and waits for the prompt box and these words. */
export async function openTimed(aside: Aside, words = ''): Promise<Opening> {
  const page = await aside.browser.newPage();
  await page.evaluateOnNewDocument((wanted) => {
    const look = () => {
      const { dataset } = document.documentElement;
      const box = document.querySelector('textarea');
      const isUsable = box && !box.disabled && box.offsetHeight > 0;
      if (isUsable) dataset['usable'] ??= String(performance.now());
      const log = document.querySelector('[role="log"]')?.textContent ?? '';
      if (isUsable && log.includes(wanted)) dataset['shown'] = String(performance.now());
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, words);
  await sleep(SETTLING);
  await aside.killWorker();
  await page.goto(`chrome-extension://${aside.extensionId}/sidepanel.html`);
  await page.waitForSelector('html[data-shown]');
  const read = (name: string) => page.$eval('html', (html, key) => Number(html.dataset[key]), name);
  const [usable, shown] = await Promise.all([read('usable'), read('shown')]);
  return { page, usable, shown };
}

export async function measureOpening(): Promise<Figure[]> {
  const openings: Opening[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const service = await startAiChats();
    const aside = await launchAside({ service });
    try {
      openings.push(await openTimed(aside));
    } finally {
      await aside.close();
      await service.close();
    }
  }
  const times = openings.map(({ usable }) => usable);
  return [
    ...medianAndWorst('cold open to a usable prompt box', times),
    {
      what: 'script to open the panel',
      value: (await countScriptBytes()) / 1000,
      unit: 'kB',
      limit: SCRIPT_LIMITS.panel,
    },
  ];
}

/** What the page names in its head; what it loads later is not needed to open. */
async function countScriptBytes(): Promise<number> {
  const folder = builtExtension();
  const html = await readFile(join(folder, 'sidepanel.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="([^"]+\.js)"/gu)].map(([, path = '']) => path);
  const sizes = await Promise.all(files.map((path) => stat(join(folder, path))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
