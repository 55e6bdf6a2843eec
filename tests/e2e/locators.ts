/** The interface by its accessible names, as a person with a screen reader finds it. */
import type { ElementHandle, Page } from 'puppeteer-core';

/** How far a message has got, as its article says. */
export type MessageState = 'streaming' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** What an article shows. */
export interface ShownMessage {
  role: string;
  state: string;
  text: string;
}

/** Waits for the visible element of this role and accessible name. */
export async function byRole(
  page: Page,
  role: string,
  name: string,
  timeout = 30_000,
): Promise<ElementHandle> {
  const selector = `::-p-aria([name=${JSON.stringify(name)}][role="${role}"])`;
  const found = await page.waitForSelector(selector, { visible: true, timeout });
  if (!found) throw new Error(`No ${role} "${name}"`);
  return found;
}

/** The box for the prompt. */
export function promptBox(page: Page): Promise<ElementHandle> {
  return byRole(page, 'textbox', 'Message');
}

/** Replaces what a text box holds. */
export async function fill(page: Page, box: ElementHandle, text: string): Promise<void> {
  await box.focus();
  await box.evaluate((element) => {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) {
      element.select();
    } else {
      getSelection()?.selectAllChildren(element);
    }
  });
  if (text === '') await page.keyboard.press('Delete');
  else await page.keyboard.sendCharacter(text);
}

/** Clicks the button of this name as soon as it is enabled. */
export async function clickButton(page: Page, name: string): Promise<void> {
  await page.locator(`::-p-aria([name=${JSON.stringify(name)}][role="button"])`).click();
}

/** Writes a prompt and presses Send. */
export async function send(page: Page, text: string): Promise<void> {
  await fill(page, await promptBox(page), text);
  await clickButton(page, 'Send');
}

/** Chooses a model by its full name, in a native or a drawn list. */
export async function pickModel(page: Page, name: string): Promise<void> {
  const box = await byRole(page, 'combobox', 'Model');
  const value = await box.evaluate((element, wanted) => {
    if (!(element instanceof HTMLSelectElement)) return undefined;
    return [...element.options].find((option) => option.label === wanted)?.value ?? null;
  }, name);
  if (value === null) throw new Error(`No model "${name}"`);
  if (value === undefined) {
    await box.click();
    await (await byRole(page, 'option', name)).click();
  } else {
    await box.select(value);
  }
}

/** Every message shown, in order. */
export function articles(page: Page): Promise<ShownMessage[]> {
  return page.$$eval('article[data-message-role]', (elements) =>
    elements.map((element) => ({
      role: element.getAttribute('data-message-role') ?? '',
      state: element.getAttribute('data-message-state') ?? '',
      text: element.querySelector<HTMLElement>('[data-message-text]')?.innerText ?? '',
    })),
  );
}

/** The newest reply shown, if any. */
export async function lastReply(page: Page): Promise<ShownMessage | undefined> {
  return (await articles(page)).findLast((message) => message.role === 'assistant');
}

async function waitForLastReply(
  page: Page,
  wanted: { state?: MessageState; text?: string; count?: number },
  timeout: number,
): Promise<ShownMessage> {
  try {
    await page.waitForFunction(
      ({ state, text, count }) => {
        const all = document.querySelectorAll('article[data-message-role="assistant"]');
        const last = [...all].at(-1);
        if (!last || (count !== undefined && all.length < count)) return false;
        const shown = last.querySelector<HTMLElement>('[data-message-text]')?.innerText ?? '';
        if (state !== undefined && last.getAttribute('data-message-state') !== state) return false;
        return text === undefined || shown.includes(text);
      },
      // A number, as text nodes that grow are no mutation to puppeteer, and frames stop when hidden.
      { polling: 25, timeout },
      wanted,
    );
  } catch (error) {
    const shown = JSON.stringify(await articles(page).catch(String));
    throw new Error(`No reply ${JSON.stringify(wanted)} in ${timeout} ms, only ${shown}`, {
      cause: error,
    });
  }
  const reply = await lastReply(page);
  if (!reply) throw new Error('The reply has gone again');
  return reply;
}

/**
 * Waits until the newest reply is in this state. After a second prompt give `count`, the number of
 * replies by then, or the reply before may be taken for the new one.
 */
export function waitForReplyState(
  page: Page,
  state: MessageState,
  options: { count?: number; timeout?: number } = {},
): Promise<ShownMessage> {
  const { timeout = 40_000, ...rest } = options;
  return waitForLastReply(page, { state, ...rest }, timeout);
}

/** Waits until the newest reply shows this piece of text. */
export function waitForReplyText(
  page: Page,
  text: string,
  options: { count?: number; timeout?: number } = {},
): Promise<ShownMessage> {
  const { timeout = 40_000, ...rest } = options;
  return waitForLastReply(page, { text, ...rest }, timeout);
}

/** What a failed or interrupted reply says, once its notice is there. */
export async function readNotice(
  page: Page,
  timeout = 40_000,
): Promise<{ text: string; buttons: string[] }> {
  const selector = 'article[data-message-role="assistant"]:last-of-type [role="alert"]';
  const notice = await page.waitForSelector(selector, { visible: true, timeout });
  if (!notice) throw new Error('No notice');
  return notice.evaluate((element) => ({
    text: element.querySelector('p')?.innerText ?? '',
    buttons: [...element.querySelectorAll('button')].map((button) => button.innerText),
  }));
}

/** The picture of the newest reply, once it is there: its address, and what it says it shows. */
export async function readPicture(
  page: Page,
  timeout = 40_000,
): Promise<{ src: string; alt: string; bytes: Buffer }> {
  const selector = 'article[data-message-role="assistant"]:last-of-type img';
  const image = await page.waitForSelector(selector, { visible: true, timeout });
  if (!image) throw new Error('No picture');
  const shown = await image.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('No img element');
    await element.decode();
    return { src: element.src, alt: element.alt };
  });
  return { ...shown, bytes: Buffer.from(shown.src.replace(/^[^,]*,/u, ''), 'base64') };
}

/** Text of every message in the database, oldest first, as the worker has written it. */
export function storedTexts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Row {
      id: string;
      createdAt: number;
      messageId: string;
      text?: string;
    }
    const opening = indexedDB.open('aside');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const database = opening.result;
    const transaction = database.transaction(['messages', 'parts']);
    const [messages = [], parts = []] = await Promise.all(
      ['messages', 'parts'].map(async (name) => {
        const reading: IDBRequest<Row[]> = transaction.objectStore(name).getAll();
        await new Promise((resolve) => reading.addEventListener('success', resolve));
        return reading.result;
      }),
    );
    database.close();
    const partsOf = Map.groupBy(parts, ({ messageId }) => messageId);
    return messages
      .toSorted((one, other) => one.createdAt - other.createdAt)
      .map(({ id }) => (partsOf.get(id) ?? []).map(({ text = '' }) => text).join(''));
  });
}

/** Waits until the database holds this text as a message's, to the character. */
export async function waitForStored(page: Page, text: string): Promise<void> {
  let last: string[] = [];
  for (const end = Date.now() + 40_000; Date.now() < end; await page.evaluate(nextFrame)) {
    last = await storedTexts(page);
    if (last.includes(text)) return;
  }
  throw new Error(`Not stored: ${JSON.stringify(text)}, only ${JSON.stringify(last)}`);
}

function nextFrame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
