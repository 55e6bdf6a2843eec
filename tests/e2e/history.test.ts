/** The history: what it lists, what one can do to it, and that every window sees it at once. */
import { expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import {
  articles,
  byRole,
  clickButton,
  fill,
  send,
  waitForReplyState,
  waitForStored,
} from './browser.ts';
import { changeConversations, readTables } from './stored.ts';
import { startNewChat, startStory } from './story.ts';
import {
  closeViews,
  converse,
  editRow,
  openFromHistory,
  openView,
  pressInRow,
  rowOf,
  shownGroups,
  shownTitles,
} from './views.ts';

const story = startStory();

const DAY = 24 * 60 * 60_000;

async function badge(): Promise<unknown> {
  return story.aside.evaluateInWorker('chrome.action.getBadgeText({})');
}

it('lists conversations by day, the newest first, and pinned ones on top', async () => {
  for (const title of ['Long ago', 'Last night', 'This week', 'First today']) {
    await converse(story, title, `About ${title}`);
  }
  const panel = await converse(story, 'Second today', 'About now');
  await startNewChat(panel);
  const midnight = new Date().setHours(0, 0, 0, 0);
  await changeConversations(panel, 'Last night', { updatedAt: midnight - 1 });
  await changeConversations(panel, 'This week', { updatedAt: midnight - 2 * DAY });
  await changeConversations(panel, 'Long ago', { updatedAt: Date.UTC(2019, 5, 15) });
  await story.aside.killWorker();
  await openView(panel, 'History');
  const days = [
    { heading: 'Today', titles: ['Second today', 'First today'] },
    { heading: 'Yesterday', titles: ['Last night'] },
    { heading: 'Last 7 days', titles: ['This week'] },
    { heading: '2019', titles: ['Long ago'] },
  ];
  await expect.poll(() => shownGroups(panel)).toEqual(days);

  await pressInRow(panel, 'Long ago', 'Pin');
  const pinned = [{ heading: 'Pinned', titles: ['Long ago'] }, ...days.slice(0, 3)];
  await expect.poll(() => shownGroups(panel)).toEqual(pinned);
  await panel.reload();
  await openView(panel, 'History');
  await expect.poll(() => shownGroups(panel)).toEqual(pinned);
  await pressInRow(panel, 'Long ago', 'Pin');
  await expect.poll(() => shownGroups(panel)).toEqual(days);
});

it('shows a new title at once in the list and the header of another window', async () => {
  const panel = await converse(story, 'Called this', 'For now.');
  const { panel: other, windowId } = await story.aside.openSecondWindow();
  await waitForReplyState(other, 'done');
  await openView(panel, 'History');
  await editRow(panel, 'Called this', { Title: '  Called that  ' });
  await rowOf(panel, 'Called that');
  await byRole(other, 'heading', 'Called that');
  await openView(other, 'History');
  await rowOf(other, 'Called that');
  await editRow(other, 'Called that', { Title: 'Called otherwise' });
  await rowOf(panel, 'Called otherwise');
  expect(await shownTitles(panel)).not.toContain('Called that');
  await closeViews(panel);
  await byRole(panel, 'heading', 'Called otherwise');
  await story.aside.closePanel(windowId);
});

it('moves a conversation into a folder, and shows that folder alone', async () => {
  await converse(story, 'On stars', 'Far away.');
  const panel = await converse(story, 'On soup', 'Hot.');
  await openView(panel, 'History');
  await editRow(panel, 'On soup', { Folder: 'Kitchen' });
  await (await byRole(panel, 'combobox', 'Folder to show')).click();
  await (await byRole(panel, 'option', 'Kitchen')).click();
  await expect.poll(() => shownTitles(panel)).toEqual(['On soup']);
  await editRow(panel, 'On soup', { Folder: '' });
  await expect.poll(() => shownTitles(panel)).toContain('On stars');
  expect(await panel.$('[aria-label="Folder to show"]')).toBeNull();
});

it('counts on the icon what was answered with the panel closed, until it is looked at', async () => {
  const panel = await story.freshPanel();
  expect(await badge()).toBe('');
  const reply = stepped('Ready when you are');
  story.service.answerNext(reply);
  await send(panel, 'Take your time');
  await reply.release(1);
  await waitForStored(panel, 'Ready');
  await story.aside.closePanel();
  await reply.releaseAll();
  await reply.end();
  await expect.poll(badge).toBe('1');
  await story.aside.killWorker();
  await expect.poll(badge).toBe('1');
  await waitForReplyState(await story.aside.openPanel(), 'done');
  await expect.poll(badge).toBe('');
});

it('marks what was answered behind another conversation as unread, until it is opened', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('Behind your back');
  story.service.answerNext(reply);
  await send(panel, 'Answer me later');
  await reply.release(1);
  await startNewChat(panel);
  await openView(panel, 'History');
  const row = () => rowOf(panel, 'Answer me later');
  await (await row()).waitForSelector('::-p-text(Answering…)');
  await reply.releaseAll();
  await reply.end();
  await (await row()).waitForSelector('::-p-text(Unread)');
  await expect.poll(badge).toBe('1');
  await openFromHistory(panel, 'Answer me later');
  await waitForReplyState(panel, 'done');
  await openView(panel, 'History');
  expect(await (await row()).evaluate((element) => element.textContent)).not.toContain('Unread');
  await expect.poll(badge).toBe('');
});

it('deletes a conversation from the list and takes it back whole on Undo, without leaving the list', async () => {
  const panel = await converse(story, 'Spare me', 'All of this.');
  const before = await articles(panel);
  await openView(panel, 'History');
  const search = await byRole(panel, 'searchbox', 'Search conversations');
  await fill(panel, search, 'Spare');
  await pressInRow(panel, 'Spare me', 'Delete');
  await expect.poll(() => shownTitles(panel)).not.toContain('Spare me');
  await panel.waitForSelector('[role="status"] ::-p-text(Conversation deleted.)');
  await clickButton(panel, 'Undo');
  await rowOf(panel, 'Spare me');
  expect(await panel.$('::-p-text(Conversation deleted.)')).toBeNull();
  expect(await search.evaluate((box) => box instanceof HTMLInputElement && box.value)).toBe(
    'Spare',
  );
  // It was the one in the chat, and is so again.
  await closeViews(panel);
  await waitForReplyState(panel, 'done');
  expect(await articles(panel)).toEqual(before);
  await panel.reload();
  await waitForReplyState(panel, 'done');
  expect(await articles(panel)).toEqual(before);
});

it('deletes the conversation that is shown, stops its reply, and keeps it deleted', async () => {
  await converse(story, 'Keep this', 'Kept.');
  const panel = await story.freshPanel();
  const reply = stepped('Never to be read');
  story.service.answerNext(reply);
  await send(panel, 'Regret this');
  await reply.release(2);
  await openView(panel, 'History');
  await pressInRow(panel, 'Regret this', 'Delete');
  await story.service.waitForRequest(
    ({ body, closedByClientAt }) => body.includes('Regret this') && closedByClientAt !== undefined,
  );
  await closeViews(panel);
  expect(await articles(panel)).toEqual([]);
  await panel.reload();
  await openView(panel, 'History');
  await expect.poll(() => shownTitles(panel)).toContain('Keep this');
  expect(await shownTitles(panel)).not.toContain('Regret this');
});

it('bears a title of 10,000 characters on one line', async () => {
  const panel = await converse(story, 'Short', 'Long.');
  const title = 'Wordy '.repeat(1666) + 'done';
  await openView(panel, 'History');
  const height = (await (await rowOf(panel, 'Short')).boundingBox())?.height;
  await editRow(panel, 'Short', { Title: title });
  const row = await rowOf(panel, title.slice(0, 1000));
  expect((await row.boundingBox())?.height).toBe(height);
  await closeViews(panel);
  const width = await panel.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(width).toBeLessThanOrEqual(0);
  const { conversations } = await readTables(panel, ['conversations']);
  expect(conversations.map((stored) => stored['title'])).toContain(title);
});

it('lists no conversation without a message, whatever was chosen in it', async () => {
  await converse(story, 'With words', 'Indeed.');
  const panel = await story.freshPanel('dalle');
  await openView(panel, 'History');
  await rowOf(panel, 'With words');
  expect(await shownTitles(panel)).not.toContain('New chat');
  const { conversations, messages } = await readTables(panel, ['conversations', 'messages']);
  const filled = new Set(messages.map((row) => row['conversationId']));
  expect(conversations.filter(({ id }) => !filled.has(id))).toEqual([]);
});
