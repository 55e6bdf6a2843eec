/** Brings hostile messages before a panel that is watched. */
import type { Page } from 'puppeteer-core';
import { storeConversation } from './stored-conversation.ts';

/** Cuts a list into pieces of at most so many. */
export function piecesOf<T>(list: T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  );
}

/**
 * Stores a conversation and shows it in this page of the extension, which is as many pixels high: what
 * is near the view stands in the document.
 */
export async function showStored(
  page: Page,
  id: string,
  pairs: (readonly [prompt: string, reply: string])[],
  height: number,
): Promise<void> {
  await storeConversation(page, id, pairs);
  await page.setViewport({ width: 400, height });
  await page.goto(new URL(`sidepanel.html?conversation=${id}`, page.url()).href);
  await page.waitForFunction(
    (count) => document.querySelectorAll('article[data-message-role="assistant"]').length >= count,
    { polling: 20 },
    pairs.length,
  );
}
