/** Two panels, one conversation: whatever happens in one is seen in the other. */
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  clickButton,
  pickModel,
  readPicture,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startNewChat, startStory } from './story.ts';

const story = startStory();

it('shows one conversation alike and live in two windows, whichever is used', async () => {
  const one = await story.freshPanel();
  const reply = stepped('Seen by both of you');
  story.service.answerNext(reply, { kind: 'text', text: 'And this too.' });
  await send(one, 'Who sees this?');
  await reply.release(2);
  await waitForReplyText(one, 'Seen by');

  const { panel: other } = await story.aside.openSecondWindow();
  await waitForReplyText(other, 'Seen by');
  await reply.release(1);
  await Promise.all([waitForReplyText(one, 'by both'), waitForReplyText(other, 'by both')]);
  await reply.releaseAll();
  await reply.end();
  await Promise.all([waitForReplyState(one, 'done'), waitForReplyState(other, 'done')]);

  await send(other, 'And from the other window?');
  await waitForReplyState(one, 'done', { count: 2 });
  await waitForReplyState(other, 'done', { count: 2 });
  const shown = await articles(one);
  expect(await articles(other)).toEqual(shown);
  expect(shown.map(({ text }) => text)).toEqual([
    'Who sees this?',
    'Seen by both of you',
    'And from the other window?',
    'And this too.',
  ]);
});

it('stops a reply from the other window', async () => {
  const one = await story.freshPanel();
  const reply = stepped('Stopped from afar');
  story.service.answerNext(reply);
  await send(one, 'Stop it over there');
  await reply.release(1);
  const other = await story.aside.openPanelTab();
  await waitForReplyText(other, 'Stopped');
  await clickButton(other, 'Stop');
  expect((await waitForReplyState(one, 'stopped')).text).toBe('Stopped');
  expect((await waitForReplyState(other, 'stopped')).text).toBe('Stopped');
  await other.close();
});

it('shows a picture in both', async () => {
  const one = await story.freshPanel('dalle');
  await send(one, 'A picture for two');
  await waitForReplyState(one, 'done');
  const other = await story.aside.openPanelTab();
  expect((await readPicture(other)).src).toBe((await readPicture(one)).src);
  await other.close();
});

it('lets each window show a conversation of its own', async () => {
  const one = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Mine.' }, { kind: 'text', text: 'Yours.' });
  await send(one, 'My own');
  await waitForReplyState(one, 'done');
  const other = await story.aside.openPanelTab();
  await waitForReplyText(other, 'Mine.');
  await startNewChat(other);
  await pickModel(other, 'AI-Chats.org: gpt-4');
  await send(other, 'Your own');
  await waitForReplyText(other, 'Yours.');
  expect((await articles(one)).map(({ text }) => text)).toEqual(['My own', 'Mine.']);
  await other.close();
});

it('opens the conversation that the address names', async () => {
  const one = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Found by its address.' });
  await send(one, 'Name me');
  await waitForReplyState(one, 'done');
  const ids = await one.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<IDBDatabase>();
    const opening = indexedDB.open('aside');
    opening.addEventListener('success', () => resolve(opening.result));
    const database = await promise;
    const all = Promise.withResolvers<{ id: string; title: string }[]>();
    const reading = database.transaction('conversations').objectStore('conversations').getAll();
    reading.addEventListener('success', () => all.resolve(reading.result));
    const rows = await all.promise;
    database.close();
    return rows.filter(({ title }) => title === 'Name me').map(({ id }) => id);
  });
  await startNewChat(one);
  const tab = await story.aside.openPanelTab(`?conversation=${ids[0]}`);
  await waitForReplyText(tab, 'Found by its address.');
  expect(await articles(tab)).toHaveLength(2);
  await tab.close();
});
