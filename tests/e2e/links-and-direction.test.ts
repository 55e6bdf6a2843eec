/** Links and right-to-left text as a real browser lays them out. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { byRole, fill, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const ADDRESS = `https://example.org/very/${'long/'.repeat(20)}needle/${'long/'.repeat(20)}page?x=1`;

async function showReply(text: string): Promise<Page> {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text, pieces: 'whole' });
  await send(panel, 'Show it');
  await waitForReplyState(panel, 'done');
  return panel;
}

it('a long address takes little room, and is copied, found and read aloud whole', async () => {
  const panel = await showReply(`See ${ADDRESS} there.`);
  const link = await byRole(panel, 'link', ADDRESS);
  const lines = await link.evaluate((element) => element.getClientRects().length);
  expect(lines).toBeLessThanOrEqual(4);
  expect((await link.boundingBox())?.height).toBeLessThan(60);
  const selected = await panel.evaluate(() => {
    const text = document.querySelector('[data-message-role="assistant"] [data-message-text]');
    if (text) getSelection()?.selectAllChildren(text);
    return getSelection()?.toString();
  });
  expect(selected).toBe(`See ${ADDRESS} there.`);
  await panel.keyboard.down('Control');
  await panel.keyboard.press('f');
  await panel.keyboard.up('Control');
  await fill(panel, await byRole(panel, 'searchbox', 'Find in conversation'), 'long/needle/long');
  await panel.waitForSelector('::-p-text(1 of 1)');
  await panel.keyboard.press('Escape');
});

it('the mark of a list and the bar of a quote stand on the side that the text begins on', async () => {
  const panel = await showReply('- one\n- مرحبا بالعالم\n\n> שלום עולם\n\nمرحبا `npm i`');
  const sides = await panel.evaluate(() => {
    const edge = document.querySelector('.prose')?.getBoundingClientRect();
    const room = (selector: string) => {
      const box = document.querySelector(selector)?.getBoundingClientRect();
      return edge && box && [box.left - edge.left, edge.right - box.right].map(Math.round);
    };
    const bar = getComputedStyle(document.querySelector('.prose blockquote') ?? document.body);
    return {
      ltr: room('.prose li'),
      rtl: room('.prose li[dir="rtl"]'),
      bar: [bar.borderLeftWidth, bar.borderRightWidth],
      code: getComputedStyle(document.querySelector('.prose p > code') ?? document.body).direction,
    };
  });
  expect(sides).toEqual({ ltr: [22, 0], rtl: [0, 22], bar: ['0px', '3px'], code: 'ltr' });
});

it('a text that turns the order of letters ends with its link', async () => {
  const panel = await showReply('[\u202emoc.knab](https://evil.example/) and on');
  const [link, rest] = await panel.$eval('.prose p', (paragraph) =>
    [...paragraph.childNodes].map((node) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right } = range.getBoundingClientRect();
      return { left, right };
    }),
  );
  expect(rest?.left).toBeGreaterThanOrEqual(link?.right ?? Infinity);
  expect(await panel.$eval('.prose a', (one) => getComputedStyle(one, '::after').content)).toBe(
    '"\u200bevil.example"',
  );
});
