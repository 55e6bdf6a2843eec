/** What the worker costs: the size of its script, and from a page's connection to the snapshot. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PORT_NAME } from '../../lib/messages.ts';
import { launchAside } from '../e2e/browser.ts';
import { builtExtension } from '../e2e/chromium.ts';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import { medianAndWorst, SCRIPT_LIMITS, type Figure } from './figures.ts';

const RUNS = 11;
/** Milliseconds. */
const COLD_LIMIT = 60;
/** A browser that has just started, or has ended a worker, is busy with itself. */
const SETTLING = 500;

export async function measureWorker(): Promise<Figure[]> {
  const { size } = await stat(join(builtExtension(), 'background.js'));
  const service = await startAiChats();
  const aside = await launchAside({ service });
  try {
    // A page of the extension that does nothing by itself.
    const page = await aside.openTab(`chrome-extension://${aside.extensionId}/manifest.json`);
    const measure = async (run: number) => {
      await sleep(SETTLING);
      return page.evaluate(
        async (name, conversationId) => {
          const start = performance.now();
          const port = chrome.runtime.connect({ name });
          port.postMessage({ type: 'watch', conversationId });
          await new Promise<void>((resolve) => {
            port.onMessage.addListener(({ type }: { type: string }) => {
              if (type === 'snapshot') resolve();
            });
          });
          port.disconnect();
          return performance.now() - start;
        },
        PORT_NAME,
        `bench-${run}`,
      );
    };
    const cold: number[] = [];
    const warm: number[] = [];
    // A worker that is ended while it starts with its browser takes Chromium half a minute.
    await measure(RUNS);
    for (let run = 0; run < RUNS; run += 1) {
      await aside.killWorker();
      cold.push(await measure(run));
      warm.push(await measure(run));
    }
    return [
      {
        what: "the worker's script",
        value: size / 1000,
        unit: 'kB',
        limit: SCRIPT_LIMITS.worker,
      },
      ...medianAndWorst('cold start of the worker, connect to snapshot', cold, COLD_LIMIT),
      ...medianAndWorst('connect to snapshot of a worker that runs', warm),
    ];
  } finally {
    await aside.close();
    await service.close();
  }
}
