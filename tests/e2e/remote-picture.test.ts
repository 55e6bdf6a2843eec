/** A picture that a reply names: nothing is asked for before a click, and nobody learns who clicked. */
import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:https';

import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { makeCertificate } from '../stand-ins/certificate.ts';
import { drawPicture } from '../stand-ins/picture.ts';
import { byRole, clickButton, send, waitForReplyState } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { startStory } from './story.ts';
import { readTables } from './stored.ts';

const HOST = 'pictures.example';
const ORIGIN = `https://${HOST}/*`;
const SHOW = `Show the picture from ${HOST}`;

const asked: { path: string; headers: IncomingHttpHeaders }[] = [];
let gate = Promise.resolve();
const server = createServer(await makeCertificate([HOST]), ({ url = '', headers }, response) => {
  asked.push({ path: url, headers });
  if (url.startsWith('/visit')) {
    const cookies = ['lax=1', 'strict=1; SameSite=Strict', 'none=1; SameSite=None; Secure'];
    response.setHeader('set-cookie', cookies).setHeader('content-type', 'text/html');
    response.end('<link rel="icon" href="data:,">A visit');
  } else if (url.startsWith('/moved')) {
    response.writeHead(302, { location: '/elsewhere.png' }).end();
  } else if (url.startsWith('/page')) {
    response.setHeader('content-type', 'image/png').end('<!doctype html><script>1</script>');
  } else {
    void gate.then(() => response.end(drawPicture(url)));
  }
});
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;

const dir = await buildWithHosts(ORIGIN);

afterAll(async () => {
  server.close();
  server.closeAllConnections();
});

const story = startStory({
  dir,
  hosts: { [HOST]: port },
  elsewhere: /^https:\/\/pictures\.example/u,
});

/** A panel with a reply of this text; the question for a host is answered as told. */
async function showReply(text: string, isAllowed = true): Promise<Page> {
  const panel = await story.freshPanel();
  await panel.evaluate((yes) => {
    chrome.permissions.request = async (permissions: chrome.permissions.Permissions) => {
      document.body.dataset['question'] = JSON.stringify(permissions);
      return yes;
    };
  }, isAllowed);
  story.service.answerNext({ kind: 'text', text, pieces: 'whole' });
  await send(panel, 'Show me');
  await waitForReplyState(panel, 'done');
  return panel;
}

const askedFor = (path: string) => asked.filter((request) => request.path === path);

it('comes on a click, in its shape, without cookies, referrer and origin', async () => {
  const visit = await story.aside.openTab(`https://${HOST}/visit`);
  expect(await visit.evaluate(() => document.cookie)).toContain('none=1');
  const panel = await showReply(`A cat: ![a cat](https://${HOST}/cat.png), and on.`);
  await byRole(panel, 'button', SHOW);
  expect(await panel.$('article img')).toBeNull();
  expect(askedFor('/cat.png')).toEqual([]);

  await clickButton(panel, SHOW);
  const image = await panel.waitForSelector('article img');
  const shown = await image?.evaluate(async (element) => {
    if (!(element instanceof HTMLImageElement)) throw new Error('No img element');
    await element.decode();
    const { width, height } = element.getBoundingClientRect();
    return { src: element.src, alt: element.alt, ratio: width / height };
  });
  expect(shown?.alt).toBe('a cat');
  expect(shown?.src).toBe(`data:image/png;base64,${drawPicture('/cat.png').toString('base64')}`);
  expect(shown?.ratio).toBeCloseTo(1, 2);
  const question = await panel.evaluate(() => document.body.dataset['question']);
  expect(JSON.parse(question ?? '')).toEqual({ origins: [ORIGIN] });
  const [request, ...others] = askedFor('/cat.png');
  expect(others).toEqual([]);
  const told = ['cookie', 'referer', 'origin', 'authorization'];
  expect(told.filter((name) => request?.headers[name] !== undefined)).toEqual([]);
  expect(JSON.stringify(request?.headers)).not.toContain(story.aside.extensionId);
  await visit.close();
});

it('is not stored: with the panel opened again it is a chip again', async () => {
  const panel = await showReply(`![kept nowhere](https://${HOST}/gone.png)`);
  await clickButton(panel, SHOW);
  await panel.waitForSelector('article img');
  await story.aside.closePanel();
  const reopened = await story.aside.openPanel();
  await byRole(reopened, 'button', SHOW);
  expect(await reopened.$('article img')).toBeNull();
  expect(askedFor('/gone.png')).toHaveLength(1);
  const { blobs } = await readTables(reopened, ['blobs']);
  expect(blobs).toEqual([]);
});

it.each([
  [
    '/moved.png',
    `${HOST} sends this picture on to another address, so it was not loaded.`,
    '/elsewhere.png',
  ],
  ['/page.png', `What ${HOST} sent is no picture, or the picture is gone.`, '/never'],
])('says in a sentence why %s is not shown', async (path, sentence, other) => {
  const panel = await showReply(`![](https://${HOST}${path})`);
  await clickButton(panel, SHOW);
  await byRole(panel, 'button', 'Try again');
  const status = await panel.$eval('article [data-message-text] [role="status"]', (element) =>
    element instanceof HTMLElement ? element.innerText : '',
  );
  expect(status).toBe(sentence);
  expect(askedFor(path)).toHaveLength(1);
  expect(askedFor(other)).toEqual([]);
});

it('is not asked for when the person says no to its host', async () => {
  const panel = await showReply(`![](https://${HOST}/unwanted.png)`, false);
  await clickButton(panel, SHOW);
  await panel.waitForSelector('::-p-text(without your permission)');
  expect(askedFor('/unwanted.png')).toEqual([]);
});

it('of this computer is never asked for, not even by a request past the page', async () => {
  const local = `https://127.0.0.1:${port}/local.png`;
  const panel = await showReply(`![](${local})`);
  await panel.waitForSelector('::-p-text(the local network are not loaded)');
  expect(await panel.$('article [data-message-text] button')).toBeNull();
  const answer = await panel.evaluate(
    (url) =>
      chrome.runtime.sendMessage({
        id: 1,
        type: 'loadRemoteImage',
        data: { url },
        timestamp: Date.now(),
      }),
    local,
  );
  expect(answer).toEqual({ res: { trouble: 'local-address' } });
  expect(askedFor('/local.png')).toEqual([]);
});

it('moves nothing that is read below it when it arrives', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = promise;
  const lines = Array.from({ length: 60 }, (_, i) => `Line ${i}`).join('\n\n');
  const panel = await showReply(`${lines}\n\n![late](https://${HOST}/late.png)\n\n${lines}`);
  const button = await byRole(panel, 'button', SHOW);
  await button.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await clickButton(panel, SHOW);
  await byRole(panel, 'button', 'Loading…');
  const before = await readingPlace(panel, 900);
  resolve();
  await panel.waitForSelector('article img');
  await panel.waitForFunction(
    () => [...document.querySelectorAll('article img')].every((image) => image.clientHeight > 300),
    { polling: 'raf' },
  );
  await panel.evaluate(twoFrames);
  expect(await placeOf(panel, before.text)).toBe(before.top);
});

/** Scrolls on by so much, and says which line is then the first in view, and where. */
async function readingPlace(panel: Page, by: number): Promise<{ text: string; top: number }> {
  await panel.$eval(
    '[role="log"]',
    (log, distance) => log.parentElement?.scrollBy(0, distance),
    by,
  );
  await panel.evaluate(twoFrames);
  // A hold on a line is taken when scrolling has come to rest.
  return panel.evaluate(() => {
    const view = document.querySelector('[role="log"]')?.parentElement?.getBoundingClientRect();
    const found = [...document.querySelectorAll('.prose p')].find(
      (line) => line.getBoundingClientRect().top >= (view?.top ?? 0) + 1,
    );
    // Of two lines with the same words the one below the picture is meant.
    found?.setAttribute('data-watched', '');
    return {
      text: found?.textContent ?? '',
      top: found?.getBoundingClientRect().top ?? 0,
    };
  });
}

function placeOf(panel: Page, text: string): Promise<number> {
  return panel.$eval(
    '[data-watched]',
    (line, expected) => {
      if (line.textContent !== expected) throw new Error('Another line');
      return line.getBoundingClientRect().top;
    },
    text,
  );
}

function twoFrames(): Promise<unknown> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))),
  );
}
