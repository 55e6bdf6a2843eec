/** The memory of the process in which the extension's worker and pages run. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'puppeteer-core';
import type { Aside } from '../e2e/browser.ts';

const SAMPLE_EVERY = 50;
const KB = 1024;

/** Most bytes that were in use at once. */
export interface Peak {
  /** Of the process, with pages and everything that Chromium itself is; before, and at the peak. */
  residentBefore: number;
  resident: number;
  /** Of the worker's JavaScript: objects, and the bytes of its buffers. */
  heap: number;
}

/** Does something and watches the memory meanwhile. What is resident is told by Linux alone. */
export async function peakDuring(aside: Aside, act: () => Promise<unknown>): Promise<Peak> {
  const { client } = await aside.worker();
  const processes = extensionProcesses(aside.browser.process()?.pid ?? -1);
  const residentBefore = most(processes, 'VmRSS');
  // Forgets the peak so far.
  for (const id of processes) writeFileSync(`/proc/${id}/clear_refs`, '5');
  const life = new AbortController();
  const sampling = sampleHeap(client, life.signal);
  try {
    await act();
  } finally {
    life.abort();
  }
  const heap = await sampling;
  return { residentBefore, resident: most(processes, 'VmHWM'), heap };
}

async function sampleHeap(client: CDPSession, signal: AbortSignal): Promise<number> {
  let peak = 0;
  while (!signal.aborted) {
    const { usedSize, backingStorageSize } = await client.send('Runtime.getHeapUsage');
    peak = Math.max(peak, usedSize + backingStorageSize);
    await sleep(SAMPLE_EVERY);
  }
  return peak;
}

/** The processes below the browser's that run extensions; none where there is no /proc. */
function extensionProcesses(browser: number): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/u.test(id) || !isBelow(id, browser)) return false;
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--extension-process');
  });
}

function isBelow(id: string, ancestor: number): boolean {
  for (let at = Number(id); at > 1; at = readField(`${at}`, 'PPid')) {
    if (at === ancestor) return true;
  }
  return false;
}

function most(processes: string[], field: string): number {
  const sizes = processes.map((id) => readField(id, field) * KB);
  return sizes.length > 0 ? Math.max(...sizes) : NaN;
}

/** A number from what the system tells of a process; 0 for one that has ended. */
function readField(id: string, field: string): number {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    return Number(new RegExp(`^${field}:\\s*(\\d+)`, 'mu').exec(status)?.[1] ?? 0);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return 0;
    throw error;
  }
}
