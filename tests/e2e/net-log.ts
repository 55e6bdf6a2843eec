/**
 * What left the browser, from Chromium's own network log: it also sees the worker's requests
 * without a debugger attached, which would keep the worker alive.
 */
import { readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer-core';

interface StartJob {
  initiator: string;
  request_type?: string;
  url: string;
}

const START_JOB = /^\{"params":(\{"initiator":.*\}),"phase":\d,"source":/u;

function readJobs(log: string): StartJob[] {
  return log.split('\n').flatMap((line) => {
    const params = START_JOB.exec(line)?.[1];
    if (params === undefined) return [];
    const job: unknown = JSON.parse(params);
    return isStartJob(job) ? [job] : [];
  });
}

function isStartJob(value: unknown): value is StartJob {
  return typeof value === 'object' && value !== null && 'initiator' in value && 'url' in value;
}

/** Chromium keeps some events back until more come: makes it write all that happened so far. */
async function flush(browser: Browser, path: string): Promise<string> {
  const page = await browser.newPage({ background: true });
  try {
    for (let i = 0; i < 40; i += 1) {
      const marker = `flush-${Date.now()}-${i}.invalid`;
      await page.goto(`https://${marker}/`).catch((error: unknown) => {
        if (!String(error).includes('ERR_NAME_NOT_RESOLVED')) throw error;
      });
      const log = readFileSync(path, 'utf8');
      if (log.includes(marker)) return log;
    }
  } finally {
    await page.close();
  }
  throw new Error('The network log does not grow');
}

/**
 * URLs that a page, a worker or a navigation asked for, successfully or not; what the browser
 * itself looks for (updates and the like) is left out.
 */
export async function requestedUrls(browser: Browser, path: string): Promise<string[]> {
  const jobs = readJobs(await flush(browser, path));
  return jobs
    .filter((job) => job.initiator !== 'not an origin' || job.request_type === 'main frame')
    .map((job) => job.url)
    .filter((url) => /^(https?|wss?):/u.test(url) && !/\/\/flush-[\d-]+\.invalid\//u.test(url));
}
