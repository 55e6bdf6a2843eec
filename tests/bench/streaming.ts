/** What a streaming reply costs the page: paced as models send it, and as fast as it comes. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { launchAside } from '../e2e/browser.ts';
import { startAiChats, stepped } from '../stand-ins/ai-chats.ts';
import type { Figure } from './figures.ts';
import { ask, findPromptBox } from './prompt.ts';

const PACED = 4000;
const BETWEEN_WORDS = 5;
const AT_ONCE = [4000, 64_000];
/** Milliseconds until a reply must have ended. */
const LONGEST = 120_000;
/** Milliseconds without which a frame was missed, as a person sees it. */
const GAP = 50;

interface Cost {
  /** Milliseconds of the page's main thread, all in all and of its longest task. */
  time: number;
  longest: number;
  gaps: number;
}

/** A text of so many words with all that replies have: headings, lists, code, tables, links. */
function markdown(count: number): string {
  const sections: string[] = [];
  for (let words = 0, number = 1; words < count; number += 1) {
    const section = [
      `## ${number}. Of streams and parsers`,
      `The **reader** of part ${number} takes what *comes*, with \`read_${number}()\` or by [a link](https://x.org/${number}). `.repeat(
        4,
      ),
      `- **One**: a first point of some words\n- **Two**: another one, with \`code\`\n- three`,
      `\`\`\`js\nfor (const item of items${number}) {\n  if (item.isReady) take(item, ${number});\n}\n\`\`\``,
      `| name | ms | note |\n|---|---:|---|\n| read | ${number} | as it comes |\n| write | 2 | after that |`,
    ].join('\n\n');
    sections.push(section);
    words += section.match(/\S+/gu)?.length ?? 0;
  }
  return (sections.join('\n\n').match(/\s*\S+/gu) ?? []).slice(0, count).join('');
}

/** Counts missed frames and long tasks in the page. */
async function watchFrames(page: Page): Promise<void> {
  await page.evaluate((limit) => {
    const seen = { gaps: 0, longest: 0 };
    Object.assign(window, { seenFrames: seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const look = (now: number) => {
      if (now - last > limit) seen.gaps += 1;
      last = now;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, GAP);
}

const seenFrames = (page: Page): Promise<{ gaps: number; longest: number }> =>
  page.evaluate(
    () =>
      (window as Window & { seenFrames?: { gaps: number; longest: number } }).seenFrames ?? {
        gaps: NaN,
        longest: NaN,
      },
  );

async function taskTime(page: Page): Promise<number> {
  const { TaskDuration = NaN } = await page.metrics();
  return TaskDuration * 1000;
}

/** What a reply of so many words costs, with this pause before each; without one, all come at once. */
async function measureReply(count: number, pause: number): Promise<Cost> {
  const service = await startAiChats({ gapMs: 0 });
  const aside = await launchAside({ service });
  try {
    const page = await aside.openPanelTab();
    await findPromptBox(page);
    const reply = stepped(markdown(count));
    service.answerNext(reply);
    await sleep(1500);
    await watchFrames(page);
    const before = await taskTime(page);
    await ask(page, 'Write');
    await reply.started;
    if (pause === 0) await reply.releaseAll();
    else {
      const start = performance.now();
      for (let index = 0; index < count; index += 1) {
        const early = start + index * pause - performance.now();
        if (early > 0) await sleep(early);
        await reply.release();
      }
    }
    await reply.end();
    // Only told when it is there: looking at the text again and again would cost as much as it does.
    await page.waitForSelector(
      'article[data-message-role="assistant"][data-message-state="done"]',
      {
        timeout: LONGEST,
      },
    );
    await sleep(1000);
    return { time: (await taskTime(page)) - before, ...(await seenFrames(page)) };
  } finally {
    await aside.close();
    await service.close();
  }
}

export async function measureStreaming(): Promise<Figure[]> {
  const paced = await measureReply(PACED, BETWEEN_WORDS);
  const what = `${PACED} words, one each ${BETWEEN_WORDS} ms`;
  const figures: Figure[] = [
    { what: `${what}: main thread`, value: paced.time, unit: 'ms' },
    { what: `${what}: longest task`, value: paced.longest, unit: 'ms' },
    { what: `${what}: frame gaps over ${GAP} ms`, value: paced.gaps, unit: '' },
  ];
  const costs: Cost[] = [];
  for (const count of AT_ONCE) {
    const cost = await measureReply(count, 0);
    costs.push(cost);
    figures.push(
      { what: `${count} words at full speed: main thread`, value: cost.time, unit: 'ms' },
      { what: `${count} words at full speed: longest task`, value: cost.longest, unit: 'ms' },
    );
  }
  const [small, large] = costs;
  const [few, many] = AT_ONCE;
  const growth = Math.log((large?.time ?? NaN) / (small?.time ?? NaN));
  const exponent = growth / Math.log((many ?? NaN) / (few ?? NaN));
  return [...figures, { what: 'growth exponent', value: exponent, unit: '' }];
}
