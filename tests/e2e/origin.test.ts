/**
 * A model on this computer that takes requests from its own host alone: Aside gets through by a rule
 * for its own requests, and nobody else does by it.
 */
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { recorded, startModelService } from '../stand-ins/model-server.ts';
import { ollama as service, OLLAMA_MODEL as MODEL } from '../stand-ins/ollama.ts';
import type { RecordedRequest } from '../stand-ins/request-log.ts';
import { byRole, clickButton, pickModel, readNotice, send, waitForReplyState } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { writeOtherExtension } from './other-extension.ts';
import { startNewChat, startStory } from './story.ts';

const STRANGER = 'stranger.example';

const ollama = await startModelService(service);
const address = `http://127.0.0.1:${ollama.port}`;

const strangerServer = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<link rel="icon" href="data:,">Stranger');
});
await new Promise<void>((resolve) => void strangerServer.listen(0, '127.0.0.1', resolve));
const strangerAddress = strangerServer.address();
const strangerPort =
  typeof strangerAddress === 'object' && strangerAddress ? strangerAddress.port : 0;

const otherDir = await writeOtherExtension();
/**
 * A copy that holds this computer from the start: without a screen nobody can answer the question. It
 * holds the stranger's host, too, as after a picture from there: only then could a rule change that
 * page's requests at all.
 */
const dir = await buildWithHosts('http://127.0.0.1/*', `http://${STRANGER}/*`);

afterAll(async () => {
  await ollama.close();
  strangerServer.closeAllConnections();
  strangerServer.close();
  await rm(otherDir, { recursive: true });
});

const story = startStory({
  dir,
  otherExtensions: [otherDir],
  hosts: { [STRANGER]: strangerPort },
  elsewhere: /^http:\/\/(?:127\.0\.0\.1:\d+|stranger\.example)\//u,
});

/** The side panel with an empty conversation with the model, of one provider alone. */
async function panelWith(provider: string, name: string, at: string): Promise<Page> {
  const kept = {
    activeProviders: ['ai-chats', provider],
    modelLists: { [provider]: { models: [{ id: MODEL, output: 'text' }], at: 1 } },
    providerSettings: { [provider]: { address: at } },
  };
  const panel = await story.aside.openPanel();
  await panel.evaluate((items) => chrome.storage.local.set(items), kept);
  await startNewChat(panel);
  await pickModel(panel, `${name}: ${MODEL}`);
  return panel;
}

function panelWithOllama(): Promise<Page> {
  return panelWith('ollama', 'Ollama', address);
}

function chats(): RecordedRequest[] {
  return ollama.requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/completions'),
  );
}

/** Posts a chat from a page that may not read the answer: the server would do the work all the same. */
async function postFrom(page: Page, body: string): Promise<void> {
  await page.evaluate(
    async (url, sent) => {
      await fetch(url, { method: 'POST', mode: 'no-cors', body: sent });
    },
    `${address}/v1/chat/completions`,
    body,
  );
}

it('a server that is known by its address alone lets Aside in, and no web page', async () => {
  const name = 'OpenAI-compatible server';
  const panel = await panelWith('openai-compatible', name, `${address}/v1`);
  await send(panel, 'Hello there');
  expect((await waitForReplyState(panel, 'done')).text).toBe(recorded('ollama', 'words').text);
  expect(chats().at(-1)?.headers.origin).toBe(address);
  const stranger = await story.aside.openTab(`http://${STRANGER}/`);
  await postFrom(stranger, '{"of":"the first stranger"}');
  const request = chats().find(({ body }) => body === '{"of":"the first stranger"}');
  expect([request?.headers.origin, request?.status]).toEqual([`http://${STRANGER}`, 403]);
  await stranger.close();
});

it("Aside's own prompt is let in: it names the server's own origin", async () => {
  const panel = await panelWithOllama();
  await send(panel, 'Hello there');
  expect((await waitForReplyState(panel, 'done')).text).toBe(recorded('ollama', 'words').text);
  const chat = chats().at(-1);
  expect(chat?.status).toBe(200);
  expect(chat?.headers.origin).toBe(address);
  expect(chat?.headers.cookie).toBeUndefined();
});

it("a web page's own request keeps its origin, and is refused, while Aside talks", async () => {
  const panel = await panelWithOllama();
  await send(panel, 'Before the stranger');
  await waitForReplyState(panel, 'done');
  const stranger = await story.aside.openTab(`http://${STRANGER}/`);
  await postFrom(stranger, '{"of":"a stranger"}');
  const request = chats().find(({ body }) => body === '{"of":"a stranger"}');
  expect(request?.headers.origin).toBe(`http://${STRANGER}`);
  expect(request?.status).toBe(403);
  await stranger.close();
});

it("another extension's request keeps its origin, and is refused", async () => {
  const extensions = [...(await story.aside.browser.extensions()).values()];
  const other = extensions.find(({ path }) => path === otherDir);
  const page = await story.aside.openTab(`chrome-extension://${other?.id}/page.html`);
  await postFrom(page, '{"of":"another extension"}');
  const request = chats().find(({ body }) => body === '{"of":"another extension"}');
  expect(request?.headers.origin).toBe(`chrome-extension://${other?.id}`);
  expect(request?.status).toBe(403);
  await page.close();
});

it('a refusal is named, and the test of the connection tells the line that helps', async () => {
  const panel = await panelWithOllama();
  await send(panel, 'With the rule');
  await waitForReplyState(panel, 'done');
  await story.aside.evaluateInWorker(`(async () => {
    const rules = await chrome.declarativeNetRequest.getSessionRules();
    const removeRuleIds = rules.map(({ id }) => id);
    await chrome.declarativeNetRequest.updateSessionRules({ removeRuleIds });
  })()`);
  await send(panel, 'Without the rule');
  await waitForReplyState(panel, 'failed');
  expect((await readNotice(panel)).text).toBe('Ollama takes no requests from browser extensions.');
  expect(chats().at(-1)?.status).toBe(403);
  await clickButton(panel, 'Test connection');
  const list = await byRole(panel, 'list', 'Connection test');
  await expect
    .poll(() => list.evaluate((element) => element.textContent))
    .toContain('OLLAMA_ORIGINS=chrome-extension://*');
  expect(ollama.requests.every(({ body }) => !body.includes('Say hi'))).toBe(true);
});
