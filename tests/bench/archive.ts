/** How Aside does with a year of use: 2,000 conversations, 40,000 messages, 500 pictures. */
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { byRole, clickButton, launchAside, type Aside } from '../e2e/browser.ts';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import { CONVERSATIONS, IMAGES, MESSAGES, NEWEST_WORDS, writeArchive } from './archive-file.ts';
import { measureSearch } from './archive-search.ts';
import { medianAndWorst, type Figure } from './figures.ts';
import { openTimed } from './opening.ts';
import { countIndexJobs, timeRequest } from './requests.ts';
import { peakDuring, type Peak } from './worker-memory.ts';

const COLD_RUNS = 7;
const BACKUPS = 3;
const MB = 1_000_000;
/** Milliseconds that a transfer may take. */
const PATIENCE = 300_000;

const CONVERSATION_ROW = '[data-row^="conversation-"]';
const PICTURE = '[data-image-id] img';

export async function measureArchive(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'aside-bench-'));
  const service = await startAiChats();
  const launch = () => launchAside({ service, userDataDir: join(folder, 'profile') });
  try {
    const file = join(folder, 'backup.zip');
    writeArchive(file);
    return [
      ...(await withAside(launch, (aside) => measureRestore(aside, file))),
      ...(await measureColdStarts(launch)),
      ...(await withAside(launch, measureSearch)),
      ...(await withAside(launch, (aside) => measureBackup(aside, join(folder, 'downloads')))),
    ];
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function withAside<T>(
  launch: () => Promise<Aside>,
  act: (aside: Aside) => Promise<T>,
): Promise<T> {
  const aside = await launch();
  try {
    return await act(aside);
  } finally {
    await aside.close();
  }
}

/** Imports the file by the Settings page, and waits until all of it can be found by a search. */
async function measureRestore(aside: Aside, file: string): Promise<Figure[]> {
  const page = await aside.openTab(`chrome-extension://${aside.extensionId}/options.html`);
  const input = await page.waitForSelector('input[type="file"]');
  await sleep(1000);
  const start = performance.now();
  const peak = await peakDuring(aside, async () => {
    await input?.uploadFile(file);
    await waitForOutcome(page, `${CONVERSATIONS} conversations were added`);
  });
  const restored = performance.now();
  while ((await countIndexJobs(page)) > 0) await sleep(500);
  const indexed = performance.now();
  await checkCounts(page);
  const { size } = await stat(file);
  return [
    { what: 'size of the backup file', value: size / MB, unit: 'MB' },
    {
      what: 'restore: file chosen → everything in the database',
      value: (restored - start) / 1000,
      unit: 's',
    },
    {
      what: 'restore → all messages in the search index',
      value: (indexed - restored) / 1000,
      unit: 's',
    },
    ...memoryFigures('restore', peak),
  ];
}

async function measureColdStarts(launch: () => Promise<Aside>): Promise<Figure[]> {
  const usable: number[] = [];
  const shown: number[] = [];
  const history: number[] = [];
  const pictures: number[] = [];
  let firstPictures = NaN;
  for (let run = 0; run < COLD_RUNS; run += 1) {
    await withAside(launch, async (aside) => {
      const opening = await openTimed(aside, NEWEST_WORDS);
      usable.push(opening.usable);
      shown.push(opening.shown);
      const { page } = opening;
      history.push(await timeClick(page, 'History', CONVERSATION_ROW));
      await byRole(page, 'searchbox', 'Search conversations');
      const seen = await timeClick(page, 'Pictures', PICTURE);
      if (run === 0) firstPictures = seen;
      else pictures.push(seen);
    });
  }
  return [
    ...medianAndWorst('panel, cold: navigation → usable prompt box', usable),
    ...medianAndWorst('panel, cold: navigation → newest message shown', shown),
    ...medianAndWorst('History, first click → first rows painted', history),
    {
      what: 'gallery, click → first picture, thumbnails made for it',
      value: firstPictures,
      unit: 'ms',
    },
    ...medianAndWorst('gallery, click → first picture', pictures),
  ];
}

/** Milliseconds in the page from the click on a button until what the selector means is painted. */
function timeClick(page: Page, label: string, selector: string): Promise<number> {
  return page.evaluate(
    async (name, wanted) => {
      const button = document.querySelector<HTMLElement>(`button[aria-label="${name}"]`);
      const start = performance.now();
      button?.click();
      let isThere = false;
      // Once more when it is there: it is painted before the next frame begins.
      while (!isThere) {
        isThere = document.querySelector(wanted) !== null;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return performance.now() - start;
    },
    label,
    selector,
  );
}

async function measureBackup(aside: Aside, folder: string): Promise<Figure[]> {
  await mkdir(folder);
  const session = await aside.browser.target().createCDPSession();
  const behavior = { behavior: 'allow', downloadPath: folder, eventsEnabled: true } as const;
  await session.send('Browser.setDownloadBehavior', behavior);
  const page = await aside.openTab(`chrome-extension://${aside.extensionId}/options.html`);
  const backUp = async () => {
    const saved = new Promise<void>((resolve) => {
      session.on('Browser.downloadProgress', ({ state }) => state === 'completed' && resolve());
    });
    const start = performance.now();
    await clickButton(page, 'Back up everything');
    await saved;
    return performance.now() - start;
  };
  await sleep(1000);
  const times: number[] = [];
  for (let run = 0; run < BACKUPS; run += 1) times.push(await backUp());
  const peak = await peakDuring(aside, backUp);
  const [saved = ''] = await readdir(folder);
  const { size } = await stat(join(folder, saved));
  const check = await timeRequest(page, 'checkDatabase');
  if (JSON.stringify(check.answer) !== '[]') throw new Error(`The check: ${String(check.answer)}`);
  return [
    ...medianAndWorst('backup: click → file saved', times),
    { what: 'size of that file', value: size / MB, unit: 'MB' },
    ...memoryFigures('backup', peak),
    { what: 'check of the database', value: check.time, unit: 'ms' },
  ];
}

function memoryFigures(what: string, { residentBefore, resident, heap }: Peak): Figure[] {
  return [
    { what: `${what}: heap and buffers of the worker, peak`, value: heap / MB, unit: 'MB' },
    {
      what: `${what}: the process of worker and page, before`,
      value: residentBefore / MB,
      unit: 'MB',
    },
    { what: `${what}: the process of worker and page, peak`, value: resident / MB, unit: 'MB' },
  ];
}

/** Waits until the import says how it ended, and throws unless in these words. */
async function waitForOutcome(page: Page, words: string): Promise<void> {
  const outcome = await page.waitForFunction(
    () => {
      const section = document.querySelector('input[type="file"]')?.closest('section');
      if (!section || section.querySelector('progress')) return '';
      return section.querySelector('[role="status"], [role="alert"]')?.textContent ?? '';
    },
    { polling: 50, timeout: PATIENCE },
  );
  const text = await outcome.jsonValue();
  if (!text.includes(words)) throw new Error(`The import: ${text}`);
}

async function checkCounts(page: Page): Promise<void> {
  const { answer } = await timeRequest(page, 'readStorageUse');
  const wanted = { conversations: CONVERSATIONS, messages: MESSAGES, images: IMAGES };
  const found = JSON.stringify(answer, Object.keys(wanted));
  if (found !== JSON.stringify(wanted)) throw new Error(`In the database: ${found}`);
}
