/** A panel of 400 px at 200 %: everything is there, nothing is cut, nothing scrolls sideways but tables and code. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { byRole, fill, promptBox, send, waitForReplyState, waitForReplyText } from './browser.ts';
import { startStory } from './story.ts';
import { openSettings, openView } from './views.ts';

const story = startStory();

const TEXT = `## A heading with a ${'Donaudampfschifffahrt'.repeat(3)}

A paragraph with \`${'a_long_name'.repeat(6)}\` and https://example.org/${'long/'.repeat(30)}end.

- one
  - two
    - three with words enough to break

| first column | second column | third column |
| --- | --- | --- |
| ${'wide'.repeat(20)} | 2 | 3 |

\`\`\`js
const wide = '${'x'.repeat(200)}';
\`\`\`

${'日本語の長い文章、'.repeat(12)} مرحبا بالعالم`;

/** What reaches over the edge of the page, though nothing around it scrolls. */
function findCut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const scrolls = (element: Element): boolean =>
      /auto|scroll|hidden|clip/u.test(getComputedStyle(element).overflowX) ||
      (element.parentElement !== null && scrolls(element.parentElement));
    const { scrollWidth } = document.documentElement;
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const isOut = right > innerWidth + 1 || left < -1;
        return width > 1 && isOut && element.checkVisibility() && !scrolls(element);
      })
      .map((element) => element.outerHTML.slice(0, 200))
      .concat(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide`] : []);
  });
}

it.each([200, 320])('holds at %i px: the chat', async (width) => {
  const panel = await story.aside.openPanelTab();
  await panel.setViewport({ width, height: 450 });
  story.service.answerNext({ kind: 'text', text: `<think>Hm.</think>${TEXT}`, pieces: 'whole' });
  await send(panel, `A prompt with a ${'long'.repeat(30)} word`);
  await waitForReplyState(panel, 'done');
  expect(await findCut(panel)).toEqual([]);
  // What the message list itself would have to be scrolled sideways for.
  const over = await panel.$eval('[role="log"]', ({ parentElement: view }) =>
    view ? view.scrollWidth - view.clientWidth : NaN,
  );
  expect(over).toBe(0);
  for (const name of ['New chat', 'History', 'Settings', 'Copy', 'Regenerate']) {
    const box = await (await byRole(panel, 'button', name)).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
  }
  await openView(panel, 'History');
  expect(await findCut(panel)).toEqual([]);
  await openView(panel, 'Pictures');
  expect(await findCut(panel)).toEqual([]);
  await panel.close();
});

it('has a prompt box of one line while it is empty, whatever it says, also while a reply runs', async () => {
  const panel = await story.aside.openPanelTab();
  await panel.setViewport({ width: 200, height: 450 });
  const box = await promptBox(panel);
  const height = () => box.evaluate((field) => field.getBoundingClientRect().height);
  await fill(panel, box, 'x');
  const ofOneLine = await height();
  await fill(panel, box, '');
  expect(await height()).toBe(ofOneLine);
  const reply = stepped('One two');
  story.service.answerNext(reply);
  await send(panel, 'Go on');
  await reply.release(1);
  await waitForReplyText(panel, 'One');
  expect(await height()).toBe(ofOneLine);
  await reply.releaseAll();
  await reply.end();
  await waitForReplyState(panel, 'done');
  await panel.close();
});

it.each([200, 320])('holds at %i px: the settings', async (width) => {
  const tab = await openSettings(story);
  await tab.setViewport({ width, height: 450 });
  expect(await findCut(tab)).toEqual([]);
  await tab.close();
});
