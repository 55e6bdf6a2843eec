/** `npm start`: builds Aside and shows it in a browser, with a practice service or (`--live`) the real one. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import type { Aside } from '../tests/e2e/browser.ts';
import { SITE_HOST, startAiChats, type AiChatsStandIn } from '../tests/stand-ins/ai-chats.ts';
import { ensureBrowser } from './find-browser.ts';
import { openBrowser } from './open-browser.ts';
import { runTool } from './run-tool.ts';
import { takeTour } from './tour.ts';

const SITE = `https://${SITE_HOST}/`;

interface Wishes {
  isLive: boolean;
  isHeadless: boolean;
}

const hasDisplay =
  process.platform !== 'linux' ||
  Boolean(process.env['DISPLAY']) ||
  Boolean(process.env['WAYLAND_DISPLAY']);

function readWishes(): Wishes {
  try {
    const { values } = parseArgs({
      options: { live: { type: 'boolean' }, headless: { type: 'boolean' } },
    });
    const { live: isLive = false, headless = false } = values;
    return { isLive, isHeadless: headless || !hasDisplay };
  } catch (error) {
    throw new Error('Usage: npm start [-- [--live] [--headless]]', { cause: error });
  }
}

async function build(): Promise<void> {
  console.log('Building Aside …');
  const { isDone, output } = await runTool('wxt', ['build'], { quiet: true });
  if (!isDone) throw new Error(`${output.trimEnd()}\nThe build failed.`);
}

async function findProgram(): Promise<string> {
  const lines: string[] = [];
  try {
    return await ensureBrowser((line) => {
      // The first line says what is done; the rest is apt-get's, for the case that it fails.
      if (lines.length === 0) console.log(line);
      lines.push(line);
    });
  } catch (error) {
    for (const line of lines.slice(1).slice(-5)) console.log(`  ${line}`);
    throw error;
  }
}

async function startService(cleanup: AsyncDisposableStack): Promise<AiChatsStandIn> {
  const service = await startAiChats();
  cleanup.defer(() => service.close());
  return service;
}

/** The service's own page in the first tab; a visit is also what gives a visitor's cookies. */
async function visitSite(aside: Aside): Promise<void> {
  const pages = await aside.browser.pages();
  const page = pages.find((one) => one.url() === 'about:blank') ?? (await aside.browser.newPage());
  try {
    await page.goto(SITE, { waitUntil: 'domcontentloaded' });
  } catch (error) {
    const reason = /net::\w+|timeout/iu.exec(String(error))?.[0] ?? String(error);
    console.log(`${SITE} does not open here (${reason}).`);
  }
}

/** When the last window is gone; on a Mac the browser itself would go on. */
function untilClosed({ browser }: Aside): Promise<void> {
  return new Promise((resolve) => {
    const look = async (): Promise<void> => {
      const pages: Page[] = browser.connected ? await browser.pages() : [];
      if (pages.length === 0) resolve();
    };
    browser.on('disconnected', () => resolve());
    browser.on('targetdestroyed', () => void look().catch(() => resolve()));
  });
}

async function show({ isLive, isHeadless }: Wishes, cleanup: AsyncDisposableStack): Promise<void> {
  await build();
  const program = await findProgram();
  const service = isLive ? undefined : await startService(cleanup);
  const folder = await mkdtemp(join(tmpdir(), 'aside-'));
  cleanup.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  if (isLive && isHeadless) {
    console.log('The live tour is meant for a display, where you can pass a human check yourself.');
    console.log(`Without one this is the same tour, asking the real ${SITE_HOST}.`);
  }
  console.log(`Opening ${program}${isHeadless ? ' without a window' : ''} …`);
  const aside = await openBrowser({ program, folder, service, headless: isHeadless });
  cleanup.defer(() => aside.browser.close());
  await visitSite(aside);
  if (isHeadless) return takeTour(aside, { isLive });
  await aside.openPanel();
  console.log(
    isLive
      ? `Aside is open beside the real ${SITE_HOST}.`
      : `Aside is open. ${SITE_HOST} is played by a practice service on this computer.`,
  );
  console.log('Close the browser or press Ctrl+C to end.');
  await untilClosed(aside);
}

async function untilInterrupted(): Promise<'interrupted'> {
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  return 'interrupted';
}

async function main(): Promise<number> {
  const cleanup = new AsyncDisposableStack();
  try {
    const wishes = readWishes();
    const end = await Promise.race([show(wishes, cleanup), untilInterrupted()]);
    // Ctrl+C is how one leaves an open browser, but it breaks off a tour.
    return end === 'interrupted' && wishes.isHeadless ? 130 : 0;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await cleanup.disposeAsync();
  }
}

process.exit(await main());
