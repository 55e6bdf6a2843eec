/** A provider from its choice in Settings to its answer: key, access, models, passphrase, what helps. */
import { createServer } from 'node:http';
import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import {
  byRole,
  clickButton,
  fill,
  pickModel,
  readNotice,
  send,
  waitForReplyState,
} from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { chooseFile, saving } from './files.ts';
import { chooseProvider } from './provider-section.ts';
import { startStory } from './story.ts';
import { confirm } from './views.ts';

const KEY = 'sk-confidential-0123456789wxyz';

/** A server that speaks OpenAI's protocol, with one model; under `/unlisted` it lists none. */
const asked: { path: string | undefined; authorization: string | undefined }[] = [];
const bodies: string[] = [];
const server = createServer((request, response) => {
  asked.push({ path: request.url, authorization: request.headers.authorization });
  request.setEncoding('utf8').on('data', (text: string) => void bodies.push(text));
  if (request.url === '/unlisted/v1/models') {
    response.statusCode = 404;
    response.end();
    return;
  }
  if (request.url?.endsWith('/models')) {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: [{ id: 'parrot' }] }));
    return;
  }
  response.setHeader('content-type', 'text/event-stream');
  const choices = [{ index: 0, delta: { content: 'Pretty polly.' }, finish_reason: 'stop' }];
  const chunk = { id: '1', object: 'chat.completion.chunk', created: 1, model: 'parrot', choices };
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
const host = `127.0.0.1:${port}`;

const dir = await buildWithHosts('http://127.0.0.1/*');

afterAll(async () => {
  server.close();
  server.closeAllConnections();
});

const story = startStory({ dir, elsewhere: /^http:\/\/127\.0\.0\.1/u });

function openSettings(): Promise<Page> {
  return story.aside.openTab(`chrome-extension://${story.aside.extensionId}/options.html`);
}

/** Everything in the extension's storage, as text. */
function readStorage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { local, session } = chrome.storage;
    return JSON.stringify([await local.get(), await session.get()]);
  });
}

/** Listens to changes of the storage from now on; what comes back tells them, as text. */
async function noteStorageEvents(page: Page): Promise<() => Promise<string>> {
  const told = await page.evaluateHandle(() => {
    const changes: unknown[] = [];
    chrome.storage.onChanged.addListener((change) => void changes.push(change));
    return changes;
  });
  return () => told.evaluate((changes) => JSON.stringify(changes));
}

/** How far the address field of the last provider is below the top of its section, in pixels. */
function addressTop(page: Page): Promise<number | undefined> {
  return page.$$eval('input[type="url"]', (fields) => {
    const field = fields.at(-1);
    const section = field?.closest('section')?.getBoundingClientRect();
    return field && section && field.getBoundingClientRect().top - section.top;
  });
}

it('is chosen, gets its address and key, lists its models, and answers', async () => {
  const page = await openSettings();
  await page.setViewport({ width: 400, height: 800 });
  await clickButton(page, 'Choose a provider');
  await fill(page, await byRole(page, 'searchbox', 'Search providers'), 'compatible');
  await page.keyboard.press('Enter');
  await byRole(page, 'heading', 'OpenAI-compatible server');
  // The focus is in its first field.
  await page.waitForFunction(
    () =>
      document.activeElement?.closest('section')?.querySelector('h2')?.textContent ===
      'OpenAI-compatible server',
  );
  const top = await addressTop(page);
  await page.keyboard.sendCharacter(`${host}/v1/chat/completions`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(`::-p-text(1 model, checked now)`);
  await page.waitForSelector('[role="status"]::-p-text(Saved)');
  expect(await addressTop(page), 'the field stays where it is').toBe(top);
  const told = await noteStorageEvents(page);
  const field = await byRole(page, 'textbox', 'Key');
  await fill(page, field, ` "${KEY}"\n`);
  await page.keyboard.press('Enter');
  await page.waitForSelector('::-p-text(Key set, ends in wxyz)');
  expect(await page.content()).not.toContain(KEY);
  // Neither what pages are told nor what they can ask for has it.
  expect(await told()).not.toContain(KEY);
  expect(await readStorage(page)).not.toContain(KEY);

  const panel = await story.freshPanel();
  await pickModel(panel, 'OpenAI-compatible server: parrot');
  await send(panel, 'Say something');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Pretty polly.');
  await panel.waitForSelector('article ::-p-text(OpenAI-compatible server · parrot)');
  expect(asked.at(-1)).toEqual({
    path: '/v1/chat/completions',
    authorization: `Bearer ${KEY}`,
  });
  await page.close();
});

it('keeps a key that was typed when its page is closed, but not in place of another', async () => {
  const page = await openSettings();
  await clickButton(page, 'Remove');
  await (await byRole(page, 'textbox', 'Key')).type('sk-typed-by-hand-9876');
  await page.close();
  const next = await openSettings();
  await next.waitForSelector('::-p-text(Key set, ends in 9876)');
  expect(await readStorage(next)).not.toContain('sk-typed-by-hand');
  await clickButton(next, 'Replace');
  await (await byRole(next, 'textbox', 'Key')).type('sk-half-of-a-key');
  await next.close();
  const again = await openSettings();
  await again.waitForSelector('::-p-text(Key set, ends in 9876)');
  await clickButton(again, 'Replace');
  await fill(again, await byRole(again, 'textbox', 'Key'), KEY);
  await again.keyboard.press('Enter');
  await again.waitForSelector('::-p-text(Key set, ends in wxyz)');
  await again.close();
});

it('gets no key while it is locked, and is unlocked where the answer failed', async () => {
  const page = await openSettings();
  await fill(page, await byRole(page, 'textbox', 'Passphrase'), 'open sesame');
  await fill(page, await byRole(page, 'textbox', 'Passphrase again'), 'open sesame');
  await clickButton(page, 'Set passphrase');
  await clickButton(page, 'Lock now');
  await page.waitForSelector('::-p-text(Your keys are locked.)');
  expect(await readStorage(page)).not.toContain(KEY);
  await page.close();

  const panel = await story.freshPanel();
  await pickModel(panel, 'OpenAI-compatible server: parrot');
  const before = asked.length;
  await send(panel, 'With a locked key');
  await waitForReplyState(panel, 'failed');
  expect((await readNotice(panel)).text).toContain('is locked');
  expect(asked).toHaveLength(before);
  await fill(panel, await byRole(panel, 'textbox', 'Passphrase'), 'open sesame');
  await clickButton(panel, 'Unlock');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Pretty polly.');
});

it('is offered by name where another one fails, and asked after the click alone', async () => {
  const panel = await story.freshPanel('gpt-4');
  const before = asked.length;
  story.service.answerNext({ kind: 'status', status: 429, body: 'enough' });
  await send(panel, 'Who answers this?');
  await waitForReplyState(panel, 'failed');
  await byRole(panel, 'button', 'Answer with parrot of OpenAI-compatible server');
  // Whether it is there is all that is asked of a server of one's own: no key, no prompt.
  expect(asked.slice(before)).toEqual([{ path: '/v1', authorization: undefined }]);
  expect(bodies.join('')).not.toContain('Who answers this?');
  await clickButton(panel, 'Answer with parrot of OpenAI-compatible server');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Pretty polly.');
  await panel.waitForSelector('article ::-p-text(OpenAI-compatible server · parrot)');
});

it('goes to another browser in a file, its key only with the passphrase', async () => {
  const page = await openSettings();
  const plain = await saving(story.aside, () => clickButton(page, 'Export settings'));
  const text = plain.bytes.toString();
  expect(JSON.parse(text)).toMatchObject({
    format: 'aside-settings',
    addresses: { 'openai-compatible': `http://${host}/v1` },
  });
  expect(text).not.toContain('wxyz');
  const passphrase = await byRole(page, 'textbox', 'Passphrase for the keys (optional)');
  await fill(page, passphrase, 'travel');
  const sealed = await saving(story.aside, () => clickButton(page, 'Export settings and keys'));
  expect(sealed.bytes.toString()).not.toContain(KEY);

  await clickButton(page, 'Reset settings');
  await confirm(page, 'Reset settings');
  await page.waitForSelector('::-p-text(All settings are as at the start.)');
  expect(await page.$('h2::-p-text(OpenAI-compatible server)')).toBeNull();

  await chooseFile(page, 'Import settings', plain);
  await page.waitForSelector('::-p-text(The settings were taken from the file.)');
  await byRole(page, 'heading', 'OpenAI-compatible server');
  expect(await page.$('::-p-text(Key set)')).toBeNull();
  await chooseFile(page, 'Import settings', sealed);
  await fill(page, await byRole(page, 'textbox', 'Passphrase of the file'), 'travel');
  await page.keyboard.press('Enter');
  await page.waitForSelector('::-p-text(Key set, ends in wxyz)');
  await page.close();
});

it('that lists no models answers by a name that one types', async () => {
  const name = 'my/parrot:7b 🦜';
  const page = await openSettings();
  const section = await chooseProvider(page, 'vLLM');
  await section.fill('Address', `${host}/unlisted/v1`);
  await section.says('this server gives no list of its models: type their names');
  await section.fill('Model name', ` "${name}" `);
  await section.says('1 model');
  await section.click('Test connection');
  await section.says('Address not tested · HTTP 404');
  await section.click('Send “Say hi”');
  await section.says('Answer passed');
  const panel = await story.openChat(`vLLM: ${name}`);
  await send(panel, 'Say something');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Pretty polly.');
  expect(JSON.parse(bodies.at(-1) ?? '')).toMatchObject({ model: name });
  await page.close();
});
