/** Whether a page has come to rest, and still does what a person wants. */
import type { Page } from 'puppeteer-core';

/** Waits for what is drawn later: until the messages have stayed as they are for half a second. */
export function settle(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let quietFrames = 0;
        const log = document.querySelector('[role="log"]') ?? document.body;
        const observer = new MutationObserver(() => (quietFrames = 0));
        observer.observe(log, { subtree: true, childList: true });
        const look = () => {
          quietFrames += 1;
          if (quietFrames <= 30) return requestAnimationFrame(look);
          observer.disconnect();
          return resolve();
        };
        look();
      }),
  );
}

/** Whether the panel still does what a person wants: opens a view, closes it, and takes a prompt. */
export async function isAnswering(page: Page): Promise<boolean> {
  // By selectors: the browser takes seconds to describe so much text to assistive technology.
  await page.click('button[aria-label="History"]');
  await page.waitForSelector('section[aria-label="History"]');
  await page.click('button[aria-label="History"]');
  await page.waitForSelector('section[aria-label="History"]', { hidden: true });
  const box = await page.waitForSelector('textarea[aria-label="Message"]');
  // What was typed before is kept, also in another page.
  await box?.evaluate((field) => field.select());
  await box?.type('Still here?');
  return (await box?.evaluate(({ value }) => value)) === 'Still here?';
}
