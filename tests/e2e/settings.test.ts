/** The settings page: language, the service's address, and the worker's log. */
import type { Page } from 'puppeteer-core';
import { afterEach, expect, it } from 'vitest';
import { byRole, clickButton, fill, readNotice, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();
let site: Page | undefined;
let settings: Page | undefined;

afterEach(async () => {
  await settings?.close();
  settings = undefined;
});

async function openSettings(): Promise<Page> {
  const panel = await story.aside.openPanel();
  // In an empty tab the browser would open the settings right there.
  site ??= await story.aside.openTab('https://ai-chats.org/');
  settings = await story.aside.appearing('/options.html', () => clickButton(panel, 'Settings'));
  return settings;
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  // Located anew on each try: a change of the language makes the page anew.
  await page.locator(`::-p-aria([name="${label}"][role="combobox"])`).click();
  await page.locator(`::-p-aria([name="${option}"][role="option"])`).click();
}

async function addressField(page: Page): Promise<string> {
  const field = await byRole(page, 'textbox', 'Address');
  return field.evaluate((element) => (element instanceof HTMLInputElement ? element.value : ''));
}

it('changes the language of the panel and of the context menu at once', async () => {
  const panel = await story.freshPanel();
  await story.aside.evaluateInWorker(`(() => {
    globalThis.titles = [];
    const create = chrome.contextMenus.create.bind(chrome.contextMenus);
    chrome.contextMenus.create = (item, done) => {
      titles.push(item.id + ': ' + item.title);
      return create(item, done);
    };
  })()`);
  const page = await openSettings();
  await choose(page, 'Language', 'Русский');
  await byRole(panel, 'button', 'Новый чат');
  await byRole(page, 'heading', 'Настройки Aside');
  // The focus is where it was, in the page that was made anew.
  expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Язык');
  expect(await panel.$eval('html', (element) => element.lang)).toBe('ru');
  await expect
    .poll(() => story.aside.evaluateInWorker('titles'))
    .toEqual([
      'image-from-selection: Нарисовать по выделенному тексту',
      'ask-selection: Спросить о выделенном',
    ]);

  await choose(page, 'Язык', 'English');
  await byRole(panel, 'button', 'New chat');
  expect(await panel.$eval('html', (element) => element.lang)).toBe('en');
});

it('keeps the language when the panel is opened again', async () => {
  const page = await openSettings();
  await choose(page, 'Language', 'Русский');
  await byRole(page, 'combobox', 'Язык');
  await story.aside.closePanel();
  const panel = await story.aside.openPanel();
  await byRole(panel, 'button', 'Новый чат');
  expect(await panel.$eval('html', (element) => element.lang)).toBe('ru');
  // Not from the list: the browser closes it while the panel still takes room from this tab.
  await page.evaluate(() => chrome.storage.local.set({ language: 'en' }));
  await byRole(panel, 'button', 'New chat');
});

it('refuses what is no web address, and says how one looks', async () => {
  const page = await openSettings();
  await fill(page, await byRole(page, 'textbox', 'Address'), 'not an address');
  await page.keyboard.press('Enter');
  await page.waitForSelector(
    '[role="alert"]::-p-text(This is no web address. It should look like https://ai-chats.org.)',
  );
  await fill(page, await byRole(page, 'textbox', 'Address'), '');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => !document.querySelector('[aria-invalid="true"]'));
  expect(await addressField(page)).toBe('https://ai-chats.org');
});

it('sends to the address that was typed, with its Origin and Referer, and back again', async () => {
  const page = await openSettings();
  await fill(page, await byRole(page, 'textbox', 'Address'), 'https://gate.ai-chats.org/');
  await page.waitForSelector('[role="status"]::-p-text(Saved)');
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Through the gate.' });
  await send(panel, 'By another way');
  await waitForReplyState(panel, 'done');
  const request = story.service.requests.findLast(({ method }) => method === 'POST');
  expect(request?.host).toBe('gate.ai-chats.org');
  expect(request?.headers.origin).toBe('https://gate.ai-chats.org');
  expect(request?.headers.referer).toBe('https://gate.ai-chats.org/chat/');

  await clickButton(page, 'Use default');
  await page.waitForFunction(
    async () =>
      !JSON.stringify(await chrome.storage.local.get('providerSettings')).includes('gate'),
  );
  story.service.answerNext({ kind: 'text', text: 'The usual way.' });
  await send(panel, 'By the usual way');
  await waitForReplyState(panel, 'done', { count: 2 });
  const usual = story.service.requests.findLast(({ method }) => method === 'POST');
  expect(usual?.host).toBe('ai-chats.org');
  expect(usual?.headers.origin).toBe('https://ai-chats.org');
});

it('lists what the worker did, never what was written, copies and clears it', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext(
    { kind: 'text', text: 'Confidential answer' },
    { kind: 'status', status: 400, body: 'confidential fault' },
  );
  await send(panel, 'Confidential prompt');
  await waitForReplyState(panel, 'done', { count: 1 });
  await send(panel, 'Confidential second');
  await waitForReplyState(panel, 'failed', { count: 2 });
  expect((await readNotice(panel)).text).toContain('refused');

  const page = await openSettings();
  await page.waitForSelector('ol li::-p-text(error=refused)');
  const lines = await page.$$eval('ol li', (items) => items.map((item) => item.textContent ?? ''));
  const ended = lines.filter((line) => line.includes(' reply-end '));
  expect(ended[0]).toMatch(/ warn +reply-end .*provider=ai-chats model=gpt-4 .*error=refused/u);
  expect(ended[1]).toMatch(/ info +reply-end .*status=done duration=\d+ bytes=19/u);
  expect(lines.join('\n')).not.toMatch(/confidential/iu);

  await story.aside.browser
    .defaultBrowserContext()
    .overridePermissions(`chrome-extension://${story.aside.extensionId}`, [
      'clipboard-read',
      'clipboard-sanitized-write',
    ]);
  await page.bringToFront();
  await clickButton(page, 'Copy');
  await page.waitForSelector('[role="status"]::-p-text(Copied)');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split('\n').toReversed()).toEqual(lines);

  await clickButton(page, 'Clear');
  await page.waitForSelector('::-p-text(Nothing has been noted yet.)');
  await page.reload();
  await page.waitForSelector('::-p-text(Nothing has been noted yet.)');
});
