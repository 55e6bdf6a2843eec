/**
 * What left the browser, from Chromium's own network log: it also sees the worker's requests
 * without a debugger attached, which would keep the worker alive. Chromium writes some of it late,
 * and the rest when it ends.
 */
import { readFileSync } from 'node:fs';

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

/**
 * URLs that a page, a worker or a navigation of a browser that has ended asked for, successfully or
 * not; what the browser itself looks for (updates and the like) is left out.
 */
export function requestedUrls(path: string): string[] {
  return readJobs(readFileSync(path, 'utf8'))
    .filter((job) => job.initiator !== 'not an origin' || job.request_type === 'main frame')
    .map((job) => job.url)
    .filter((url) => /^(https?|wss?):/u.test(url));
}
