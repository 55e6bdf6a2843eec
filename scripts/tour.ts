/** Shows Aside without a display: drives the real panel, prints what it says, takes pictures. */
import { mkdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { byRole, clickButton, fill, pickModel, send, type Aside } from '../tests/e2e/browser.ts';
import { ROOT } from './run-tool.ts';
import { StreamedText } from './streamed-text.ts';

const FOLDER = join(ROOT, '.output', 'tour');
const QUESTION = 'What can you do for me in the side panel?';
const PICTURE = 'A lighthouse above the sea at dusk';
const QUICK_QUESTION = 'Explain the popup in one sentence.';
const REPLY_LIMIT_MS = 90_000;

interface Reply {
  state: string;
  text: string;
  /** The sentence of its notice, if it failed. */
  notice: string;
}

/** Runs in the page. */
function readReply(index: number): Reply | undefined {
  const reply = document.querySelectorAll('article[data-message-role="assistant"]')[index];
  if (!reply) return undefined;
  const shown = (selector: string): string =>
    reply.querySelector<HTMLElement>(selector)?.innerText ?? '';
  return {
    state: reply.getAttribute('data-message-state') ?? '',
    text: shown('[data-message-text]'),
    notice: shown('[role="alert"] p'),
  };
}

/** Waits for the end of a reply; anything but a finished one is a failure, told in its words. */
async function followReply(
  page: Page,
  index: number,
  onText: (text: string, isEnd: boolean) => void = () => {},
): Promise<void> {
  const start = performance.now();
  while (performance.now() - start < REPLY_LIMIT_MS) {
    const reply = await page.evaluate(readReply, index);
    const isEnd = reply !== undefined && reply.state !== 'streaming';
    if (reply) onText(reply.text, isEnd);
    if (reply && isEnd) {
      if (reply.state === 'done') return;
      throw new Error(`The reply ended as "${reply.state}". Aside says: ${reply.notice}`);
    }
    await sleep(30);
  }
  throw new Error(`No reply within ${REPLY_LIMIT_MS / 1000} seconds.`);
}

async function save(page: Page, name: string, options: { fullPage?: boolean } = {}): Promise<void> {
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await page.screenshot({ path: join(FOLDER, `${name}-${value}.png`), ...options });
  }
  await page.emulateMediaFeatures([]);
}

async function askQuestion(panel: Page): Promise<void> {
  console.log(`\nYou: ${QUESTION}\n`);
  await send(panel, QUESTION);
  const printed = new StreamedText((text) => process.stdout.write(text));
  await followReply(panel, 0, (text, isEnd) => {
    if (!isEnd) printed.grow(text);
    else if (text !== '') printed.end(text);
  });
  await save(panel, 'question');
}

async function askPicture(panel: Page): Promise<void> {
  console.log(`\nYou, to dalle: ${PICTURE}`);
  await pickModel(panel, 'AI-Chats.org: dalle');
  await send(panel, PICTURE);
  await followReply(panel, 1);
  const image = await panel.waitForSelector('article[data-message-role="assistant"] img', {
    timeout: 10_000,
  });
  const seen = await image?.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) return undefined;
    await element.decode();
    const { naturalWidth: width, naturalHeight: height, src } = element;
    return { width, height, type: /^(?:data:)?[^;,]*/u.exec(src)?.[0] };
  });
  if (!seen) throw new Error('The picture does not show.');
  console.log(`\nA picture of ${seen.width} × ${seen.height} pixels (${seen.type}).\n`);
  await save(panel, 'picture');
}

async function showPopup(aside: Aside): Promise<void> {
  const popup = await aside.openPopup();
  await pickModel(popup, 'AI-Chats.org: gpt-4');
  await fill(popup, await byRole(popup, 'textbox', 'Prompt'), QUICK_QUESTION);
  await clickButton(popup, 'Ask');
  await followReply(popup, 0);
  await save(popup, 'popup');
  await popup.close();
}

async function showSettings(aside: Aside): Promise<void> {
  const settings = await aside.openTab(`chrome-extension://${aside.extensionId}/options.html`);
  await byRole(settings, 'heading', 'AI-Chats.org');
  await save(settings, 'settings', { fullPage: true });
  await settings.close();
}

/** Takes the tour and ends the browser; throws with a plain sentence when something does not go as it should. */
export async function takeTour(aside: Aside, options: { isLive: boolean }): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const panel = await aside.openPanel();
  await askQuestion(panel);
  await askPicture(panel);
  await showPopup(aside);
  await showSettings(aside);
  if (options.isLive) aside.expectRequests(/./u);
  await aside.close();
  if (!options.isLive) {
    console.log('Everything was answered on this computer; no request went anywhere else.');
  }
  const folder = relative(process.cwd(), FOLDER) || FOLDER;
  console.log(`Screenshots in ${folder}: question, picture, popup, settings, light and dark.`);
}
