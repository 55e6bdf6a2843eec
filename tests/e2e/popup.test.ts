/** The popup: a quick prompt from the toolbar, which the side panel can take over. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  byRole,
  clickButton,
  fill,
  pickModel,
  readPicture,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

async function ask(popup: Page, text: string): Promise<void> {
  await fill(popup, await byRole(popup, 'textbox', 'Prompt'), text);
  await clickButton(popup, 'Ask');
}

async function close(popup: Page): Promise<void> {
  const closed = new Promise((resolve) => popup.once('close', resolve));
  await popup.close();
  await closed;
}

it('asks, streams the answer, and stops', async () => {
  const popup = await story.aside.openPopup();
  const reply = stepped('A quick answer that is cut short');
  story.service.answerNext(reply);
  await ask(popup, 'Be quick');
  await byRole(popup, 'region', 'Answer');
  await reply.release(3);
  expect((await waitForReplyText(popup, 'A quick answer')).state).toBe('streaming');
  await clickButton(popup, 'Stop');
  expect((await waitForReplyState(popup, 'stopped')).text).toBe('A quick answer');
  await reply.closed;
  await close(popup);
});

it('shows the answer when it was closed in the middle and opened again', async () => {
  const popup = await story.aside.openPopup();
  const reply = stepped('It goes on while nobody looks');
  story.service.answerNext(reply);
  await ask(popup, 'Close me');
  await reply.release(2);
  await waitForReplyText(popup, 'It goes');
  await close(popup);
  await reply.release(2);
  const again = await story.aside.openPopup();
  expect((await waitForReplyText(again, 'It goes on while')).state).toBe('streaming');
  await reply.releaseAll();
  await reply.end();
  await waitForReplyState(again, 'done');
  expect(await articles(again)).toEqual([
    { role: 'user', state: 'done', text: 'Close me' },
    { role: 'assistant', state: 'done', text: 'It goes on while nobody looks' },
  ]);
  await close(again);
});

it('hands the streaming conversation to the side panel: nothing lost, nothing doubled', async () => {
  const popup = await story.aside.openPopup();
  const reply = stepped('From the popup into the side panel without a gap');
  story.service.answerNext(reply);
  await ask(popup, 'Move over');
  await reply.release(3);
  await waitForReplyText(popup, 'From the popup');
  const panel = await story.aside.appearing('/sidepanel.html', () =>
    clickButton(popup, 'Continue in side panel'),
  );
  await reply.release(3);
  expect((await waitForReplyText(panel, 'into the side')).state).toBe('streaming');
  await reply.releaseAll();
  await reply.end();
  await waitForReplyState(panel, 'done');
  expect(await articles(panel)).toEqual([
    { role: 'user', state: 'done', text: 'Move over' },
    {
      role: 'assistant',
      state: 'done',
      text: 'From the popup into the side panel without a gap',
    },
  ]);
  expect(story.service.requests.filter(({ body }) => body.includes('Move over'))).toHaveLength(1);
});

it('hands its conversation to a side panel that is already open', async () => {
  const panel = await story.freshPanel();
  const popup = await story.aside.openPopup();
  story.service.answerNext({ kind: 'text', text: 'Shown in both.' });
  await ask(popup, 'Join the panel');
  await waitForReplyState(popup, 'done');
  await clickButton(popup, 'Continue in side panel');
  await waitForReplyText(panel, 'Shown in both.');
  expect((await articles(panel)).map(({ text }) => text)).toEqual([
    'Join the panel',
    'Shown in both.',
  ]);
});

it('opens the side panel where it was', async () => {
  const panel = await story.freshPanel();
  await story.aside.closePanel();
  expect(panel.isClosed()).toBe(true);
  const popup = await story.aside.openPopup();
  await story.aside.appearing('/sidepanel.html', () => clickButton(popup, 'Open side panel'));
});

it('starts a conversation of its own with each prompt, and shows a picture', async () => {
  const popup = await story.aside.openPopup();
  story.service.answerNext({ kind: 'text', text: 'One.' });
  await ask(popup, 'Prompt number one');
  await waitForReplyText(popup, 'One.');
  await pickModel(popup, 'AI-Chats.org: dalle');
  await ask(popup, 'Prompt number two');
  expect((await readPicture(popup)).alt).toBe('Prompt number two');
  expect((await articles(popup)).map(({ text }) => text)).toEqual(['Prompt number two', '']);
  await close(popup);
});
