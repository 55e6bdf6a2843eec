/** History, Pictures and Settings by their accessible names, and how conversations get there. */
import type { ElementHandle, Page } from 'puppeteer-core';
import { byRole, clickButton, fill, send, waitForReplyState } from './locators.ts';
import type { Story } from './story.ts';

/** One group of the history as it is shown. */
export interface ShownGroup {
  heading: string;
  titles: string[];
}

/** A new conversation with one prompt and its reply, shown in the panel. */
export async function converse(story: Story, prompt: string, reply: string): Promise<Page> {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: reply, pieces: 'whole' });
  await send(panel, prompt);
  await waitForReplyState(panel, 'done');
  return panel;
}

/** Opens a view over the chat; one that is open stays so. */
export async function openView(page: Page, name: 'History' | 'Pictures'): Promise<ElementHandle> {
  const button = await byRole(page, 'button', name);
  const isOpen = await button.evaluate((element) => element.getAttribute('aria-expanded'));
  if (isOpen !== 'true') await button.click();
  return byRole(page, 'region', name);
}

/** Back to the chat, whatever lies over it. */
export async function closeViews(page: Page): Promise<void> {
  await (await page.$('header button[aria-expanded="true"]'))?.click();
  await byRole(page, 'textbox', 'Message');
}

/** The settings in a tab of their own. */
export async function openSettings(story: Story): Promise<Page> {
  const { aside } = story;
  const tab = await aside.openTab(`chrome-extension://${aside.extensionId}/options.html`);
  await byRole(tab, 'heading', 'Storage');
  return tab;
}

/** The groups of the open history, as far as their rows are conversations. */
export function shownGroups(page: Page): Promise<ShownGroup[]> {
  return page.$$eval('section[aria-label="History"] h2', (headings) =>
    headings.map((heading) => ({
      heading: heading.textContent ?? '',
      titles: [
        ...(heading.nextElementSibling?.querySelectorAll('[data-control=open] [id]') ?? []),
      ].map((title) => title.textContent ?? ''),
    })),
  );
}

/** All titles that the open history shows, from the top. */
export async function shownTitles(page: Page): Promise<string[]> {
  return (await shownGroups(page)).flatMap(({ titles }) => titles);
}

/** The row of the conversation with this title, once the open history shows it. */
export async function rowOf(page: Page, title: string): Promise<ElementHandle> {
  const found = await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll('section[aria-label="History"] li[data-row]')]
        .find((one) => one.querySelector('[data-control=open] [id]')?.textContent === wanted)
        ?.getAttribute('data-row'),
    { polling: 25, timeout: 30_000 },
    title,
  );
  const row = await page.waitForSelector(`li[data-row="${await found.jsonValue()}"]`);
  if (!row) throw new Error(`No row "${title}"`);
  return row;
}

/** Presses a button of a row, such as "Pin". */
export async function pressInRow(page: Page, title: string, name: string): Promise<void> {
  const row = await rowOf(page, title);
  await row.hover();
  const button = await row.$(`::-p-aria([name="${name}"][role="button"])`);
  if (!button) throw new Error(`No button "${name}" in "${title}"`);
  await button.click();
}

/** Opens a conversation from the history. */
export async function openFromHistory(page: Page, title: string): Promise<void> {
  await openView(page, 'History');
  await (await (await rowOf(page, title)).$('[data-control=open]'))?.click();
  await byRole(page, 'textbox', 'Message');
}

/** Writes a new title, a folder or both in the row's editor, and saves. */
export async function editRow(
  page: Page,
  title: string,
  fields: { Title?: string; Folder?: string },
): Promise<void> {
  await pressInRow(page, title, 'Rename');
  for (const [label, text] of Object.entries(fields)) {
    const role = label === 'Folder' ? 'combobox' : 'textbox';
    await fill(page, await byRole(page, role, label), text);
  }
  await clickButton(page, 'Save');
  await page.waitForSelector('section[aria-label="History"] form', { hidden: true });
}

/** Presses a button of the message with this place among those shown, from 1. */
export async function pressAt(page: Page, place: number, name: string): Promise<void> {
  await page
    .locator(`article:nth-of-type(${place}) ::-p-aria([name="${name}"][role="button"])`)
    .click();
}

/** Answers the question "Delete?" and waits until it has gone. */
export async function confirm(page: Page, name: string): Promise<void> {
  const question = await page.waitForSelector('[role="alertdialog"]');
  await (await question?.$(`::-p-aria([name="${name}"][role="button"])`))?.click();
  await page.waitForSelector('[role="alertdialog"]', { hidden: true });
}

/**
 * Lets undo run out at once, and a chat that nobody shows any more end at once; until the worker is
 * killed.
 */
export async function hurryWorker({ aside }: Story): Promise<void> {
  await aside.evaluateInWorker(`(() => {
    const real = setTimeout;
    globalThis.setTimeout = (act, wait, ...rest) => 
      real(act, wait >= 5000 && wait <= 10_000 ? 0 : wait, ...rest);
  })()`);
}
