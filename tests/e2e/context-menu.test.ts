/** The context menu on a selection: a picture or an answer in the panel, whether it is open or not. */
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { drawPicture } from '../stand-ins/picture.ts';
import {
  articles,
  readPicture,
  send,
  waitForReplyState,
  waitForReplyText,
  waitForStored,
} from './browser.ts';
import { startStory } from './story.ts';

const story = startStory();

const PAGE = 'https://ai-chats.org/article';

/** Without the words of the menu, so that nothing but the click itself is played. */
function choose(
  menuItemId: 'image-from-selection' | 'ask-selection',
  selectionText: string,
): Promise<void> {
  return story.aside.sendContextMenuClick({ menuItemId, selectionText, pageUrl: PAGE });
}

function promptOf(body: string): unknown {
  return JSON.parse(body).messagesHistory[0].content;
}

it('draws the selection without a panel: once opened, it shows the bytes of the server', async () => {
  const tab = await story.aside.openTab('https://ai-chats.org/');
  await choose('image-from-selection', 'a fox in the snow');
  await story.service.waitForRequest(({ path }) => path.startsWith('/pictures/'));
  const panel = await story.aside.openPanel();
  await waitForReplyState(panel, 'done');
  const picture = await readPicture(panel);
  expect(picture.alt).toBe('a fox in the snow');
  expect(picture.src).toMatch(/^data:image\/png;base64,/u);
  expect(picture.bytes.equals(drawPicture(encodeURIComponent('a fox in the snow')))).toBe(true);
  const source = await panel.$eval('article[data-message-role="user"]', (element) =>
    element.querySelector('p')?.innerText.trim(),
  );
  expect(source).toBe('From “AI-Chats.org (practice)”, ai-chats.org');
  await story.aside.closePanel();
  await tab.close();
});

it('answers the selection without a panel, and a panel opened in the middle follows', async () => {
  const reply = stepped('Your selection means this and that');
  story.service.answerNext(reply);
  await choose('ask-selection', 'What does this mean?');
  await reply.release(3);
  const panel = await story.aside.openPanel();
  await waitForReplyText(panel, 'Your selection means');
  await reply.releaseAll();
  await reply.end();
  await waitForReplyState(panel, 'done');
  expect((await articles(panel)).map(({ text }) => text)).toEqual([
    'What does this mean?',
    'Your selection means this and that',
  ]);
  const request = story.service.requests.findLast(({ method }) => method === 'POST');
  expect(promptOf(request?.body ?? '')).toBe('What does this mean?');
});

it('switches a panel that is open to the new conversation', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Newly asked.' });
  await choose('ask-selection', 'Something else');
  await waitForReplyText(panel, 'Newly asked.');
  expect((await articles(panel)).map(({ text }) => text)).toEqual([
    'Something else',
    'Newly asked.',
  ]);
});

it('switches the panel of the window that was clicked in, and no other', async () => {
  const panel = await story.freshPanel();
  const { panel: other, windowId } = await story.aside.openSecondWindow();
  story.service.answerNext({ kind: 'text', text: 'Over here.' });
  await story.aside.sendContextMenuClick(
    { menuItemId: 'ask-selection', selectionText: 'In the second window', pageUrl: PAGE },
    { windowId, title: 'Second' },
  );
  await waitForReplyText(other, 'Over here.');
  expect((await articles(panel)).map(({ text }) => text)).not.toContain('Over here.');
  await panel.evaluate((id) => chrome.windows.remove(id), windowId);
});

it('runs the reply to its end while no panel is open at all', async () => {
  await story.aside.closePanel();
  const reply = stepped('Finished all alone');
  story.service.answerNext(reply);
  await choose('ask-selection', 'Nobody waits');
  await reply.releaseAll();
  await reply.end();
  const panel = await story.aside.openPanel();
  expect((await waitForReplyText(panel, 'Finished all alone')).state).toBe('done');
});

it('opens the panel at the selection, even when another conversation has changed since', async () => {
  const panel = await story.freshPanel();
  const slow = stepped('Slow but sure');
  story.service.answerNext(slow, { kind: 'text', text: 'About the selection.' });
  await send(panel, 'Take your time');
  await slow.release(1);
  await waitForReplyText(panel, 'Slow');
  await story.aside.closePanel();
  await choose('ask-selection', 'Meanwhile');
  const tab = await story.aside.openPanelTab();
  await waitForStored(tab, 'About the selection.');
  await slow.releaseAll();
  await slow.end();
  await waitForStored(tab, 'Slow but sure');
  await tab.close();
  const reopened = await story.aside.openPanel();
  expect((await waitForReplyState(reopened, 'done')).text).toBe('About the selection.');
});

it('starts the worker when it was not running', async () => {
  await story.aside.closePanel();
  await story.aside.killWorker();
  story.service.answerNext({ kind: 'text', text: 'Woken up.' });
  await choose('ask-selection', 'Wake up');
  const panel = await story.aside.openPanel();
  expect((await waitForReplyText(panel, 'Woken up.')).text).toBe('Woken up.');
});

it('cuts a selection of 200,000 characters between two characters, and says so', async () => {
  const panel = await story.freshPanel();
  const selection = '🦊'.repeat(100_000);
  expect(selection).toHaveLength(200_000);
  story.service.answerNext({ kind: 'text', text: 'Long.' });
  await choose('ask-selection', selection);
  await waitForReplyText(panel, 'Long.');
  const note = await panel.waitForSelector('article p::-p-text(Cut: only the first)');
  const [, kept, count] =
    /^Cut: only the first (\d+) of (\d+) characters were sent\.$/u.exec(
      (await note?.evaluate((element) => element.textContent)) ?? '',
    ) ?? [];
  expect(count).toBe('200000');
  const request = story.service.requests.findLast(({ method }) => method === 'POST');
  const sent = String(promptOf(request?.body ?? ''));
  expect(sent).toBe('🦊'.repeat(Number(kept) / 2));
  expect(sent.length).toBeLessThan(200_000);
  expect((await articles(panel))[0]?.text).toBe(sent);
});

it('does nothing with a blank selection', async () => {
  await story.freshPanel();
  const before = story.service.requests.length;
  await choose('ask-selection', ' \n\t ');
  story.service.answerNext({ kind: 'text', text: 'After the blank.' });
  await choose('ask-selection', 'A real one');
  await waitForReplyText(await story.aside.openPanel(), 'After the blank.');
  expect(story.service.requests).toHaveLength(before + 1);
});

it('writes no selected text into its log', async () => {
  await story.freshPanel();
  story.service.answerNext({ kind: 'status', status: 400, body: 'unspeakable body' });
  await choose('ask-selection', 'unspeakable selection');
  await waitForReplyState(await story.aside.openPanel(), 'failed');
  await story.aside.openTab(`chrome-extension://${story.aside.extensionId}/options.html`);
  const tab = (await story.aside.browser.pages()).at(-1);
  await tab?.waitForSelector('ol li::-p-text(error=refused)');
  expect(await tab?.$eval('body', (body) => body.innerText)).not.toContain('unspeakable');
  await tab?.close();
});
