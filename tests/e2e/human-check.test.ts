/** The human check: a person passes it on the site, and the same message goes again. */
import { TargetType } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { clickButton, readNotice, readPicture, send, waitForReplyState } from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const SENTENCE =
  'AI-Chats.org wants to see that you are human. Open the site, pass its check, and come back.';

it.each([
  { status: 403, model: 'gpt-4' },
  { status: 503, model: 'gpt-4' },
  { status: 200, model: 'gpt-4' },
  { status: 403, model: 'dalle' },
  { status: 200, model: 'dalle' },
] as const)('asks for the human check when $model gets a web page with $status', async (row) => {
  const panel = await story.freshPanel(row.model);
  story.service.answerNext({ kind: 'human-check', status: row.status });
  await send(panel, 'Am I human?');
  await waitForReplyState(panel, 'failed');
  const notice = await readNotice(panel);
  expect(notice.text).toBe(SENTENCE);
  expect(notice.buttons.slice(0, 2)).toEqual(['Open AI-Chats.org', 'Try again']);
});

it('opens the site, and answers the same message once the check is passed there', async () => {
  const panel = await story.freshPanel();
  story.service.answerAlways({ kind: 'human-check' });
  await send(panel, 'Let me in');
  await waitForReplyState(panel, 'failed');

  await clickButton(panel, 'Open AI-Chats.org');
  const target = await story.aside.browser.waitForTarget(
    (one) => one.type() === TargetType.PAGE && one.url() === 'https://ai-chats.org/chat/',
  );
  const site = await target.asPage();
  await clickButton(site, 'I am human');
  await site.waitForSelector('[role="status"]::-p-text(You have passed)');

  await clickButton(panel, 'Try again');
  const reply = await waitForReplyState(panel, 'done');
  expect(reply.text).toContain('You wrote: “Let me in”');
  const prompts = story.service.requests.filter(({ body }) => body.includes('Let me in'));
  expect(prompts.map(({ headers }) => headers.cookie?.includes('human=1') ?? false)).toEqual([
    false,
    true,
  ]);
  await site.close();

  const picturePanel = await story.freshPanel('dalle');
  await send(picturePanel, 'A passed check');
  expect((await readPicture(picturePanel)).alt).toBe('A passed check');
});
