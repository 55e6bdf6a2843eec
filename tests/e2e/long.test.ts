/** Long conversations: quick to open, whole to search, and the line that one reads stays where it is. */
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { byRole, clickButton, promptBox, send, waitForReplyText } from './browser.ts';
import { watchFirstLine, wheel } from './first-line.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory } from './story.ts';

const story = startStory();

const PAIRS = 200;

/** Text of many lines with everything that Markdown has, different for each number. */
function richText(number: number): string {
  const words = `Sentence of answer ${number} with **bold** and \`code\` in it. `.repeat(6);
  return [
    `## Heading ${number}`,
    words,
    '- one\n- two\n- three',
    `\`\`\`js\nconst answer = ${number};\nreturn answer;\n\`\`\``,
    '| a | b |\n|---|---|\n| 1 | 2 |',
    `${words}${words}`,
    `Landmark${number} ends it.`,
  ].join('\n\n');
}

const FORMULA = '$$\\frac{buoy}{mc^2}$$';
const DIAGRAM = '```mermaid\nflowchart TD\n  A[Buoy] --> B[Buoy too]\n```';

const pairs = Array.from({ length: PAIRS }, (_, index) => {
  const drawn = index === 100 ? `\n\n${FORMULA}\n\n${DIAGRAM}\n\nA buoy.` : '';
  return [`Question ${index}`, richText(index) + drawn] as const;
});

async function openLong(): Promise<Page> {
  const page = await story.aside.openPanelTab('?conversation=long');
  await page.setViewport({ width: 400, height: 800 });
  await waitForReplyText(page, `Landmark${PAIRS - 1} ends it.`);
  return page;
}

const shownArticles = (page: Page) => page.$$eval('article', (all) => all.length);

/** The first message in view, and how far down it begins. */
const firstLine = (page: Page) =>
  page.evaluate(() => {
    const view = document.querySelector('[role="log"]')?.parentElement?.getBoundingClientRect();
    const article = [...document.querySelectorAll('article')].find(
      (one) => one.getBoundingClientRect().bottom > (view?.top ?? 0),
    );
    return { text: article?.textContent, top: article?.getBoundingClientRect().top };
  });

describe('a conversation of 400 messages', () => {
  beforeAll(async () => {
    const page = await story.aside.openPanelTab();
    await promptBox(page);
    await storeConversation(page, 'long', pairs);
    await page.close();
  });

  it('opens at its end, with only what is near the screen in the document', async () => {
    const page = await openLong();
    expect(await page.$$eval('body *', (all) => all.length)).toBeLessThan(1500);
    expect(await shownArticles(page)).toBeLessThan(40);
    const toEnd = await page.$eval('[role="log"]', (log) => {
      const view = log.parentElement;
      return view ? view.scrollHeight - view.clientHeight - view.scrollTop : NaN;
    });
    expect(toEnd).toBeLessThanOrEqual(1);
    await page.close();
  });

  it('is there, message by message, as one scrolls up to its start', async () => {
    const page = await openLong();
    const seen = await page.evaluate(async () => {
      const view = document.querySelector('[role="log"]')?.parentElement;
      const ids = new Set<string>();
      let blank = 0;
      if (!view) throw new Error('Nothing scrolls');
      for (let i = 0; view.scrollTop > 0 && i < 2000; i += 1) {
        view.scrollTop -= 400;
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        for (const article of document.querySelectorAll('article')) {
          ids.add(article.dataset['messageId'] ?? '');
        }
        const { top, bottom } = view.getBoundingClientRect();
        const isFilled = [...document.querySelectorAll('article')].some((article) => {
          const box = article.getBoundingClientRect();
          return box.bottom > top && box.top < bottom;
        });
        if (!isFilled) blank += 1;
      }
      return { count: ids.size, blank };
    });
    expect(seen).toEqual({ count: 2 * PAIRS, blank: 0 });
    expect((await firstLine(page)).text).toContain('Question 0');
    expect(await shownArticles(page)).toBeLessThan(60);
    await page.close();
  });

  it('is found in as a whole by Ctrl+F, forwards and backwards, and gives the focus back', async () => {
    const page = await openLong();
    const box = await promptBox(page);
    await box.focus();
    await page.keyboard.down('Control');
    await page.keyboard.press('f');
    await page.keyboard.up('Control');
    const field = await byRole(page, 'searchbox', 'Find in conversation');
    await field.type('landmark7');
    // 7 and 70 to 79.
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(1 of 11)');
    await page.waitForSelector('article::-p-text(Landmark7 ends it.)');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(2 of 11)');
    await page.waitForSelector('article::-p-text(Landmark70 ends it.)');
    await page.keyboard.down('Shift');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Shift');
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(11 of 11)');
    await page.waitForSelector('article::-p-text(Landmark79 ends it.)');
    const marked = await page.waitForFunction(
      () => {
        const [range] = CSS.highlights.get('find-current') ?? [];
        if (!(range instanceof Range)) return undefined;
        const { top, bottom } = range.getBoundingClientRect();
        return top > 44 && bottom < innerHeight ? range.toString() : undefined;
      },
      { polling: 20 },
    );
    expect(await marked.jsonValue()).toBe('Landmark7');
    await page.keyboard.press('Escape');
    expect(await page.$('[role="search"]')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    expect(await page.evaluate(() => CSS.highlights.has('find'))).toBe(false);
    await page.close();
  });

  it('is found in where it is drawn, and the formula or diagram is marked as a whole', async () => {
    const page = await openLong();
    await page.keyboard.down('Control');
    await page.keyboard.press('f');
    await page.keyboard.up('Control');
    await (await byRole(page, 'searchbox', 'Find in conversation')).type('buoy');
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(1 of 3)');
    const formula = await page.waitForSelector('.formula[data-mark-find-current]');
    expect(await formula?.evaluate((one) => one.getAttribute('data-copy-text'))).toBe(FORMULA);
    expect(await formula?.isIntersectingViewport()).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(2 of 3)');
    const diagram = await page.waitForSelector('[data-mark-find-current]:has(.diagram img)');
    expect(await diagram?.isIntersectingViewport()).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[role="search"] [role="status"]::-p-text(3 of 3)');
    await page.waitForFunction(() => CSS.highlights.has('find-current'), { polling: 20 });
    expect(await page.$('[data-mark-find-current]')).toBeNull();
    await page.keyboard.press('Escape');
    expect(await page.$('[data-mark-find]')).toBeNull();
    await page.close();
  });

  it('is where the person left it after a look at the history', async () => {
    const page = await openLong();
    await wheel(page, -6000);
    const before = await firstLine(page);
    await clickButton(page, 'History');
    await byRole(page, 'region', 'History');
    await clickButton(page, 'History');
    await page.waitForSelector('article');
    const after = await firstLine(page);
    expect(after.text).toBe(before.text);
    expect(Math.abs((after.top ?? NaN) - (before.top ?? NaN))).toBeLessThan(1);
    await page.close();
  });

  it('keeps what one has begun to write in it', async () => {
    const page = await openLong();
    await wheel(page, -700);
    const edit = await page.waitForSelector(
      '[data-message-id="long-396"] button[aria-label="Edit"]',
    );
    await edit?.press('Enter');
    const box = await page.waitForSelector('article textarea');
    await box?.press('End');
    await box?.type(' more');
    await (await promptBox(page)).focus();
    await wheel(page, -20_000);
    expect((await firstLine(page)).text).not.toContain('Heading 198');
    expect(
      await page.$eval('article textarea', (field) =>
        field instanceof HTMLTextAreaElement ? field.value : '',
      ),
    ).toContain('Question 198 more');
    await page.close();
  });
});

describe('the line that one reads', () => {
  it('moves by nothing while a reply streams below and blocks above it grow', async () => {
    const panel = await story.aside.openPanelTab();
    await panel.setViewport({ width: 400, height: 800 });
    await clickButton(panel, 'New chat');
    const reply = stepped(Array.from({ length: 30 }, (_, index) => richText(index)).join('\n\n'));
    story.service.answerNext(reply);
    await send(panel, 'Write everything');
    await reply.release(900);
    await waitForReplyText(panel, 'Landmark3');
    await wheel(panel, -900);
    const { places } = await watchFirstLine(panel);
    // What a formula, a diagram or a picture does when it is ready.
    await panel.evaluate(() => {
      const block = document.createElement('div');
      document.querySelector('[data-message-text] .prose > *')?.after(block);
      let height = 0;
      const grow = () => {
        height += 7.3;
        block.style.height = `${height}px`;
        if (height < 1000) setTimeout(grow, 10);
        else block.dataset['done'] = '';
      };
      grow();
    });
    await reply.release(1500);
    await waitForReplyText(panel, 'Landmark9');
    await panel.waitForSelector('[data-done]');
    const all = await places();
    expect(all.length).toBeGreaterThan(20);
    expect(Math.max(...all) - Math.min(...all)).toBe(0);
    await reply.end();
    await panel.close();
  });

  it('moves by nothing as messages of unknown height enter the document above it', async () => {
    const page = await openLong();
    await wheel(page, -3000);
    const { places } = await watchFirstLine(page);
    // Nothing is done; only the view may settle.
    await page.waitForFunction(
      () => ((window as Window & { places?: number[] }).places?.length ?? 0) > 40,
      { polling: 50 },
    );
    const all = await places();
    expect(Math.max(...all) - Math.min(...all)).toBe(0);
    await page.close();
  });
});
