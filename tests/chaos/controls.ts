/** Reads and presses a page's controls at once, however fast the page changes. */
import type { Page } from 'puppeteer-core';
import { fill } from '../e2e/locators.ts';

/** What a page offers at a moment. */
export interface Offer {
  /** Names of the buttons that can be pressed. */
  buttons: string[];
  /** Ids of the messages that stand in it. */
  ids: string[];
  draft: string;
  /** Whether a reply of the conversation shown is running. */
  isStreaming: boolean;
}

/** Reads what the page offers. */
export function readOffer(page: Page): Promise<Offer> {
  return page.evaluate(() => ({
    buttons: [...document.querySelectorAll('button:enabled')].map(
      (button) => button.getAttribute('aria-label') ?? button.textContent?.trim() ?? '',
    ),
    ids: [...document.querySelectorAll<HTMLElement>('article[data-message-id]')].map(
      ({ dataset }) => dataset['messageId'] ?? '',
    ),
    draft: document.querySelector('textarea')?.value ?? '',
    isStreaming: document.querySelector('[data-message-state="streaming"]') !== null,
  }));
}

/**
 * Presses the last button of one of these names that can be pressed (where told, of one message);
 * answers with the ids of the messages shown then. Undefined when there is no such button.
 */
export function press(
  page: Page,
  names: string[],
  messageId?: string,
): Promise<string[] | undefined> {
  return page.evaluate(
    (wanted, id) => {
      const articles = [...document.querySelectorAll<HTMLElement>('article[data-message-id]')];
      const place =
        id === undefined ? document : articles.find((one) => one.dataset['messageId'] === id);
      const button = [...(place?.querySelectorAll<HTMLElement>('button:enabled') ?? [])].findLast(
        (one) => wanted.includes(one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''),
      );
      if (!button) return undefined;
      button.click();
      return articles.map(({ dataset }) => dataset['messageId'] ?? '');
    },
    names,
    messageId,
  );
}

/** The last message that has a button of this name which can be pressed. */
export async function messageWith(page: Page, name: string): Promise<string | undefined> {
  const ids = await page.$$eval(
    'article[data-message-id]',
    (articles, wanted) =>
      articles
        .filter((article) =>
          [...article.querySelectorAll('button:enabled')].some(
            (button) =>
              (button.getAttribute('aria-label') ?? button.textContent?.trim()) === wanted,
          ),
        )
        .map((article) => article.getAttribute('data-message-id') ?? ''),
    name,
  );
  return ids.at(-1);
}

/** Puts a text into the prompt box, once it is there. */
export async function type(page: Page, text: string): Promise<void> {
  const box = await page.waitForSelector('textarea', { timeout: 15_000 });
  if (!box) throw new Error('No prompt box');
  await fill(page, box, text);
  await page.waitForFunction(
    (wanted) => document.querySelector('textarea')?.value === wanted,
    { polling: 25, timeout: 15_000 },
    text,
  );
}

/** Opens one of the conversations in the list; false when there is none. */
export async function openFromHistory(
  page: Page,
  choose: (count: number) => number,
): Promise<boolean> {
  await press(page, ['History']);
  const rows = 'section[aria-label="History"] button, [role="region"][aria-label="History"] button';
  await page.waitForSelector(rows, { timeout: 15_000 });
  const count = await page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)].filter((row) => row.textContent?.includes('Count p'))
        .length,
    rows,
  );
  if (count === 0) return false;
  await page.evaluate(
    (selector, index) => {
      const titled = [...document.querySelectorAll<HTMLElement>(selector)].filter((row) =>
        row.textContent?.includes('Count p'),
      );
      titled[index]?.click();
    },
    rows,
    choose(count),
  );
  return true;
}
