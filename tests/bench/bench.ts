/**
 * Measures the built extension in real Chromium against the practice service over TLS:
 *   npm run bench
 * Medians and 95th percentiles; run it on an idle machine.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { fill, launchAside, promptBox, waitForReplyState } from '../e2e/browser.ts';
import { startAiChats, stepped } from '../stand-ins/ai-chats.ts';

const COLD_RUNS = 5;
const TOKENS = 200;
const BETWEEN_TOKENS = 20;
const PROMPTS = 6;

/** Milliseconds on one clock for all processes: each finds its own offset to the system's. */
function now(): number {
  let offset = Infinity;
  for (let i = 0; i < 50; i += 1) offset = Math.min(offset, Date.now() - performance.now());
  return offset + performance.now();
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Milliseconds from navigation to the first frame with a usable prompt box, and script bytes. */
async function measureOpen(): Promise<{ usable: number; bytes: number }> {
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    const page = await aside.browser.newPage();
    await page.evaluateOnNewDocument(() => {
      const look = () => {
        const box = document.querySelector('textarea');
        if (box && !box.disabled && box.offsetHeight > 0) {
          document.documentElement.dataset['usable'] = String(performance.now());
        } else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    let bytes = 0;
    page.on('response', (response) => {
      if (!response.url().endsWith('.js')) return;
      void response.buffer().then((body) => (bytes += body.length));
    });
    await sleep(1500);
    await page.goto(`chrome-extension://${aside.extensionId}/sidepanel.html`);
    const root = await page.waitForSelector('html[data-usable]');
    const usable = Number(await root?.evaluate((html) => html.getAttribute('data-usable')));
    await sleep(200);
    return { usable, bytes };
  } finally {
    await aside.close();
    await service.close();
  }
}

/** Notes in the page when each word of the newest reply is first in the document. */
async function watchWords(page: Page): Promise<void> {
  await page.evaluate(() => {
    let offset = Infinity;
    for (let i = 0; i < 50; i += 1) offset = Math.min(offset, Date.now() - performance.now());
    const seen: number[] = [];
    Object.assign(window, { seenWords: seen });
    new MutationObserver(() => {
      const text = [...document.querySelectorAll('[data-message-text]')].at(-1)?.textContent ?? '';
      const count = text.match(/word\d+;/g)?.length ?? 0;
      while (seen.length < count) seen.push(offset + performance.now());
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

const seenWords = (page: Page): Promise<number[]> =>
  page.evaluate(() => (window as Window & { seenWords?: number[] }).seenWords ?? []);

/** Milliseconds from the server's write of each word to the word in the document. */
async function measureTokens(): Promise<number[]> {
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    const page = await aside.openPanelTab();
    const text = Array.from({ length: TOKENS }, (_, index) => `word${index};`).join(' ');
    const reply = stepped(text);
    service.answerNext(reply);
    const box = await promptBox(page);
    await sleep(1500);
    await watchWords(page);
    await fill(page, box, 'Count');
    await box.press('Enter');
    await reply.started;
    const written: number[] = [];
    for (let index = 0; index < TOKENS; index += 1) {
      written.push(now());
      await reply.release();
      await sleep(BETWEEN_TOKENS);
    }
    await reply.end();
    await waitForReplyState(page, 'done');
    const seen = await seenWords(page);
    return written.map((time, index) => (seen[index] ?? Infinity) - time);
  } finally {
    await aside.close();
    await service.close();
  }
}

/** Milliseconds from the Enter key to the first word, for several prompts of one conversation. */
async function measureFirstToken(): Promise<number[]> {
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    const page = await aside.openPanelTab();
    const box = await promptBox(page);
    await sleep(1500);
    const times: number[] = [];
    for (let index = 1; index <= PROMPTS; index += 1) {
      // The n-th reply has n words, so the n-th word that is ever seen is the first new one.
      service.answerNext({ kind: 'text', text: 'word0; '.repeat(index), pieces: 'whole' });
      await watchWords(page);
      await fill(page, box, 'Hello');
      const sentAt = now();
      await box.press('Enter');
      await waitForReplyState(page, 'done', { count: index });
      times.push(((await seenWords(page))[index - 1] ?? Infinity) - sentAt);
      await sleep(500);
    }
    return times;
  } finally {
    await aside.close();
    await service.close();
  }
}

function build(): void {
  const wxt = join(import.meta.dirname, '../../node_modules/wxt/bin/wxt.mjs');
  const { status } = spawnSync(process.execPath, [wxt, 'build'], { stdio: 'ignore' });
  if (status !== 0) throw new Error('the build failed');
}

function print(what: string, value: number, unit: string): void {
  console.log(`${what.padEnd(62)} ${value.toFixed(unit === 'kB' ? 0 : 1).padStart(8)} ${unit}`);
}

build();
const opens = [];
for (let run = 0; run < COLD_RUNS; run += 1) opens.push(await measureOpen());
const openTimes = opens.map(({ usable }) => usable);
print(`cold open to a usable prompt box, median of ${COLD_RUNS}`, percentile(openTimes, 0.5), 'ms');
print('script to open the panel', (opens[0]?.bytes ?? NaN) / 1000, 'kB');
const tokens = await measureTokens();
print('server writes a word → word in the document, median', percentile(tokens, 0.5), 'ms');
print('the same, 95th percentile', percentile(tokens, 0.95), 'ms');
const [first = NaN, ...later] = await measureFirstToken();
print('Send → first word, first prompt (with the TLS handshake)', first, 'ms');
print(`Send → first word, median of ${later.length} more`, percentile(later, 0.5), 'ms');
