/** Where one looks while a reply arrives: at its end, unless one scrolled away; and nothing moves in vain. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  byRole,
  clickButton,
  pickModel,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startNewChat, startStory } from './story.ts';

const story = startStory();

const PARAGRAPHS = Array.from({ length: 200 }, (_, i) => `Paragraph${i}`).join('\n\n');

/** How far the view is from the end of the messages, and from their start, in pixels. */
function readScroll(panel: Page): Promise<{ toEnd: number; top: number }> {
  return panel.evaluate(() => {
    let view = document.querySelector('[role="log"]');
    while (view && getComputedStyle(view).overflowY !== 'auto') view = view.parentElement;
    if (!view) throw new Error('Nothing scrolls');
    const { scrollTop, scrollHeight, clientHeight } = view;
    return { toEnd: scrollHeight - clientHeight - scrollTop, top: scrollTop };
  });
}

async function waitForScroll(
  panel: Page,
  isThere: (scroll: { toEnd: number; top: number }) => boolean,
): Promise<{ toEnd: number; top: number }> {
  for (let i = 0; i < 200; i += 1) {
    const scroll = await readScroll(panel);
    if (isThere(scroll)) return scroll;
    await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  throw new Error(`The view stands at ${JSON.stringify(await readScroll(panel))}`);
}

async function scrollBy(panel: Page, deltaY: number): Promise<void> {
  const log = await (await byRole(panel, 'log', 'Conversation')).boundingBox();
  const height = await panel.evaluate(() => innerHeight);
  await panel.mouse.move((log?.x ?? 0) + 50, height / 2);
  await panel.mouse.wheel({ deltaY });
}

const isAtEnd = ({ toEnd }: { toEnd: number }): boolean => toEnd <= 2;

it('stays at the end while a reply arrives, stays put once scrolled up, and leads back', async () => {
  const panel = await story.freshPanel();
  const reply = stepped(PARAGRAPHS);
  story.service.answerNext(reply);
  await send(panel, 'Write a lot');
  for (let i = 1; i <= 5; i += 1) {
    await reply.release(20);
    await waitForReplyText(panel, `Paragraph${i * 20 - 1}`);
    await waitForScroll(panel, isAtEnd);
  }
  expect(await panel.$('::-p-aria([name="Newest"][role="button"])')).toBeNull();

  await scrollBy(panel, -500);
  const away = await waitForScroll(panel, ({ toEnd }) => toEnd > 300);
  await byRole(panel, 'button', 'Newest');
  await reply.release(20);
  await waitForReplyText(panel, 'Paragraph119');
  const still = await readScroll(panel);
  expect(still.top).toBe(away.top);
  expect(still.toEnd).toBeGreaterThan(away.toEnd);

  await clickButton(panel, 'Newest');
  await waitForScroll(panel, isAtEnd);
  await reply.release(20);
  await waitForReplyText(panel, 'Paragraph139');
  await waitForScroll(panel, isAtEnd);
  await reply.end();
  await waitForReplyState(panel, 'done');
  expect(await panel.$('::-p-aria([name="Newest"][role="button"])')).toBeNull();
});

it('follows again when the person scrolls back to the end', async () => {
  const panel = await story.freshPanel();
  const reply = stepped(PARAGRAPHS);
  story.service.answerNext(reply);
  await send(panel, 'Write as much again');
  await reply.release(100);
  await waitForReplyText(panel, 'Paragraph99');
  await waitForScroll(panel, isAtEnd);
  await scrollBy(panel, -300);
  await waitForScroll(panel, ({ toEnd }) => toEnd > 200);
  await scrollBy(panel, 2000);
  await waitForScroll(panel, isAtEnd);
  await reply.releaseAll();
  await waitForReplyText(panel, 'Paragraph199');
  expect(await waitForScroll(panel, isAtEnd)).toSatisfy(isAtEnd);
  await reply.end();
});

it('leads to the end when a prompt is sent from further up', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: PARAGRAPHS, pieces: 'whole' });
  await send(panel, 'Long first');
  await waitForReplyState(panel, 'done');
  await scrollBy(panel, -1500);
  await waitForScroll(panel, ({ toEnd }) => toEnd > 1000);
  story.service.answerNext({ kind: 'text', text: 'At the end.' });
  await send(panel, 'Short second');
  await waitForReplyText(panel, 'At the end.', { count: 2 });
  expect(await waitForScroll(panel, isAtEnd)).toSatisfy(isAtEnd);
});

it.each([
  { motion: 'reduce', animations: 0 },
  { motion: 'no-preference', animations: 1 },
])('shows $animations animations while a picture is drawn, motion: $motion', async (row) => {
  const panel = await story.freshPanel('dalle');
  await panel.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: row.motion }]);
  const gate = Promise.withResolvers<void>();
  story.service.answerNext({ kind: 'silent', until: gate.promise });
  await send(panel, 'Slowly');
  await panel.waitForSelector('.drawing');
  expect(await panel.evaluate(() => document.getAnimations().length)).toBe(row.animations);
  gate.resolve();
  await waitForReplyState(panel, 'done');
  expect(await panel.evaluate(() => document.getAnimations().length)).toBe(0);
  await panel.emulateMediaFeatures([]);
});

it.each(['start', 'end'])(
  'shows the box of a prompt that is edited whole, with room around it, at the %s',
  async (place) => {
    const panel = await story.freshPanel();
    story.service.answerNext({ kind: 'text', text: PARAGRAPHS }, { kind: 'text', text: 'Short.' });
    await send(panel, 'First');
    await waitForReplyState(panel, 'done');
    await send(panel, 'Second');
    await waitForReplyState(panel, 'done', { count: 2 });
    await waitForScroll(panel, isAtEnd);
    if (place === 'start') {
      await scrollBy(panel, -100_000);
      await waitForScroll(panel, ({ top }) => top === 0);
    }
    const prompts = await panel.$$('[data-message-role="user"]');
    const prompt = place === 'start' ? prompts[0] : prompts[1];
    await prompt?.hover();
    await (await prompt?.$('[aria-label="Edit"]'))?.click();
    const box = await byRole(panel, 'textbox', 'Edit message');
    await panel.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const room = await box.evaluate((field) => {
      const editor = field.parentElement?.getBoundingClientRect();
      const view = field.closest('[role="log"]')?.parentElement?.getBoundingClientRect();
      return [
        (editor?.top ?? NaN) - (view?.top ?? NaN),
        (view?.bottom ?? NaN) - (editor?.bottom ?? NaN),
      ];
    });
    expect(Math.min(...room)).toBeGreaterThanOrEqual(8);
    await panel.keyboard.press('Escape');
  },
);

it.each([320, 600])('fits a width of %i pixels without scrolling sideways', async (width) => {
  const panel = await story.aside.openPanelTab();
  await panel.setViewport({ width, height: 700 });
  const wide = 'W'.repeat(300);
  story.service.answerNext({
    kind: 'text',
    text: `${wide}\n\n\`${wide}\`\n\n| ${wide} | b |\n|---|---|\n| 1 | 2 |\n\n\`\`\`\n${wide}\n\`\`\``,
  });
  await startNewChat(panel);
  await pickModel(panel, 'AI-Chats.org: gpt-4');
  await send(panel, `${wide} and a prompt`);
  await waitForReplyState(panel, 'done');
  const sizes = await panel.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    log: document.querySelector('[role="log"]')?.parentElement?.scrollWidth,
  }));
  expect(sizes.page).toBeLessThanOrEqual(width);
  expect(sizes.log).toBeLessThanOrEqual(width);
  await panel.close();
});
