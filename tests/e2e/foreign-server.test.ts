/**
 * A published server that others wrote speaks three protocols as they understood them: our own
 * stand-ins could share our mistakes.
 */
import { LLMock } from '@copilotkit/aimock';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clickButton, readNotice, send, waitForReplyState } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { chooseProvider } from './provider-section.ts';
import { startStory } from './story.ts';
import { openSettings } from './views.ts';

const KEY = 'foreign-key-0123456789';
/** What stands outside of the basic plane comes in halves, since it sends one UTF-16 unit at a time. */
const WORDS = 'The sky — голубое небо 👩‍👩‍👧 — is blue 🙂, and 𝑥² is text.';

const server = new LLMock({ host: '127.0.0.1', port: 0, chunkSize: 1, auth: { apiKeys: [KEY] } });
server
  .onMessage('Why is the sky blue', { content: WORDS })
  .onMessage('Think first', { content: 'Four.', reasoning: 'Two and two.' })
  .onMessage('Break off', { content: 'Hi 🙂🙂🙂🙂' }, { truncateAfterChunks: 6, latency: 100 });
// Of Gemini's lists of models it has none.
server.mount('/v1beta/models', {
  handleRequest(request, response) {
    if (request.method !== 'GET') return Promise.resolve(false);
    const supportedGenerationMethods = ['generateContent'];
    const models = [{ name: 'models/gemini-2.0-flash', supportedGenerationMethods }];
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ models }));
    return Promise.resolve(true);
  },
});
const url = await server.start();
afterAll(() => server.stop());

const rows = [
  { name: 'OpenAI', address: `${url}/v1`, model: 'OpenAI: gpt-4o' },
  { name: 'Anthropic', address: `${url}/v1`, model: 'Anthropic: claude-3-5-sonnet-20241022' },
  { name: 'Google Gemini', address: `${url}/v1beta`, model: 'Google Gemini: gemini-2.0-flash' },
];

const dir = await buildWithHosts('http://127.0.0.1/*');
const story = startStory({ dir, elsewhere: /^http:\/\/127\.0\.0\.1:/u });
let settings: Page;
beforeAll(async () => void (settings = await openSettings(story)));

it.each(rows)('$name by its address and key lists the models', async ({ name, address }) => {
  const section = await chooseProvider(settings, name);
  await section.fill('Address', address);
  await section.says(`Aside may reach ${new URL(address).host}.`);
  await section.fill('Key', 'wrong-key');
  await section.says(`${name} does not accept the key.`);
  await section.click('Replace');
  await section.fill('Key', KEY);
  await section.says('checked now');
  expect(await settings.content()).not.toContain(KEY);
});

it.each(rows)('$name says every character, in order', async ({ model }) => {
  const panel = await story.openChat(model);
  await send(panel, 'Why is the sky blue?');
  expect((await waitForReplyState(panel, 'done')).text).toBe(WORDS);
});

it.each(rows)('$name thinks apart from its answer', async ({ model }) => {
  const panel = await story.openChat(model);
  await send(panel, 'Think first');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Four.');
  await panel.waitForSelector('article ::-p-text(Thought)');
});

it.each(rows)('$name that is broken off keeps its words', async ({ name, model }) => {
  const panel = await story.openChat(model);
  await send(panel, 'Break off');
  const { text } = await waitForReplyState(panel, 'interrupted');
  // No half of a character: services refuse a prompt that holds one.
  expect(text).toMatch(/^Hi 🙂*$|^Hi$/u);
  const { text: says, buttons } = await readNotice(panel);
  expect(says).toBe(`The answer was cut off: the connection to ${name} was lost.`);
  expect(buttons[0]).toBe('Continue');
});

const faults = [
  { status: 400, says: 'refused the request. It says: “\u2068It was told to fail\u2069”' },
  { status: 404, says: 'has nothing at this address, or no model of this name.' },
  { status: 403, says: 'does not accept the key.' },
];

it.each(rows.map((row, index) => ({ ...row, status: 500, says: '', ...faults[index] })))(
  '$name that answers $status is told plainly, and asked again on demand',
  async ({ name, model, status, says }) => {
    const panel = await story.openChat(model);
    server.nextRequestError(status, { message: 'It was told to fail', type: 'injected' });
    await send(panel, 'Why is the sky blue?');
    await waitForReplyState(panel, 'failed');
    expect((await readNotice(panel)).text).toBe(`${name} ${says}`);
    await clickButton(panel, 'Details');
    await panel.waitForSelector('[role="alert"] ::-p-text(It was told to fail)');
    await clickButton(panel, 'Try again');
    expect((await waitForReplyState(panel, 'done')).text).toBe(WORDS);
  },
);

it.each(rows)('$name that gets too much is waited for', async ({ name, model }) => {
  const panel = await story.openChat(model);
  server.nextRequestError(429, { message: 'Slow down', type: 'rate_limit_error' });
  await send(panel, 'Why is the sky blue?');
  await panel.waitForSelector(`article ::-p-text(${name} is busy. Trying again in)`);
  expect((await waitForReplyState(panel, 'done')).text).toBe(WORDS);
});

it.each(rows)('$name that sends no JSON is said not to be understood', async ({ name, model }) => {
  const panel = await story.openChat(model);
  server.setChaos({ malformedRate: 1 });
  await send(panel, 'Why is the sky blue?');
  await waitForReplyState(panel, 'failed');
  server.clearChaos();
  expect((await readNotice(panel)).text).toBe(`The answer of ${name} could not be understood.`);
});
