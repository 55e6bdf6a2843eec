/// <reference types="chrome" />
/** Asks the worker from a page, as the page itself does, and looks into the database. */
import type { Page } from 'puppeteer-core';

/** An answer of the worker, and the milliseconds from the page's question until it was there. */
export function timeRequest(
  page: Page,
  type: string,
  data?: object,
): Promise<{ time: number; answer: unknown }> {
  return page.evaluate(
    async (name, asked) => {
      const start = performance.now();
      const message = { id: start, type: name, data: asked, timestamp: Date.now() };
      const { res, err } = await chrome.runtime.sendMessage(message);
      if (err) throw new Error(JSON.stringify(err));
      return { time: performance.now() - start, answer: res };
    },
    type,
    data,
  );
}

/** How many messages are still to be entered into the search index. */
export function countIndexJobs(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('aside');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const jobs = opening.result.transaction('jobs').objectStore('jobs');
    const counting = jobs.count(IDBKeyRange.bound('index:', 'index;'));
    await new Promise((resolve) => counting.addEventListener('success', resolve));
    opening.result.close();
    return counting.result;
  });
}
