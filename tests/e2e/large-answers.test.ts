/** A server that answers with a lot: 10,000 models, and a picture of 30 MB in base64. */
import { randomFillSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodePng } from '../stand-ins/png.ts';
import { byRole, clickButton, send, waitForReplyState } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { startStory } from './story.ts';

const MODELS = [
  ...Array.from({ length: 9_998 }, (_, n) => `vendor-${n % 40}/model-${n}:free`),
  'vendor/a.b:70b 🙂',
  'dall-e-3',
];
/** Noise does not get smaller: 22.5 MB of it, 30 MB in base64. */
const [WIDTH, HEIGHT] = [3000, 2500];
const picture = encodePng(WIDTH, HEIGHT, randomFillSync(Buffer.alloc(WIDTH * HEIGHT * 3)));
/** The models that were asked, as they are named. */
const picked: unknown[] = [];

const server = createServer((request, response) => {
  const json = (value: unknown) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(value));
  };
  if (request.url?.endsWith('/models')) return json({ data: MODELS.map((id) => ({ id })) });
  if (request.url?.endsWith('/generations')) {
    return json({ data: [{ b64_json: picture.toString('base64') }] });
  }
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    picked.push(JSON.parse(body).model);
    json({ choices: [{ message: { content: 'Found me.' }, finish_reason: 'stop' }] });
  });
  return undefined;
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const dir = await buildWithHosts('http://127.0.0.1/*');
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const story = startStory({ dir, elsewhere: /^http:\/\/127\.0\.0\.1/u });
const provider = 'openai-compatible';

beforeAll(async () => {
  const url = `chrome-extension://${story.aside.extensionId}/options.html`;
  const page = await story.aside.openTab(url);
  await page.evaluate(
    (id, at) =>
      chrome.storage.local.set({
        providerSettings: { [id]: { address: at } },
        activeProviders: ['ai-chats', id],
      }),
    provider,
    `http://127.0.0.1:${port}/v1`,
  );
  await page.reload();
  await clickButton(page, 'Refresh models');
  await page.waitForSelector('::-p-text(10,000 models)');
  await page.close();
});

/** By keyboard, as among 10,000 nobody finds it with the mouse. */
async function choose(panel: Page, query: string): Promise<void> {
  await (await byRole(panel, 'combobox', 'Model')).click();
  await byRole(panel, 'searchbox', 'Search models');
  await panel.keyboard.type(query);
  await panel.waitForFunction(() => document.querySelectorAll('[role="option"]').length === 1);
  await panel.keyboard.press('Enter');
}

it('lists 10,000 models, of which one is found and chosen by keyboard, whatever its name', async () => {
  const panel = await story.freshPanel();
  await choose(panel, '70b 🙂');
  await send(panel, 'Who are you?');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Found me.');
  expect(picked).toEqual(['vendor/a.b:70b 🙂']);
  await panel.waitForSelector('article ::-p-text(OpenAI-compatible server · vendor/a.b:70b 🙂)');
});

it('draws a picture of 30 MB in base64, which is shown', async () => {
  const panel = await story.freshPanel();
  await choose(panel, 'dall-e-3');
  await send(panel, 'Noise');
  await waitForReplyState(panel, 'done', { timeout: 45_000 });
  const image = await panel.waitForSelector('article img', { visible: true });
  const width = await image?.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) return undefined;
    await element.decode();
    return element.naturalWidth;
  });
  expect(width).toBe(WIDTH);
});
