/** A picture on a host that Aside may not reach: "Allow access" asks for that host alone. */
import { createServer } from 'node:https';
import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { makeCertificate } from '../stand-ins/certificate.ts';
import { drawPicture } from '../stand-ins/picture.ts';
import { clickButton, readNotice, readPicture, send, waitForReplyState } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { startStory } from './story.ts';

const HOST = 'pictures.example';
const ORIGIN = `https://${HOST}/*`;

const asked: { path: string | undefined; cookie: string | undefined }[] = [];
const server = createServer(await makeCertificate([HOST]), ({ url, headers }, response) => {
  asked.push({ path: url, cookie: headers.cookie });
  response.setHeader('content-type', 'text/plain').end(drawPicture('foreign'));
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

/** Makes the worker take the host for not allowed until the page's question was answered with yes. */
async function playQuestion(panel: Page, answer: boolean): Promise<void> {
  await story.aside.evaluateInWorker(`(() => {
    const contains = chrome.permissions.contains.bind(chrome.permissions);
    chrome.permissions.contains = async (asked) => {
      const { allowed } = await chrome.storage.session.get('allowed');
      const isForeign = asked.origins.includes(${JSON.stringify(ORIGIN)});
      return isForeign ? allowed === true : contains(asked);
    };
  })()`);
  await panel.evaluate(async (yes) => {
    await chrome.storage.session.remove('allowed');
    chrome.permissions.request = async (permissions: chrome.permissions.Permissions) => {
      document.body.dataset['question'] = JSON.stringify(permissions);
      if (yes) await chrome.storage.session.set({ allowed: true });
      return yes;
    };
  }, answer);
}

it('asks for the host of a picture alone, and fetches the picture once it is allowed', async () => {
  const panel = await story.freshPanel('dalle');
  await playQuestion(panel, true);
  story.service.answerNext({ kind: 'image-url', url: `https://${HOST}/path/p.png?sig=1` });
  await send(panel, 'A picture from elsewhere');
  await waitForReplyState(panel, 'failed');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(`Aside may not reach ${HOST} yet. Allow it for this host alone?`);
  expect(notice.buttons.slice(0, 2)).toEqual(['Allow access', 'Try again']);
  expect(asked).toEqual([]);

  await clickButton(panel, 'Allow access');
  await waitForReplyState(panel, 'done');
  const picture = await readPicture(panel);
  expect(picture.bytes.equals(drawPicture('foreign'))).toBe(true);
  expect(picture.alt).toBe('A picture from elsewhere');
  expect(asked).toEqual([{ path: '/path/p.png?sig=1', cookie: undefined }]);
  const question = await panel.evaluate(() => document.body.dataset['question']);
  expect(JSON.parse(question ?? '')).toEqual({ origins: [ORIGIN] });
  expect(story.service.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  expect(await panel.$('[role="alert"]')).toBeNull();
});

it('leaves the notice where it is when the person says no', async () => {
  const panel = await story.freshPanel('dalle');
  await playQuestion(panel, false);
  const before = asked.length;
  story.service.answerNext({ kind: 'image-url', url: `https://${HOST}/refused.png` });
  await send(panel, 'A picture that I do not want');
  await waitForReplyState(panel, 'failed');
  await clickButton(panel, 'Allow access');
  await panel.waitForFunction(() => document.body.dataset['question'] !== undefined);
  expect((await readNotice(panel)).buttons[0]).toBe('Allow access');
  expect(asked).toHaveLength(before);
});
