/** Prompts that wait for the reply before them, and replies that run side by side. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  byRole,
  clickButton,
  fill,
  promptBox,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

/** The prompts that wait, in order. */
function queue(panel: Page): Promise<string[]> {
  return panel.$$eval('ul[aria-label="Waiting prompts"] li', (rows) =>
    rows.map(({ innerText }) => innerText.trim()),
  );
}

async function typeAhead(panel: Page, text: string): Promise<void> {
  const waiting = await queue(panel);
  await fill(panel, await promptBox(panel), text);
  await clickButton(panel, 'Send next');
  await expect.poll(() => queue(panel)).toEqual([...waiting, text]);
}

async function draft(panel: Page): Promise<string> {
  return (await promptBox(panel)).evaluate((box) =>
    box instanceof HTMLTextAreaElement ? box.value : '',
  );
}

async function texts(panel: Page): Promise<string[]> {
  return (await articles(panel)).map(({ text }) => text);
}

it('lets prompts wait for the reply, gives one back, and sends the other at its end', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Slow and steady');
  story.service.answerNext(reply, { kind: 'text', text: 'At last.' });
  await send(panel, 'Begin');
  await reply.release(1);
  await waitForReplyText(panel, 'Slow');
  await typeAhead(panel, 'Not so important');
  await typeAhead(panel, 'And then?');
  await panel.waitForSelector('::-p-text(Sent when this answer ends)');
  expect((await articles(panel)).filter(({ role }) => role === 'user')).toHaveLength(1);

  await clickButton(panel, 'Withdraw');
  await expect.poll(() => queue(panel)).toEqual(['And then?']);
  await expect.poll(() => draft(panel)).toBe('Not so important');
  await reply.releaseAll();
  await reply.end();
  await waitForReplyText(panel, 'At last.');
  await waitForReplyState(panel, 'done', { count: 2 });
  expect(await texts(panel)).toEqual(['Begin', 'Slow and steady', 'And then?', 'At last.']);
  expect(await queue(panel)).toEqual([]);
  expect(await draft(panel)).toBe('Not so important');
  expect(story.service.requests.filter(({ body }) => body.includes('important'))).toEqual([]);
  await fill(panel, await promptBox(panel), '');
});

it('stays at the end of the reply while long prompts join those that wait', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('line\n\n'.repeat(60) + 'end');
  story.service.answerNext(reply);
  await send(panel, 'Go on and on');
  await reply.release(40);
  await waitForReplyText(panel, 'line');
  await typeAhead(
    panel,
    'A prompt that is long enough to fill several lines of the box. '.repeat(3).trim(),
  );
  await typeAhead(panel, 'And one more that is so long that it does not fit into one line.');
  await clickButton(panel, 'Withdraw');
  await reply.releaseAll();
  await waitForReplyText(panel, 'end');
  expect(await panel.$('::-p-aria([name="Newest"][role="button"])')).toBeNull();
  await clickButton(panel, 'Stop');
});

it('sends what waits one after the other, in its order', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('First reply');
  story.service.answerNext(
    reply,
    { kind: 'text', text: 'Second reply' },
    { kind: 'text', text: 'Third reply' },
  );
  await send(panel, 'First');
  await reply.release(1);
  await waitForReplyText(panel, 'First');
  await typeAhead(panel, 'Second');
  await typeAhead(panel, 'Third');
  await reply.releaseAll();
  await reply.end();
  await waitForReplyText(panel, 'Third reply');
  await waitForReplyState(panel, 'done', { count: 3 });
  expect(await texts(panel)).toEqual(
    ['First', 'Second', 'Third'].flatMap((prompt) => [prompt, `${prompt} reply`]),
  );
});

it('holds what waits when the reply is stopped, and sends it when told to', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('To be stopped');
  story.service.answerNext(reply, { kind: 'text', text: 'Gladly.' });
  await send(panel, 'Talk');
  await reply.release(2);
  await waitForReplyText(panel, 'To be');
  await typeAhead(panel, 'Something else');
  await clickButton(panel, 'Stop');
  await waitForReplyState(panel, 'stopped');
  await panel.waitForSelector('::-p-text(Not sent, since you stopped the answer)');
  expect(await queue(panel)).toEqual(['Something else']);
  await clickButton(panel, 'Send now');
  await waitForReplyText(panel, 'Gladly.');
  expect(await texts(panel)).toEqual(['Talk', 'To be', 'Something else', 'Gladly.']);
});

it('still has what waits when the worker was killed and the page reloaded', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Cut off');
  story.service.answerNext(reply, { kind: 'text', text: 'Still here.' });
  await send(panel, 'Hold the line');
  await reply.release(1);
  await waitForReplyText(panel, 'Cut');
  await typeAhead(panel, 'Are you there?');
  await story.aside.killWorker();
  await panel.reload();
  await waitForReplyState(panel, 'interrupted');
  await expect.poll(() => queue(panel)).toEqual(['Are you there?']);
  await clickButton(panel, 'Send now');
  await waitForReplyText(panel, 'Still here.');
});

/** Lets nobody else write until the page is closed. */
async function holdDatabase(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const opening = indexedDB.open('aside');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const store = opening.result
      .transaction('conversations', 'readwrite')
      .objectStore('conversations');
    const holdOn = () => (store.count().onsuccess = holdOn);
    await new Promise((resolve) => (store.count().onsuccess = resolve));
    holdOn();
  });
}

it.each([{ isReloaded: false }, { isReloaded: true }])(
  'gives back what was to wait and was not yet on disk when the worker was killed, reloaded: $isReloaded',
  async ({ isReloaded }) => {
    const panel = await story.freshPanel();
    const reply = stepped('Cut off');
    story.service.answerNext(reply);
    await send(panel, 'Hold the line');
    await reply.release(1);
    await waitForReplyText(panel, 'Cut');
    const holder = await story.aside.openPanelTab();
    await holdDatabase(holder);
    await typeAhead(panel, 'Are you there?');
    await story.aside.crashWorker();
    if (isReloaded) await panel.reload();
    await holder.close();
    await waitForReplyState(panel, 'interrupted');
    await expect.poll(() => draft(panel)).toBe('Are you there?');
    expect(await queue(panel)).toEqual([]);
    await fill(panel, await promptBox(panel), '');
  },
);

it('runs replies of two windows side by side and mixes neither words nor queues', async () => {
  const one = await story.freshPanel();
  const { panel: other, windowId } = await story.aside.openSecondWindow();
  await clickButton(other, 'New chat');
  const [left, right] = [stepped('left one two three'), stepped('right one two three')];
  story.service.answerNext(left);
  await send(one, 'To the left');
  await left.started;
  story.service.answerNext(right);
  await send(other, 'To the right');
  await right.started;
  for (let i = 0; i < 2; i += 1) {
    await left.release(1);
    await right.release(1);
  }
  await waitForReplyText(one, 'left one');
  await waitForReplyText(other, 'right one');
  await typeAhead(one, 'Left again');
  expect(await queue(other)).toEqual([]);
  story.service.answerNext({ kind: 'text', text: 'left once more' });
  await left.releaseAll();
  await left.end();
  await waitForReplyText(one, 'left once more');
  await byRole(other, 'button', 'Stop');
  await right.releaseAll();
  await right.end();
  await waitForReplyState(other, 'done');
  expect(await texts(other)).toEqual(['To the right', 'right one two three']);
  await waitForReplyState(one, 'done', { count: 2 });
  expect(await texts(one)).toEqual([
    'To the left',
    'left one two three',
    'Left again',
    'left once more',
  ]);
  await story.aside.closePanel(windowId);
});
