/**
 * The prompt box as the benchmark finds it: by its element. A look by role wakes the browser's
 * accessibility tree for good, which few people have and which costs a large page as much as itself.
 */
import type { ElementHandle, Page } from 'puppeteer-core';
import { fill } from '../e2e/browser.ts';

export async function findPromptBox(page: Page): Promise<ElementHandle> {
  const box = await page.waitForSelector('textarea:not(:disabled)', { visible: true });
  if (!box) throw new Error('No prompt box');
  return box;
}

/** Sends a prompt. */
export async function ask(page: Page, text: string): Promise<void> {
  const box = await findPromptBox(page);
  await fill(page, box, text);
  await box.press('Enter');
}
