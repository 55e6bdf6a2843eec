/** How fast words get from the service into the document. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { fill, launchAside, waitForReplyState, waitForReplyText } from '../e2e/browser.ts';
import { startAiChats, stepped } from '../stand-ins/ai-chats.ts';
import { now, percentile, type Figure } from './figures.ts';
import { ask, findPromptBox } from './prompt.ts';

const TOKENS = 200;
const BETWEEN_TOKENS = 20;
const PROMPTS = 6;

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
    await findPromptBox(page);
    await sleep(1500);
    await watchWords(page);
    await ask(page, 'Count');
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
    const box = await findPromptBox(page);
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

/** Milliseconds from the click on Stop until the service sees its connection close. */
async function measureStop(): Promise<number> {
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    const page = await aside.openPanelTab();
    const reply = stepped('One two three');
    service.answerNext(reply);
    await ask(page, 'Count');
    await reply.release(1);
    await waitForReplyText(page, 'One');
    const button = await page.waitForSelector('button[aria-label="Stop"]');
    const stoppedAt = now();
    await button?.click();
    const { closedByClientAt = Infinity } = await service.waitForRequest(
      (request) => request.closedByClientAt !== undefined,
    );
    return closedByClientAt - stoppedAt;
  } finally {
    await aside.close();
    await service.close();
  }
}

export async function measureWords(): Promise<Figure[]> {
  const tokens = await measureTokens();
  const [first = NaN, ...later] = await measureFirstToken();
  return [
    {
      what: 'server writes a word → word in the document, median',
      value: percentile(tokens, 0.5),
      unit: 'ms',
    },
    { what: 'the same, 95th percentile', value: percentile(tokens, 0.95), unit: 'ms' },
    { what: 'Send → first word, first prompt (with the TLS handshake)', value: first, unit: 'ms' },
    {
      what: `Send → first word, median of ${later.length} more`,
      value: percentile(later, 0.5),
      unit: 'ms',
    },
    {
      what: 'Stop → the service sees its connection close',
      value: await measureStop(),
      unit: 'ms',
      limit: 300,
    },
  ];
}
