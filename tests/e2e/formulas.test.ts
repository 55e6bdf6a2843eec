/** Formulas are drawn with their own letters, and nothing in them reaches out. */
import { expect, it } from 'vitest';
import { promptBox } from './browser.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory } from './story.ts';
import { openWatched } from './watched-page.ts';

const story = startStory();

async function open(id: string, text: string) {
  const page = await story.aside.openPanelTab();
  await promptBox(page);
  await storeConversation(page, id, [['Calculate', text]]);
  await page.close();
  return openWatched(story, `?conversation=${id}`);
}

it('draws them, with letters of our own files, and prices stay text', async () => {
  const { page, attempts } = await open(
    'good',
    'Here $E = mc^2$ costs $5 and $10.\n\n$$\n\\int_0^1 x\\,dx = \\frac12\n$$\n\n\\[ a^2 + b^2 \\]',
  );
  await page.waitForSelector('.formula-display .katex-display');
  expect(
    await page.$$eval('.formula', (all) => all.map((one) => one.getAttribute('data-copy-text'))),
  ).toEqual(['$E = mc^2$', '$$\\int_0^1 x\\,dx = \\frac12$$', '\\[a^2 + b^2\\]']);
  const fonts = await page.waitForFunction(
    () =>
      [...document.fonts].some(
        ({ family, status }) => /KaTeX_Math/u.test(family) && status === 'loaded',
      ),
    { polling: 50 },
  );
  expect(await fonts.jsonValue()).toBe(true);
  expect(await page.$eval('[data-message-role="assistant"] p', (one) => one.textContent)).toContain(
    'costs $5 and $10.',
  );
  expect(await attempts()).toEqual([]);
  await page.close();
});

it('lets a wide one be scrolled by keyboard', async () => {
  const { page } = await open('wide', `$$\n${'x_1 + '.repeat(60)}x\n$$`);
  await page.setViewport({ width: 320, height: 600 });
  const formula = await page.waitForSelector('.formula-wide[tabindex="0"][role="group"]');
  await formula?.focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => (document.querySelector('.formula-wide')?.scrollLeft ?? 0) > 0, {
    polling: 20,
  });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await page.close();
});

const hostile = [
  '\\href{javascript:alert(1)}{x}',
  '\\href{https://evil.example}{x}',
  '\\url{https://evil.example}',
  '\\includegraphics{https://evil.example/a.png}',
  '\\includegraphics[height=1em]{data:image/svg+xml,<svg onload=alert(1)>}',
  '\\htmlData{x=y}{z}',
  '\\htmlClass{fixed}{z}',
  '\\htmlId{root}{z}',
  '\\htmlStyle{background:url(https://evil.example/b)}{z}',
  '\\text{<img src=https://evil.example/i onerror=alert(1)>}',
  '\\text{<script>alert(1)</script>}',
  '\\color{url(https://evil.example)}x',
  '\\def\\a{\\a\\a}\\a',
  '\\newcommand{\\b}[1]{#1#1\\b{#1}}\\b{x}',
  '\\rule{99999em}{99999em}',
  '\\kern-9999em X',
  '\\unicode{x3c}img src=x\\unicode{x3e}',
  '\\verb|<img src=x onerror=alert(1)>|',
  '\\tag{<b onclick=alert(1)>}',
  '{'.repeat(2000),
];

it('tries nothing, whatever they say', async () => {
  const text = hostile.map((tex) => `Text $${tex}$ and\n\n$$\n${tex}\n$$`).join('\n\n');
  const { page, attempts } = await open('hostile', `${text}\n\n$$\n\\Delta\n$$`);
  await page.waitForFunction(() => document.body.textContent?.includes('Δ'), { polling: 50 });
  expect(await attempts()).toEqual([]);
  const found = await page.$$eval('[data-message-text]', (all) =>
    all.flatMap((one) =>
      [
        ...one.querySelectorAll(
          'a, img, script, iframe, [onerror], [onclick], [data-x], .fixed, #root',
        ),
      ].map(({ outerHTML }) => outerHTML),
    ),
  );
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  expect(await story.aside.problems()).toEqual([]);
  await page.close();
});
