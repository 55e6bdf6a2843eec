/** A provider behind a proxy, in the flavour that may set one: its requests go through it, no others do. */
import { createServer } from 'node:http';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, expect, it } from 'vitest';
import { makeCertificate } from '../stand-ins/certificate.ts';
import { recorded, startModelService } from '../stand-ins/model-server.ts';
import { ollama as service, OLLAMA_MODEL as MODEL } from '../stand-ins/ollama.ts';
import { startHttpProxy, startSocksProxy, type ProxyStandIn } from '../stand-ins/proxy.ts';
import {
  byRole,
  clickButton,
  fill,
  pickModel,
  readNotice,
  send,
  waitForReplyState,
} from './browser.ts';
import { buildWithProxies } from './build-with-hosts.ts';
import { startNewChat, startStory } from './story.ts';

/** No name that anybody but the proxies knows. */
const HOST = 'model.example';
const STRANGER = 'stranger.example';
const SITE = 'ai-chats.org';
const LOGIN = 'me:open sesame';

const ollama = await startModelService(service);
const answer = recorded('ollama', 'words').text;
const strangerServer = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html').end('<link rel="icon" href="data:,">Stranger');
});
await new Promise<void>((resolve) => void strangerServer.listen(0, '127.0.0.1', resolve));
const at = strangerServer.address();
const strangerPort = typeof at === 'object' && at ? at.port : 0;

const hosts: Record<string, number> = { [HOST]: ollama.port };
const open = await startHttpProxy({ hosts });
const guarded = await startHttpProxy({ hosts, login: LOGIN });
const sealed = await startHttpProxy({ hosts, certificate: await makeCertificate(['127.0.0.1']) });
const asleep = await startHttpProxy({ hosts, login: LOGIN });
const socks = await startSocksProxy({ hosts });
const all = [open, guarded, sealed, asleep, socks];

const story = startStory({
  dir: await buildWithProxies(`http://${HOST}/*`, `http://${STRANGER}/*`),
  hosts: { [STRANGER]: strangerPort },
  elsewhere: /^http:\/\/(?:model|stranger)\.example\//u,
});

afterEach(() => {
  for (const { asked } of all) asked.length = 0;
});

afterAll(async () => {
  await Promise.all([ollama, ...all].map((server) => server.close()));
  strangerServer.closeAllConnections();
  strangerServer.close();
});

/** The side panel with an empty conversation with the model behind these proxies. */
async function panelBehind(providerProxies: Record<string, string>): Promise<Page> {
  const kept = {
    activeProviders: ['ai-chats', 'ollama'],
    modelLists: { ollama: { models: [{ id: MODEL, output: 'text' }], at: 1 } },
    providerSettings: { ollama: { address: `http://${HOST}` } },
    providerProxies,
  };
  const panel = await story.aside.openPanel();
  await panel.evaluate((items) => chrome.storage.local.set(items), kept);
  await startNewChat(panel);
  await pickModel(panel, `Ollama: ${MODEL}`);
  return panel;
}

async function ask(panel: Page, text: string): Promise<string> {
  await send(panel, text);
  return (await waitForReplyState(panel, 'done')).text;
}

const http = ({ port }: Pick<ProxyStandIn, 'port'>) => `http://127.0.0.1:${port}`;

/** Who decides about the browser's proxies, and how. */
function inForce(): Promise<unknown> {
  return story.aside.evaluateInWorker(
    `chrome.proxy.settings.get({}).then(({ levelOfControl, value }) => levelOfControl + ' ' + value.mode)`,
  );
}

it("the provider's requests go through its proxy, nothing else does", async () => {
  const panel = await panelBehind({ ollama: http(open) });
  expect(await ask(panel, 'Hello there')).toBe(answer);
  expect(new Set(open.asked)).toEqual(new Set([`${HOST}:80`]));
  const before = open.asked.length;
  const stranger = await story.aside.openTab(`http://${STRANGER}/`);
  expect(await stranger.evaluate(() => document.body.textContent)).toBe('Stranger');
  await stranger.close();
  const other = await story.freshPanel();
  expect(await ask(other, 'Hello elsewhere')).not.toBe('');
  expect(open.asked).toHaveLength(before);
});

it('is given back to the system with the last proxy', async () => {
  await panelBehind({ ollama: http(open) });
  await expect.poll(inForce).toBe('controlled_by_this_extension pac_script');
  await panelBehind({});
  await expect.poll(inForce).toBe('controllable_by_this_extension system');
});

it('a SOCKS5 proxy looks up the name, too', async () => {
  const panel = await panelBehind({ ollama: `socks5://127.0.0.1:${socks.port}` });
  expect(await ask(panel, 'Through the sock')).toBe(answer);
  expect(new Set(socks.asked)).toEqual(new Set([`${HOST}:80`]));
});

it('a proxy may itself be spoken to over TLS', async () => {
  const panel = await panelBehind({ ollama: `https://127.0.0.1:${sealed.port}` });
  expect(await ask(panel, 'Sealed')).toBe(answer);
  expect(new Set(sealed.asked)).toEqual(new Set([`${HOST}:80`]));
});

it('a dead proxy is named as the cause, by the notice and by the test of the connection', async () => {
  const gone = await startHttpProxy({ hosts });
  await gone.close();
  const panel = await panelBehind({ ollama: http(gone) });
  await send(panel, 'Into the void');
  await waitForReplyState(panel, 'failed');
  const { text, buttons } = await readNotice(panel);
  expect(text).toContain(`The proxy 127.0.0.1:${gone.port} does not answer`);
  expect(buttons[0]).toBe('Open settings');
  await clickButton(panel, 'Test connection');
  const list = await byRole(panel, 'list', 'Connection test');
  await expect
    .poll(() => list.evaluate((element) => element.textContent))
    .toContain('The proxy of Ollama does not answer');
});

/** Sets the proxy of AI-Chats.org by its form in Settings, with a password in the address. */
async function setProxy(opener: 'Use a proxy' | 'Replace', proxy: string): Promise<void> {
  const settings = await story.aside.openTab(
    `chrome-extension://${story.aside.extensionId}/options.html`,
  );
  await clickButton(settings, opener);
  await fill(settings, await byRole(settings, 'textbox', 'Proxy address'), proxy);
  await clickButton(settings, 'Use this proxy');
  await settings.waitForSelector('::-p-text(with user and password)');
  expect(await settings.evaluate(() => document.body.innerText)).not.toContain('sesame');
  await settings.close();
}

it('a password is asked for, told to the proxy alone, and named when it is wrong', async () => {
  hosts[SITE] = story.service.port;
  const panel = await story.freshPanel();
  await panel.evaluate(() => chrome.storage.local.set({ activeProviders: ['ai-chats'] }));
  await setProxy('Use a proxy', `http://me:wrong@127.0.0.1:${guarded.port}`);
  await send(panel, 'Who am I?');
  await waitForReplyState(panel, 'failed');
  expect((await readNotice(panel)).text).toContain(
    `The proxy 127.0.0.1:${guarded.port} does not accept the user and password`,
  );
  await setProxy('Replace', `http://me:open%20sesame@127.0.0.1:${guarded.port}`);
  expect(await ask(panel, 'And now?')).not.toBe('');
  // A tunnel: of what is said in it the proxy knows nothing.
  expect(guarded.asked.at(-1)).toBe(`${SITE}:443`);
  expect(story.service.requests.at(-1)?.headers['proxy-authorization']).toBeUndefined();
});

it("a web page's request is logged in, too, by a worker that slept", async () => {
  await panelBehind({});
  await setProxy('Use a proxy', `http://me:open%20sesame@127.0.0.1:${asleep.port}`);
  await expect.poll(inForce).toContain('pac_script');
  await story.aside.closePanel();
  await story.aside.killWorker();
  expect(await story.aside.isWorkerRunning()).toBe(false);
  const page = await story.aside.openTab(`https://${SITE}/`);
  expect(asleep.asked).toContain(`${SITE}:443`);
  await page.close();
});
