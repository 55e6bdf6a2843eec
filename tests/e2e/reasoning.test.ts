/** What a model thinks before it answers: told while it lasts, folded, and no part of the answer. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { findFaults } from './axe.ts';
import { articles, clickButton, send, waitForReplyState, waitForReplyText } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const THOUGHT = 'article[data-message-role="assistant"] button[aria-expanded]';

const thoughtLine = (panel: Page) => panel.$eval(THOUGHT, ({ textContent }) => textContent);
const isOpen = (panel: Page) =>
  panel.$eval(THOUGHT, (line) => line.getAttribute('aria-expanded') === 'true');

it('shows that the model thinks instead of waiting, unfolds by keyboard, and stays as it was set', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('<think>\nFirst **this**, then that.\n</think>\n\nThe answer is 42.');
  story.service.answerNext(reply);
  await send(panel, 'Think hard');
  await reply.release(4);
  const line = await panel.waitForSelector(THOUGHT);
  expect(await thoughtLine(panel)).toMatch(/^Thinking · \d+ s$/u);
  expect(await panel.$('::-p-text(Waiting for)')).toBeNull();
  expect(await isOpen(panel)).toBe(false);
  await line?.focus();
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('.prose strong::-p-text(this)');
  expect(await findFaults(panel)).toEqual([]);
  await reply.releaseAll();
  await reply.end();
  expect((await waitForReplyState(panel, 'done')).text).toBe('The answer is 42.');
  expect(await thoughtLine(panel)).toMatch(/^Thought for [\d.]+ s$/u);
  expect(await isOpen(panel)).toBe(true);
  expect(await findFaults(panel)).toEqual([]);
  await panel.keyboard.press('Space');
  expect(await isOpen(panel)).toBe(false);
});

it('is still there when the panel is opened again, and not sent back', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: '<think>A zebra.</think>Stripes.' });
  await send(panel, 'Which animal?');
  await waitForReplyState(panel, 'done');
  await panel.reload();
  expect((await waitForReplyText(panel, 'Stripes.')).text).toBe('Stripes.');
  await clickButton(panel, (await thoughtLine(panel)) ?? '');
  await panel.waitForSelector('.prose::-p-text(A zebra.)');
  await send(panel, 'And why?');
  await waitForReplyState(panel, 'done', { count: 2 });
  const { body } = story.service.requests.at(-1) ?? {};
  expect(body).toContain('Stripes.');
  expect(body).not.toContain('zebra');
});

it('lets the line that is read stay where it is when the answer starts', async () => {
  const panel = await story.freshPanel();
  const long = Array.from({ length: 60 }, (_, i) => `Thought${i}`).join('\n\n');
  const reply = stepped(`<think>${long}</think>${long.replaceAll('Thought', 'Said')}`);
  story.service.answerNext(reply);
  await send(panel, 'Think long');
  await reply.release(50);
  await (await panel.waitForSelector(THOUGHT))?.click();
  const middle = await panel.waitForSelector('.prose p::-p-text(Thought20)');
  await middle?.scrollIntoView();
  await panel.waitForSelector('::-p-aria([name="Newest"][role="button"])');
  const before = await middle?.boundingBox();
  await reply.releaseAll();
  await reply.end();
  await waitForReplyState(panel, 'done');
  expect((await middle?.boundingBox())?.y).toBe(before?.y);
  expect((await articles(panel)).at(-1)?.text).toMatch(/^Said0\n\n.*Said59$/su);
});
