/** The tree of messages: nothing that was said is lost by saying it otherwise. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  byRole,
  clickButton,
  fill,
  readNotice,
  send,
  waitForReplyState,
  waitForReplyText,
  waitForStored,
} from './browser.ts';
import { startStory } from './story.ts';
import { converse, hurryWorker, pressAt } from './views.ts';

const story = startStory();

async function texts(panel: Page): Promise<string[]> {
  return (await articles(panel)).map(({ text }) => text);
}

/** Two turns: "One?" and "Two?", with "Reply to one." and "Reply to two.". */
async function twoTurns(): Promise<Page> {
  const panel = await converse(story, 'One?', 'Reply to one.');
  story.service.answerNext({ kind: 'text', text: 'Reply to two.' });
  await send(panel, 'Two?');
  await waitForReplyState(panel, 'done', { count: 2 });
  return panel;
}

it('sends an edited prompt as another version and leads back to the first', async () => {
  const panel = await twoTurns();
  story.service.answerNext({ kind: 'text', text: 'Reply to another.' });
  await pressAt(panel, 1, 'Edit');
  const box = await byRole(panel, 'textbox', 'Edit message');
  expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
  await fill(panel, box, 'Another?');
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Reply to another.');
  await panel.waitForSelector('article:first-of-type ::-p-text(2/2)');
  expect(await texts(panel)).toEqual(['Another?', 'Reply to another.']);
  await pressAt(panel, 1, 'Previous version');
  await waitForReplyText(panel, 'Reply to two.');
  const first = ['One?', 'Reply to one.', 'Two?', 'Reply to two.'];
  expect(await texts(panel)).toEqual(first);
  await panel.reload();
  await waitForReplyText(panel, 'Reply to two.');
  expect(await texts(panel)).toEqual(first);
  await pressAt(panel, 1, 'Next version');
  await waitForReplyText(panel, 'Reply to another.');
});

it('leaves a prompt as it is when its editing is broken off', async () => {
  const panel = await converse(story, 'Well said', 'Indeed.');
  await pressAt(panel, 1, 'Edit');
  await fill(panel, await byRole(panel, 'textbox', 'Edit message'), 'Never sent');
  await panel.keyboard.press('Escape');
  await panel.waitForSelector('::-p-aria([name="Edit message"])', { hidden: true });
  expect(await texts(panel)).toEqual(['Well said', 'Indeed.']);
});

it('goes on from an earlier message and keeps the way that was there', async () => {
  const panel = await twoTurns();
  await pressAt(panel, 2, 'Branch');
  await panel.waitForSelector('::-p-text(You go on from here. What followed is kept.)');
  expect(await texts(panel)).toEqual(['One?', 'Reply to one.']);
  await clickButton(panel, 'Show it');
  await waitForReplyText(panel, 'Reply to two.');

  await pressAt(panel, 2, 'Branch');
  story.service.answerNext({ kind: 'text', text: 'Reply to three.' });
  await send(panel, 'Three?');
  await waitForReplyText(panel, 'Reply to three.');
  expect(await texts(panel)).toEqual(['One?', 'Reply to one.', 'Three?', 'Reply to three.']);
  const asked = story.service.requests.find(({ body }) => body.includes('Three?'));
  expect(asked?.body).toContain('Reply to one.');
  expect(asked?.body).not.toContain('Two?');
  await pressAt(panel, 3, 'Previous version');
  await waitForReplyText(panel, 'Reply to two.');
  expect(await texts(panel)).toEqual(['One?', 'Reply to one.', 'Two?', 'Reply to two.']);
});

it('deletes a message and puts it back in its place on Undo', async () => {
  const panel = await twoTurns();
  await pressAt(panel, 2, 'Delete');
  await expect.poll(() => texts(panel)).toEqual(['One?', 'Two?', 'Reply to two.']);
  await panel.waitForSelector('[role="status"] ::-p-text(Message deleted.)');
  await clickButton(panel, 'Undo');
  const all = ['One?', 'Reply to one.', 'Two?', 'Reply to two.'];
  await expect.poll(() => texts(panel)).toEqual(all);
  await pressAt(panel, 4, 'Delete');
  await expect.poll(() => texts(panel)).toEqual(['One?', 'Reply to one.', 'Two?']);
  await clickButton(panel, 'Undo');
  await expect.poll(() => texts(panel)).toEqual(all);
});

it('lets the person go on writing while a deletion can still be taken back', async () => {
  const panel = await twoTurns();
  await pressAt(panel, 4, 'Delete');
  const undo = await (await byRole(panel, 'button', 'Undo')).boundingBox();
  const box = await (await panel.$('div:has(> textarea[aria-label="Message"])'))?.boundingBox();
  expect((undo?.y ?? NaN) + (undo?.height ?? NaN)).toBeLessThanOrEqual(box?.y ?? NaN);
});

it('deletes a message for good when the time for Undo is over', async () => {
  await hurryWorker(story);
  const panel = await converse(story, 'Tell me', 'A secret that must go.');
  await waitForStored(panel, 'A secret that must go.');
  await pressAt(panel, 2, 'Delete');
  await expect.poll(() => texts(panel)).toEqual(['Tell me']);
  await waitForStored(panel, '');
  await story.aside.killWorker();
  await panel.reload();
  await panel.waitForSelector('article');
  expect(await texts(panel)).toEqual(['Tell me']);
});

it('joins what follows on Continue to a reply whose connection was cut', async () => {
  const panel = await story.freshPanel();
  const whole = 'The tide follows the moon, twice a day, and nobody has ever stopped it.';
  const lost = stepped(whole);
  story.service.answerNext(lost, {
    kind: 'text',
    text: 'follows the moon, twice a day, and nobody has ever stopped it.',
  });
  await send(panel, 'Of the tide');
  await lost.release(6);
  await waitForReplyText(panel, 'The tide follows the moon, twice');
  await lost.cut();
  expect((await waitForReplyState(panel, 'interrupted')).text).toBe(
    'The tide follows the moon, twice',
  );
  expect((await readNotice(panel)).text).toContain('the connection to AI-Chats.org was lost');
  await clickButton(panel, 'Continue');
  expect((await waitForReplyState(panel, 'done')).text).toBe(whole);
  await waitForStored(panel, whole);
  expect(await panel.$('article [role="alert"]')).toBeNull();
});

it('joins what follows on Continue to a reply whose worker was killed', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('One two three four five six');
  story.service.answerNext(reply, { kind: 'text', text: 'two three four five six' });
  await send(panel, 'Count');
  await reply.release(3);
  await waitForStored(panel, 'One two three');
  await story.aside.killWorker();
  await waitForReplyState(panel, 'interrupted');
  await clickButton(panel, 'Continue');
  expect((await waitForReplyState(panel, 'done')).text).toBe('One two three four five six');
  const asked = story.service.requests.filter(({ body }) => body.includes('Count'));
  expect(asked.at(-1)?.body).toContain('One two three');
});
