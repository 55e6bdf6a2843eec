/**
 * Blocks of code: coloured while they stream, exact to copy, folded when long, found when folded; and
 * long prompts, which fold like them.
 */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { byRole, clickButton, promptBox, send, waitForReplyState } from './browser.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory } from './story.ts';

const story = startStory();

const code = [
  "import { a } from './a.ts';",
  '',
  '/* A comment of',
  '   two lines. */',
  'export function run(count: number): string {',
  '\treturn `${count} < ${a("&amp;")} 🙂`;',
  '}',
].join('\n');

const shownCode = (page: Page) =>
  page.$$eval('pre > code', (all) => all.map(({ textContent }) => textContent));

/** What stands in the colour of comments. */
const comments = (page: Page) =>
  page.$$eval('.code-comment', (all) => all.map(({ textContent }) => textContent.trimEnd()));

const heights = (page: Page) =>
  page.$$eval('pre', (all) => all.map((pre) => pre.getBoundingClientRect().height));

/** The panel with a conversation of one prompt and one reply, had long ago. */
async function openStored(id: string, reply: string, prompt = 'Write'): Promise<Page> {
  const page = await story.aside.openPanelTab();
  await promptBox(page);
  await storeConversation(page, id, [[prompt, reply]]);
  await page.close();
  const panel = await story.aside.openPanelTab(`?conversation=${id}`);
  await panel.setViewport({ width: 400, height: 800 });
  await panel.waitForSelector('pre');
  return panel;
}

/** Where it begins in the window, in whole pixels, once what has changed was laid out. */
async function readStart(element: Element): Promise<number> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return Math.round(element.getBoundingClientRect().top);
}

async function findByKeyboard(page: Page, words: string): Promise<void> {
  await page.keyboard.down('Control');
  await page.keyboard.press('f');
  await page.keyboard.up('Control');
  await byRole(page, 'searchbox', 'Find in conversation');
  // At once: a shorter word would be found further up.
  await page.keyboard.sendCharacter(words);
}

/** What was found, once it stands in view in such an element. */
async function foundIn(page: Page, selector: string): Promise<unknown> {
  const found = await page.waitForFunction(
    (within) => {
      const [range] = CSS.highlights.get('find-current') ?? [];
      if (!(range instanceof Range)) return undefined;
      const { top, left } = range.getBoundingClientRect();
      // What is cut off or covered is not what stands there.
      const there = document.elementFromPoint(left + 2, top + 2);
      return there?.closest(within) ? range.toString() : undefined;
    },
    { polling: 20 },
    selector,
  );
  return found.jsonValue();
}

describe('code in a reply', () => {
  it('is coloured as it streams, and neither its text nor its height changes by that', async () => {
    const panel = await story.aside.openPanelTab();
    await panel.setViewport({ width: 400, height: 800 });
    await clickButton(panel, 'New chat');
    const reply = stepped(
      `Here it is.\n\n\`\`\`ts title="src/run.ts"\n${code}\n\`\`\`\n\nThe end.`,
    );
    story.service.answerNext(reply);
    // Of each change of the block: its text, its height, and whether it has colours by then.
    await panel.evaluate(() => {
      const seen: { text: string; height: number; isColoured: boolean }[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const pre = document.querySelector('pre');
        if (!pre) return;
        const { height } = pre.getBoundingClientRect();
        const isColoured = pre.querySelector('span') !== null;
        seen.push({ text: pre.textContent, height, isColoured });
      }).observe(document.body, { childList: true, characterData: true, subtree: true });
    });
    await send(panel, 'Write some code');
    await reply.release(120);
    await panel.waitForSelector('pre .code-comment');
    expect(await panel.$('article[data-message-state="streaming"]')).not.toBeNull();
    await reply.end();
    await waitForReplyState(panel, 'done');
    await panel.waitForSelector('pre .code-type');
    expect(await shownCode(panel)).toEqual([code]);
    expect(await comments(panel)).toEqual(['/* A comment of', '   two lines. */']);

    const seen = await panel.evaluate(
      () =>
        (window as Window & { seen?: { text: string; height: number; isColoured: boolean }[] })
          .seen ?? [],
    );
    expect(seen.some(({ isColoured }) => isColoured)).toBe(true);
    const heightOf = new Map<string, number>();
    for (const { text, height } of seen) {
      expect([text, height]).toEqual([text, heightOf.get(text) ?? height]);
      heightOf.set(text, height);
    }
    await panel.close();
  });

  it('is copied exactly, whole by its button and in part by a selection', async () => {
    const panel = await openStored('copied', `\`\`\`ts\n${code}\n\`\`\``);
    await panel.waitForSelector('pre .code-comment');
    await panel.evaluate(() => {
      Object.assign(window, { copied: [] });
      navigator.clipboard.writeText = (text) => {
        (window as Window & { copied?: string[] }).copied?.push(text);
        return Promise.resolve();
      };
    });
    await clickButton(panel, 'Copy code');
    const selected = () =>
      panel.evaluate(() => {
        const block = document.querySelector('pre > code');
        if (block) getSelection()?.selectAllChildren(block);
        return getSelection()?.toString();
      });
    expect(await selected()).toBe(code);
    await clickButton(panel, 'Wrap long lines');
    expect(await selected()).toBe(code);
    expect(await panel.evaluate(() => (window as Window & { copied?: string[] }).copied)).toEqual([
      code,
    ]);
    await panel.close();
  });
});

describe('a long block of a finished reply', () => {
  const long = Array.from({ length: 200 }, (_, index) => `const value${index} = ${index};`);
  const text = `Before it.\n\n\`\`\`js\n${long.join('\n')}\n\`\`\`\n\nBehind it.`;

  const openLong = () => openStored('long-code', text);

  it('is folded, and unfolds and folds with the button in view', async () => {
    const page = await openLong();
    const [folded = 0] = await heights(page);
    expect(folded).toBeLessThan(500);
    const start = await page.$eval('pre', readStart);
    expect(await shownCode(page)).toEqual([long.join('\n')]);
    await clickButton(page, 'Show all 200 lines');
    const [whole = 0] = await heights(page);
    expect(whole).toBeGreaterThan(2000);
    // One reads on where one was.
    expect(await page.$eval('pre', readStart)).toBe(start);
    await clickButton(page, 'Show fewer lines');
    expect(await heights(page)).toEqual([folded]);
    const button = await byRole(page, 'button', 'Show all 200 lines');
    expect(await button.isIntersectingViewport()).toBe(true);
    await page.close();
  });

  it('unfolds for a word that is found in it, and shows it', async () => {
    const page = await openLong();
    await findByKeyboard(page, 'value150');
    await page.waitForSelector('figure:not([data-folded])');
    expect(await foundIn(page, 'pre')).toBe('value150');
    await byRole(page, 'button', 'Show fewer lines');
    await page.close();
  });
});

it('of many blocks only those near the view are coloured, the others as one comes to them', async () => {
  const blocks = Array.from({ length: 300 }, (_, index) => `\`\`\`js\nlet a = ${index};\n\`\`\``);
  const page = await openStored('many-blocks', blocks.join('\n\n'));
  const coloured = () =>
    page.$$eval('pre', (all) => all.map((pre) => pre.querySelector('span') !== null));
  await page.waitForFunction(
    () => [...document.querySelectorAll('pre')].at(-1)?.querySelector('span'),
    {
      polling: 20,
    },
  );
  expect((await coloured()).filter(Boolean).length).toBeLessThan(60);
  expect((await coloured())[0]).toBe(false);
  await page.$eval('pre', (first) => first.scrollIntoView());
  await page.waitForFunction(() => document.querySelector('pre span'), { polling: 20 });
  await page.close();
});

it('of a long prompt only the start is shown, until one asks for more or looks for a word in it', async () => {
  const words = Array.from({ length: 20_000 }, (_, index) => `word${index}`).join(' ');
  const page = await openStored('long-prompt', '```js\n1;\n```', words);
  const prompt = '[data-message-role="user"] [data-message-text]';
  const height = () => page.$eval(prompt, (text) => text.getBoundingClientRect().height);
  const folded = await height();
  expect(folded).toBeGreaterThan(300);
  expect(folded).toBeLessThan(600);
  const start = await page.$eval(prompt, readStart);
  await clickButton(page, 'Show all');
  expect(await page.$eval(prompt, readStart)).toBe(start);
  expect(await height()).toBeGreaterThan(20_000);
  await clickButton(page, 'Show less');
  expect(await height()).toBe(folded);
  expect(await (await byRole(page, 'button', 'Show all')).isIntersectingViewport()).toBe(true);
  await findByKeyboard(page, 'word15000');
  expect(await foundIn(page, prompt)).toBe('word15000');
  await page.close();
});
