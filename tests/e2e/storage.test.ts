/** The room that conversations take, and what happens when there is none left. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  byRole,
  clickButton,
  send,
  storedTexts,
  waitForReplyState,
  waitForStored,
} from './browser.ts';
import { saving } from './files.ts';
import { changeConversations, readTables } from './stored.ts';
import { startNewChat, startStory } from './story.ts';
import { confirm, converse, openSettings, openView, shownTitles } from './views.ts';

const story = startStory();

const DAY = 24 * 60 * 60_000;

/** What the settings say of one kind of storage: how many, and how much. */
function readUse(settings: Page, label: string): Promise<string> {
  return settings.$$eval(
    'dl > div',
    (rows, wanted) =>
      rows
        .find(({ textContent }) => textContent.startsWith(wanted))
        ?.textContent.slice(wanted.length) ?? '',
    label,
  );
}

/** What the check of the database answers. */
async function check(settings: Page): Promise<string> {
  await clickButton(settings, 'Check the database');
  const button = await byRole(settings, 'button', 'Check the database');
  await settings.waitForFunction((element) => element.matches(':enabled'), {}, button);
  return settings.$eval('button + [role="status"]', (element) => element.textContent);
}

/** Makes the disk full for the worker, or gives it room again. */
async function setDiskFull(isFull: boolean): Promise<void> {
  await story.aside.evaluateInWorker(`(() => {
    globalThis.realPut ??= IDBObjectStore.prototype.put;
    globalThis.realAdd ??= IDBObjectStore.prototype.add;
    const refuse = () => { throw new DOMException('Full', 'QuotaExceededError'); };
    IDBObjectStore.prototype.put = ${isFull} ? refuse : realPut;
    IDBObjectStore.prototype.add = ${isFull} ? refuse : realAdd;
  })()`);
}

it('tells how much there is of what, and keeps up with deletions', async () => {
  await converse(story, 'To be weighed', 'x'.repeat(30_000));
  const panel = await story.freshPanel('dalle');
  await send(panel, 'A weight');
  await waitForReplyState(panel, 'done');
  const settings = await openSettings(story);
  const text = () => readUse(settings, 'Conversations and text');
  await expect.poll(text).toMatch(/^2 conversations, 4 messages3\d(\.\d)? kB$/u);
  const { blobs } = await readTables(panel, ['blobs']);
  const kilobytes = Math.round(Number(blobs[0]?.['size']) / 1000);
  expect(await readUse(settings, 'Pictures')).toMatch(
    new RegExp(`^1 picture${String(kilobytes).slice(0, 2)}`, 'u'),
  );
  expect(await readUse(settings, 'Everything, with the search index')).toMatch(/^[\d.]+ [kM]B$/u);
  await clickButton(settings, 'Delete everything');
  await confirm(settings, 'Delete everything');
  await expect.poll(text).toMatch(/^0 conversations, 0 messages0/u);
  await settings.close();
});

it('deletes what has not changed for a year, but for what is pinned', async () => {
  for (const title of ['Old', 'Old and dear', 'Middle-aged']) await converse(story, title, 'Well.');
  const panel = await converse(story, 'New', 'Well.');
  await changeConversations(panel, 'Old', { updatedAt: Date.now() - 366 * DAY });
  await changeConversations(panel, 'Old and dear', { updatedAt: 0, isPinned: true });
  await changeConversations(panel, 'Middle-aged', { updatedAt: Date.now() - 364 * DAY });
  await story.aside.killWorker();
  const settings = await openSettings(story);
  await clickButton(settings, 'Delete');
  await settings.waitForSelector('[role="alertdialog"] ::-p-text(older than a year?)');
  await confirm(settings, 'Cancel');
  await clickButton(settings, 'Delete');
  await confirm(settings, 'Delete');
  await settings.waitForSelector('[role="status"]::-p-text(1 conversation was deleted.)');
  await settings.close();
  await openView(panel, 'History');
  await expect.poll(() => shownTitles(panel)).toEqual(['Old and dear', 'New', 'Middle-aged']);
  const { messages } = await readTables(panel, ['messages']);
  expect(messages).toHaveLength(6);
});

it('checks the database, and says what is wrong in it', async () => {
  const panel = await converse(story, 'Sound', 'And whole.');
  const settings = await openSettings(story);
  expect(await check(settings)).toBe('The database is in order.');
  await changeConversations(panel, 'Sound', { leafId: 'nowhere' });
  expect(await check(settings)).toMatch(
    /^The check found 1 problem\.\S+ shows a message that is not there\.$/u,
  );
  await changeConversations(panel, 'Sound', { leafId: null });
  expect(await check(settings)).toBe('The database is in order.');
  await settings.close();
});

it('goes on with a reply when the disk is full, and writes it down when there is room', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Before the flood and after it, to the end');
  story.service.answerNext(reply);
  await send(panel, 'Do not lose me');
  await reply.release(3);
  await waitForStored(panel, 'Before the flood');
  await setDiskFull(true);
  await reply.release(2);
  const banner = await byRole(panel, 'alert', '');
  const text = await banner.evaluate((element) => element.textContent);
  expect(text).toContain('The disk is full, so Aside cannot write this down.');
  await reply.releaseAll();
  await reply.end();
  const whole = 'Before the flood and after it, to the end';
  expect((await waitForReplyState(panel, 'done')).text).toBe(whole);
  expect(await storedTexts(panel)).not.toContain(whole);
  const { name, bytes } = await saving(story.aside, () =>
    clickButton(panel, 'Export this conversation'),
  );
  expect(name).toBe('Do-not-lose-me.json');
  expect(JSON.parse(bytes.toString()).messages[1].parts).toEqual([{ type: 'text', text: whole }]);

  await setDiskFull(false);
  await panel.waitForSelector('::-p-text(The disk is full)', { hidden: true });
  await waitForStored(panel, whole);
});

it('answers a prompt that finds the disk full, and has both when there is room', async () => {
  await setDiskFull(true);
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Spoken, not written.' });
  await send(panel, 'Into the full disk');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Spoken, not written.');
  await panel.waitForSelector('[role="alert"] ::-p-text(The disk is full)');
  const { panel: other, windowId } = await story.aside.openSecondWindow();
  await startNewChat(other);
  await other.waitForSelector('[role="alert"] ::-p-text(The disk is full)');
  await setDiskFull(false);
  await waitForStored(panel, 'Spoken, not written.');
  await other.waitForSelector('::-p-text(The disk is full)', { hidden: true });
  await story.aside.closePanel(windowId);
});
