/** Each service from its key in Settings to its answers, and to each way in which none comes. */
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { png } from '../fixtures/pictures.ts';
import { CHECKPOINT } from '../stand-ins/comfyui.ts';
import { KEY, recorded } from '../stand-ins/model-server.ts';
import {
  byRole,
  clickButton,
  fill,
  readNotice,
  readPicture,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { chooseProvider, providerSection } from './provider-section.ts';
import { chatServices, hosts, servers, services, type Service } from './model-servers.ts';
import { startStory } from './story.ts';
import { openSettings } from './views.ts';

const origins = Object.keys(hosts).map((host) =>
  host.includes(':') ? `http://${host}` : `https://${host}`,
);
const dir = await buildWithHosts(
  ...new Set(origins.map((origin) => origin.replace(/:\d+$/u, '') + '/*')),
);
afterAll(() => Promise.all(Object.values(servers).map((server) => server.close())));

const story = startStory({
  dir,
  hosts,
  elsewhere: new RegExp(`^(?:${origins.join('|')})/`.replaceAll('.', '\\.'), 'u'),
});

/** Settings stay open beside the panel, as with somebody who tries things out. */
let settings: Page;
beforeAll(async () => void (settings = await openSettings(story)));

/** Settles when the connection of the request that says this was closed before its answer was over. */
function isLeft(server: Service['server'], said: string): Promise<unknown> {
  return server.waitForRequest(
    ({ body, closedByClientAt }) => body.includes(said) && closedByClientAt !== undefined,
  );
}

function wordsOf({ folder }: Pick<Service, 'folder'>, answer = 'words'): string {
  return recorded(folder, answer).text ?? '';
}

it.each(services)(
  '$name is chosen, says of a key whether it is right, and lists its models',
  async (service) => {
    const { name, hasKey, models, refusal } = service;
    const section = await chooseProvider(settings, name);
    if (hasKey) {
      await section.fill('Key', 'wrong-key');
      await section.says(`${name} ${refusal}`);
      await section.click('Replace');
      await section.fill('Key', KEY);
    } else {
      await section.click('Refresh models');
    }
    await section.says(`${models}, checked now`);
    expect(await settings.content()).not.toContain(KEY);
  },
);

it.each(chatServices)('$name answers word by word, under its name', async (service) => {
  const panel = await story.openChat(`${service.name}: ${service.chats}`);
  await send(panel, 'Why is the sky blue?');
  expect((await waitForReplyState(panel, 'done')).text).toBe(wordsOf(service));
  await panel.waitForSelector(`article ::-p-text(${service.name} · ${service.chats})`);
});

it.each(chatServices)('$name hears of Stop, and what it said stays', async (service) => {
  const panel = await story.openChat(`${service.name}: ${service.chats}`);
  service.server.answerNext({ answer: 'cut', breaksOff: new Promise(() => undefined) });
  await send(panel, 'Go on and on');
  const { text } = await waitForReplyText(panel, 'The sky');
  await clickButton(panel, 'Stop');
  const stopped = await waitForReplyState(panel, 'stopped');
  expect(stopped.text.startsWith(text)).toBe(true);
  expect(wordsOf(service).startsWith(stopped.text)).toBe(true);
  await isLeft(service.server, 'Go on and on');
});

it.each(chatServices)('$name is cut off: the words stay, and Continue goes on', async (service) => {
  const panel = await story.openChat(`${service.name}: ${service.chats}`);
  const breakOff = Promise.withResolvers<void>();
  service.server.answerNext({ answer: 'cut', breaksOff: breakOff.promise });
  await send(panel, 'Break off');
  // Before a word was shown it would be asked again.
  await waitForReplyText(panel, wordsOf(service, 'cut'));
  breakOff.resolve();
  const { text } = await waitForReplyState(panel, 'interrupted');
  expect(text).toBe(wordsOf(service, 'cut'));
  const notice = await readNotice(panel);
  expect(notice.text).toBe(`The answer was cut off: the connection to ${service.name} was lost.`);
  expect(notice.buttons[0]).toBe('Continue');
  await clickButton(panel, 'Continue');
  expect((await waitForReplyState(panel, 'done')).text).toBe(wordsOf(service));
});

it.each(services)('$name that gets too much is asked again when it says', async (service) => {
  const { name, server, chats, draws = '' } = service;
  const panel = await story.openChat(`${service.name}: ${chats ?? draws}`);
  server.answerNext(service.busy);
  const before = server.requests.length;
  await send(panel, 'Answer in a while');
  await panel.waitForSelector(`article ::-p-text(${name} is busy. Trying again in)`);
  await waitForReplyState(panel, 'done');
  const [first, second] = server.requests.slice(before).filter(({ method }) => method === 'POST');
  expect((second?.at ?? 0) - (first?.answeredAt ?? Infinity)).toBeGreaterThan(1900);
});

it.each(services)(
  '$name that refuses the key says so, with the way to Settings',
  async (service) => {
    const panel = await story.openChat(`${service.name}: ${service.chats ?? service.draws ?? ''}`);
    service.server.answerNext(service.wrongKey);
    await send(panel, 'With a key that was taken back');
    await waitForReplyState(panel, 'failed');
    const notice = await readNotice(panel);
    expect(notice.text).toBe(`${service.name} ${service.refusal}`);
    expect(notice.buttons.slice(0, 2)).toEqual(['Open settings', 'Try again']);
    await clickButton(panel, 'Try again');
    await waitForReplyState(panel, 'done');
  },
);

it('a notice leads to its provider’s section of the Settings that are open, whatever is searched for', async () => {
  const panel = await story.openChat('OpenAI: gpt-4o');
  servers.openAI.answerNext({ answer: '401' });
  await send(panel, 'Who is at fault?');
  await waitForReplyState(panel, 'failed');
  await fill(settings, await byRole(settings, 'searchbox', 'Search settings'), 'text size');
  await settings.waitForSelector('#provider-openai', { hidden: true });
  const before = (await story.aside.browser.pages()).length;
  await clickButton(panel, 'Open settings');
  await settings.waitForFunction(
    () =>
      document.visibilityState === 'visible' && document.activeElement?.textContent === 'OpenAI',
  );
  const top = await settings.$eval(
    '#provider-openai',
    (section) => section.getBoundingClientRect().top,
  );
  expect(top).toBeGreaterThanOrEqual(0);
  expect(top).toBeLessThan(await settings.evaluate(() => innerHeight));
  expect(await story.aside.browser.pages()).toHaveLength(before);
});

it.each(services)('$name at a wrong address is named, and found again', async (service) => {
  const { name, rightAddress } = service;
  const section = await providerSection(settings, name);
  await section.fill('Address', service.wrongAddress);
  await section.says(`${name} has nothing at this address`);

  const panel = await story.openChat(`${service.name}: ${service.chats ?? service.draws ?? ''}`);
  await send(panel, 'Is anybody there?');
  await waitForReplyState(panel, 'failed');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(`${name} has nothing at this address, or no model of this name.`);
  expect(notice.buttons[0]).toBe('Open settings');
  if (rightAddress === undefined) {
    await section.click('Use default');
    await section.says(`checked now`);
  } else {
    await clickButton(panel, 'Test connection');
    await clickButton(panel, `Use ${rightAddress}`);
    await panel.waitForSelector(`li ::-p-text(${service.models})`);
  }
  await clickButton(panel, 'Try again');
  await waitForReplyState(panel, 'done');
});

it.each(
  services.flatMap(({ draws, ...rest }) =>
    draws === undefined || rest.name === 'AUTOMATIC1111' ? [] : { ...rest, draws },
  ),
)('$name draws a picture', async (service) => {
  const panel = await story.openChat(`${service.name}: ${service.draws}`);
  await send(panel, 'A cat on a roof');
  await waitForReplyState(panel, 'done');
  const { bytes, alt } = await readPicture(panel);
  expect(bytes.equals(png)).toBe(true);
  expect(alt).toBe('A cat on a roof');
});

it('AUTOMATIC1111 tells how far its picture is, then shows it, and hears of Stop', async () => {
  const { automatic1111: server } = servers;
  const { requests, drawings } = server;
  const panel = await story.openChat('AUTOMATIC1111: v1-5-pruned-emaonly');
  server.hold();
  server.setProgress(0.25);
  await send(panel, 'A slow cat');
  await panel.waitForSelector('article ::-p-text(AUTOMATIC1111 is drawing · 25%)');
  server.finish();
  await waitForReplyState(panel, 'done');
  const { alt, bytes } = await readPicture(panel);
  expect(alt).toBe('A slow cat');
  // Width and height in the header of a PNG.
  const { width, height } = drawings.at(-1) ?? {};
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([width, height]);

  server.hold();
  const before = requests.length;
  await send(panel, 'A cat that nobody waits for');
  await server.waitForRequest(({ body }) => body.includes('nobody waits for'));
  await clickButton(panel, 'Stop');
  await waitForReplyState(panel, 'stopped', { count: 2 });
  await isLeft(server, 'nobody waits for');
  await server.waitForRequest(
    (request) => requests.indexOf(request) > before && request.path === '/sdapi/v1/interrupt',
  );
});

it('AUTOMATIC1111 that breaks off says so, and draws again on demand', async () => {
  const panel = await story.openChat('AUTOMATIC1111: v1-5-pruned-emaonly');
  servers.automatic1111.finish();
  servers.automatic1111.answerNext({ answer: 'cut' });
  await send(panel, 'Half a cat');
  await waitForReplyState(panel, 'interrupted');
  const notice = await readNotice(panel);
  expect(notice.text).toBe('The answer was cut off: the connection to AUTOMATIC1111 was lost.');
  // There are no words to go on from.
  expect(notice.buttons[0]).toBe('Try again');
  await clickButton(panel, 'Try again');
  await waitForReplyState(panel, 'done');
  expect((await readPicture(panel)).alt).toBe('Half a cat');
});

/** By the whole text: what changes each second is not found by its pieces. */
async function waitForTurn(panel: Page, words: string): Promise<void> {
  await panel.waitForFunction(
    (wanted) => [...document.querySelectorAll('article')].at(-1)?.textContent?.includes(wanted),
    { polling: 25 },
    words,
  );
}

it('ComfyUI tells one’s place in its queue, then shows the picture', async () => {
  const { comfyUI: server } = servers;
  const section = await chooseProvider(settings, 'ComfyUI');
  await section.click('Refresh models');
  await section.says('1 model, checked now');
  const panel = await story.openChat(`ComfyUI: ${CHECKPOINT}`);
  server.queueBehind(3);
  await send(panel, 'A cat that waits its turn');
  await waitForTurn(panel, 'ComfyUI draws 3 other pictures first');
  server.queueBehind(1);
  await waitForTurn(panel, 'ComfyUI draws 1 other picture first');
  server.finish();
  await waitForReplyState(panel, 'done');
  const { alt, bytes } = await readPicture(panel);
  expect(alt).toBe('A cat that waits its turn');
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
});

it('ComfyUI that is left takes the work out of its queue', async () => {
  const { comfyUI: server } = servers;
  const panel = await story.openChat(`ComfyUI: ${CHECKPOINT}`);
  server.queueBehind(2);
  await send(panel, 'A cat that nobody waits for');
  await waitForTurn(panel, 'ComfyUI draws 2 other pictures first');
  await clickButton(panel, 'Stop');
  await waitForReplyState(panel, 'stopped');
  const { body } = await server.waitForRequest(
    ({ method, path }) => method === 'POST' && path === '/queue',
  );
  expect(JSON.parse(body)).toEqual({ delete: [expect.any(String)] });
});

it('OpenAI that streams to no unverified organisation is asked for a stream once, whatever becomes of the worker', async () => {
  const message = 'Your organization must be verified to stream this model.';
  const refusal = { status: 400, body: { error: { message, param: 'stream' } } };
  const whole = { answer: 'not-streamed' };
  const panel = await story.openChat('OpenAI: gpt-4o');
  const before = servers.openAI.requests.length;
  servers.openAI.answerNext(refusal, whole, whole);
  await send(panel, 'At once');
  await waitForReplyState(panel, 'done');
  await story.aside.killWorker();
  await send(panel, 'At once again');
  await panel.waitForFunction(
    () => document.querySelectorAll('[data-message-state="done"]').length === 4,
    { polling: 20 },
  );
  const asked = servers.openAI.requests.slice(before).filter(({ method }) => method === 'POST');
  expect(asked.map(({ body }) => body.includes('"stream":true'))).toEqual([true, false, false]);
});
