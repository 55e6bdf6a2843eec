/** What is copied reads well elsewhere: a selection, a whole reply, a prompt. */
import type { Page } from 'puppeteer-core';
import { beforeAll, expect, it } from 'vitest';
import { clickButton, byRole, promptBox, send, waitForReplyState } from './browser.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory } from './story.ts';

const story = startStory();

const MARKDOWN = [
  '## Three things',
  'A **bold** word, a [link](https://museum.example/tickets) and `code`.',
  '1. one\n2. two\n   - deep',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '```ts\nif (a < b) {\n\n  run();\n}\n```',
  'The end.',
].join('\n\n');

const TEXT = [
  'Three things',
  'A bold word, a link and code.',
  '1. one\n2. two\n   - deep',
  'a\tb\n1\t2',
  'if (a < b) {\n\n  run();\n}',
  'The end.',
].join('\n\n');

beforeAll(() =>
  story.aside.browser
    .defaultBrowserContext()
    .overridePermissions(`chrome-extension://${story.aside.extensionId}`, [
      'clipboard-read',
      'clipboard-sanitized-write',
    ]),
);

async function showReply(): Promise<Page> {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: MARKDOWN, pieces: 'whole' });
  await send(panel, 'Say **three** things\n  in order');
  await waitForReplyState(panel, 'done');
  await panel.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  return panel;
}

/** Waits for something new on the clipboard; its forms by their type. */
async function clipboard(panel: Page): Promise<Record<string, string>> {
  const handle = await panel.waitForFunction(
    async () => {
      const forms: Record<string, string> = {};
      for (const item of await navigator.clipboard.read()) {
        for (const type of item.types) forms[type] = await (await item.getType(type)).text();
      }
      return forms['text/plain'] !== 'nothing yet' && JSON.stringify(forms);
    },
    { polling: 50 },
  );
  return JSON.parse(String(await handle.jsonValue()));
}

/** Marks what the selector finds, as a person does with the mouse, and presses Ctrl+C. */
async function copyMarked(panel: Page, first: string, last = first): Promise<void> {
  await panel.evaluate(
    (from, to) => {
      const start = document.querySelector(from);
      const end = [...document.querySelectorAll(to)].at(-1);
      if (!start || !end) throw new Error('Nothing to mark');
      const range = document.createRange();
      range.setStart(start, 0);
      range.setEnd(end, end.childNodes.length);
      document.querySelector<HTMLElement>('[role="log"]')?.focus();
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    },
    first,
    last,
  );
  await panel.keyboard.down('Control');
  await panel.keyboard.press('c');
  await panel.keyboard.up('Control');
}

it('copies a selection over prompt and reply as clean text and clean rich text', async () => {
  const panel = await showReply();
  await copyMarked(panel, 'article', 'article');
  const forms = await clipboard(panel);
  expect(forms['text/plain']).toBe(`Say **three** things\n  in order\n\n${TEXT}`);
  const html = forms['text/html'] ?? '';
  expect(html).toContain('<strong>bold</strong>');
  expect(html).toContain('<a href="https://museum.example/tickets">link</a>');
  expect(html).toContain('<ol><li>one</li><li>two<ul><li>deep</li></ul></li></ol>');
  expect(html).not.toMatch(/class=|style=|data-|<button|<svg|<div|<span/u);
});

it('copies code from its block exactly, and nothing that stands around it', async () => {
  const panel = await showReply();
  await copyMarked(panel, 'article pre');
  expect((await clipboard(panel))['text/plain']).toBe('if (a < b) {\n\n  run();\n}');
});

it('leaves a selection in the prompt box to the browser', async () => {
  const panel = await showReply();
  await (await byRole(panel, 'textbox', 'Message')).type('  mine  ');
  await panel.keyboard.down('Control');
  await panel.keyboard.press('a');
  await panel.keyboard.press('c');
  await panel.keyboard.up('Control');
  expect(await clipboard(panel)).toEqual({ 'text/plain': '  mine  ' });
});

it('copies a whole reply as plain text, as rich text and as Markdown', async () => {
  const panel = await showReply();
  const choose = async (name: string) => {
    await panel.evaluate(() => navigator.clipboard.writeText('nothing yet'));
    await clickButton(panel, 'More ways to copy');
    await (await byRole(panel, 'menuitem', name)).click();
    await panel.waitForSelector('[role="menu"]', { hidden: true });
    return clipboard(panel);
  };
  expect(await choose('Copy as plain text')).toEqual({ 'text/plain': TEXT });
  const rich = await choose('Copy as rich text');
  expect(rich['text/plain']).toBe(TEXT);
  expect(rich['text/html']).toContain('<table>');
  expect(await choose('Copy as Markdown')).toEqual({ 'text/plain': MARKDOWN });
});

it('copies a prompt as it was typed', async () => {
  const panel = await showReply();
  await clickButton(panel, 'Copy prompt');
  expect(await clipboard(panel)).toEqual({ 'text/plain': 'Say **three** things\n  in order' });
});

it('copies all of a long conversation, of which most does not stand in the document', async () => {
  const first = await story.aside.openPanelTab();
  await promptBox(first);
  const pairs = Array.from(
    { length: 200 },
    (_, nth) => [`Question ${nth}`, `**Answer** ${nth}\n\n${'word '.repeat(400)}end`] as const,
  );
  await storeConversation(first, 'long', pairs);
  await first.close();
  const panel = await story.aside.openPanelTab('?conversation=long');
  const log = await panel.waitForSelector('[role="log"]:has([data-gap])');
  await panel.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await log?.focus();
  await panel.keyboard.down('Control');
  await panel.keyboard.press('a');
  await panel.keyboard.press('c');
  await panel.keyboard.up('Control');
  const forms = await clipboard(panel);
  const texts = pairs.flatMap(([asked, said]) => [
    asked,
    ...said.replaceAll('**', '').split('\n\n'),
  ]);
  expect(forms['text/plain']?.split('\n\n')).toEqual(texts);
  expect(forms['text/html']?.match(/<strong>Answer<\/strong>/gu)).toHaveLength(200);
  expect((await panel.$$('article')).length).toBeLessThan(60);
  await panel.close();
});
