/** Prompts and answers that nobody should send: bounded, in words, and nothing hangs. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import {
  articles,
  byRole,
  clickButton,
  fill,
  pickModel,
  promptBox,
  readNotice,
  send,
  waitForReplyState,
  waitForReplyText,
} from './browser.ts';
import { startNewChat, startStory } from './story.ts';

const story = startStory();

function prompts(): string[] {
  return story.service.requests
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => String(JSON.parse(body).messagesHistory[0].content));
}

/** As a person does it; typing so much at once would take the browser itself minutes. */
async function paste(panel: Page, text: string): Promise<void> {
  await story.aside.browser
    .defaultBrowserContext()
    .overridePermissions(`chrome-extension://${story.aside.extensionId}`, [
      'clipboard-sanitized-write',
    ]);
  await panel.focus('textarea');
  await panel.evaluate((all) => navigator.clipboard.writeText(all), text);
  await panel.keyboard.press('V', { commands: ['Paste'] });
}

async function isSendEnabled(panel: Page): Promise<boolean> {
  const button = await byRole(panel, 'button', 'Send');
  return button.evaluate((element) => !element.matches(':disabled'));
}

it.each([
  { name: 'nothing', text: '' },
  { name: 'spaces', text: '   ' },
  { name: 'blank lines', text: '\n\n\t' },
  { name: 'a no-break space', text: '\u00A0' },
])('does not send a prompt of $name', async ({ text }) => {
  const panel = await story.freshPanel();
  const before = prompts().length;
  await fill(panel, await promptBox(panel), text);
  expect(await isSendEnabled(panel)).toBe(false);
  await panel.keyboard.press('Enter');
  story.service.answerNext({ kind: 'text', text: 'To the real one.' });
  await send(panel, 'A real one');
  await waitForReplyText(panel, 'To the real one.');
  expect(prompts().slice(before)).toEqual(['A real one']);
});

it('sends a prompt of 100 kB whole', async () => {
  const panel = await story.freshPanel();
  const text = Array.from({ length: 10_000 }, (_, i) => `${i}`.padStart(9, '0')).join('\n');
  story.service.answerNext({ kind: 'text', text: 'All read.' });
  await paste(panel, text);
  await clickButton(panel, 'Send');
  await waitForReplyText(panel, 'All read.');
  expect(prompts().at(-1)).toBe(text);
  expect((await articles(panel))[0]?.text).toBe(text);
});

it.each([
  { name: 'emoji', text: '👩‍👩‍👧‍👦 🏳️‍🌈 👋🏽 e\u0301 🇳🇱' },
  { name: 'right-to-left text', text: 'שלום עולם, مرحبا بالعالم! (123)' },
  { name: 'zero-width characters', text: 'a\u200Bb\u200Cc\u200Dd\uFEFFe\u2060f\u202Eg\u202C' },
  { name: 'what looks like markup', text: '<b>&amp;</b> <script>alert(1)</script> **no** `x` $1' },
  { name: 'what looks like the protocol', text: 'data:  trylimit\\n\nAssistant: "}]}' },
])('sends and shows $name unchanged', async ({ text }) => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Got it.' });
  await send(panel, text);
  await waitForReplyText(panel, 'Got it.');
  expect(prompts().at(-1)).toBe(text);
  expect((await articles(panel))[0]?.text).toBe(text);
});

it.each([
  { way: 'two quick clicks on Send', act: doubleClickSend },
  { way: 'two clicks on Send in one moment', act: clickTwiceAtOnce },
  { way: 'two presses of Enter', act: pressEnterTwice },
])('sends one message on $way, and lets its reply run', async ({ way, act }) => {
  const panel = await story.freshPanel();
  const before = prompts().length;
  story.service.answerNext({ kind: 'text', text: 'Only once please', gapMs: 100 });
  await fill(panel, await promptBox(panel), way);
  await act(panel);
  expect((await waitForReplyState(panel, 'done')).text).toBe('Only once please');
  expect(prompts().slice(before)).toEqual([way]);
  expect(await articles(panel)).toHaveLength(2);
});

/** As a hand does it: the second click comes when the first one has already changed the button. */
async function doubleClickSend(panel: Page): Promise<void> {
  const box = await (await byRole(panel, 'button', 'Send')).boundingBox();
  if (!box) throw new Error('Send is not shown');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await panel.mouse.click(x, y);
  await byRole(panel, 'button', 'Stop');
  const session = await panel.createCDPSession();
  const second = { x, y, button: 'left', clickCount: 2 } as const;
  await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...second });
  await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...second });
  await session.detach();
}

async function clickTwiceAtOnce(panel: Page): Promise<void> {
  const button = await byRole(panel, 'button', 'Send');
  await button.evaluate((element) => {
    if (!(element instanceof HTMLElement)) return;
    element.click();
    element.click();
  });
}

async function pressEnterTwice(panel: Page): Promise<void> {
  await panel.keyboard.press('Enter');
  await panel.keyboard.press('Enter');
}

it('breaks the line on Shift+Enter and sends on Enter', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Two lines.' });
  await fill(panel, await promptBox(panel), 'one');
  await panel.keyboard.down('Shift');
  await panel.keyboard.press('Enter');
  await panel.keyboard.up('Shift');
  await panel.keyboard.type('two');
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Two lines.');
  expect(prompts().at(-1)).toBe('one\ntwo');
});

it('bounds a reply that never ends, in words, and goes on working', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'endless' });
  await send(panel, 'Never stop');
  await waitForReplyState(panel, 'failed', { timeout: 45_000 });
  expect((await readNotice(panel)).text).toBe(
    'The answer of AI-Chats.org grew too large, so Aside stopped it.',
  );
  await story.service.waitForRequest(
    ({ body, closedByClientAt }) => body.includes('Never stop') && closedByClientAt !== undefined,
  );
  await startNewChat(panel);
  story.service.answerNext({ kind: 'text', text: 'Still here.' });
  await send(panel, 'Are you still here?');
  await waitForReplyText(panel, 'Still here.');
});

it('bounds a picture that never ends, in words', async () => {
  const panel = await story.freshPanel('dalle');
  story.service.pictureNext({ kind: 'endless' });
  await send(panel, 'An endless picture');
  await waitForReplyState(panel, 'failed', { timeout: 45_000 });
  expect((await readNotice(panel)).text).toBe(
    'The answer of AI-Chats.org grew too large, so Aside stopped it.',
  );
  await story.service.waitForRequest(
    ({ path, closedByClientAt }) => path.includes('endless') && closedByClientAt !== undefined,
  );
});

// The last one: what is typed is kept, and so much of it would slow down the other stories.
it('refuses a prompt of 1 MB in words, and goes on working', async () => {
  const panel = await story.aside.openPanelTab();
  const before = prompts().length;
  // By selectors: the browser takes seconds to describe so long a text to assistive technology.
  await pickModel(panel, 'AI-Chats.org: gpt-4');
  await paste(panel, 'word '.repeat(200_000));
  const alert = await panel.waitForSelector('[role="alert"]:not(article *)');
  expect(await alert?.evaluate((element) => element.textContent)).toBe(
    'This prompt is too long: at most 200000 characters fit, it has 1000000.',
  );
  expect(await panel.$('button[aria-label="Send"]:disabled')).not.toBeNull();
  await panel.click('button[aria-label="History"]');
  await panel.waitForSelector('section[aria-label="History"]');
  await panel.click('button[aria-label="New chat"]');
  await panel.waitForFunction(() => !document.querySelector('article, [aria-label="History"] li'), {
    polling: 20,
  });
  await panel.$eval('textarea', (box) => box.select());
  await paste(panel, 'Shorter');
  story.service.answerNext({ kind: 'text', text: 'Short is fine.' });
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Short is fine.');
  expect(prompts().slice(before)).toEqual(['Shorter']);
});
