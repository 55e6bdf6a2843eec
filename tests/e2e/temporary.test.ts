/** The temporary chat: nothing of it is written down, and it ends with the page that shows it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import {
  articles,
  byRole,
  clickButton,
  fill,
  launchAside,
  pickModel,
  promptBox,
  readPicture,
  send,
  waitForReplyState,
} from './browser.ts';
import { readTables } from './stored.ts';
import { startNewChat, startStory } from './story.ts';
import { converse, hurryWorker, openView, shownTitles } from './views.ts';

const story = startStory();

const TABLES = [
  'conversations',
  'messages',
  'parts',
  'blobs',
  'jobs',
  'indexedMessages',
  'postings',
];

async function startTemporaryChat(panel: Page): Promise<void> {
  await clickButton(panel, 'Start a temporary chat');
  await byRole(panel, 'heading', 'Temporary chat');
}

/** Everything that the database and the settings hold, as one text. */
async function readDisk(panel: Page): Promise<string> {
  const settings = await panel.evaluate(() => chrome.storage.local.get());
  return JSON.stringify([settings, await readTables(panel, TABLES)]);
}

/** The files of a profile that hold one of the words, in either of the browser's ways to write text. */
async function filesWith(folder: string, words: string[]): Promise<string[]> {
  const wanted = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    if (wanted.some((word) => bytes.includes(word))) found.push(entry.name);
  }
  return found;
}

function readSession(): Promise<unknown> {
  return story.aside.evaluateInWorker('chrome.storage.session.get().then(JSON.stringify)');
}

it('writes nothing of a temporary chat down, not even its picture, and lists it nowhere', async () => {
  await converse(story, 'Written down', 'For ever.');
  const panel = await story.freshPanel();
  await startTemporaryChat(panel);
  story.service.answerNext({ kind: 'text', text: 'Between you and me.' });
  await send(panel, 'A whisper');
  await waitForReplyState(panel, 'done');
  await panel.waitForSelector('::-p-text(Not written down, gone when closed)');
  await pickModel(panel, 'AI-Chats.org: dalle');
  await send(panel, 'A whispering face');
  await readPicture(panel);
  await waitForReplyState(panel, 'done', { count: 2 });
  const disk = await readDisk(panel);
  expect(disk).toContain('Written down');
  expect(disk).not.toMatch(/whisper|you and me|temporary-/iu);
  const { blobs } = await readTables(panel, ['blobs']);
  expect(blobs).toEqual([]);
  await openView(panel, 'History');
  await expect.poll(() => shownTitles(panel)).toContain('Written down');
  expect(await shownTitles(panel)).not.toContain('A whisper');
  const pictures = await openView(panel, 'Pictures');
  await pictures.waitForSelector('::-p-text(No pictures yet.)');
});

it('ends a temporary chat when its panel closes', async () => {
  const panel = await story.freshPanel();
  await hurryWorker(story);
  await startTemporaryChat(panel);
  story.service.answerNext({ kind: 'text', text: 'Soon forgotten.' });
  await send(panel, 'Forget me');
  await waitForReplyState(panel, 'done');
  expect(await readSession()).toContain('Soon forgotten.');
  await story.aside.closePanel();
  // A worker that was replaced meanwhile is not in a hurry.
  await expect.poll(readSession, { timeout: 20_000 }).not.toContain('Soon forgotten.');
  const reopened = await story.aside.openPanel();
  await byRole(reopened, 'textbox', 'Message');
  await reopened.waitForSelector('[role="log"] > *');
  expect((await articles(reopened)).map(({ text }) => text)).not.toContain('Forget me');
});

it('keeps a temporary chat over the end of an idle worker while it is shown', async () => {
  const panel = await story.freshPanel();
  await startTemporaryChat(panel);
  story.service.answerNext({ kind: 'text', text: 'Noted.' }, { kind: 'text', text: 'Blue.' });
  await send(panel, 'My colour is blue');
  await waitForReplyState(panel, 'done');
  await story.aside.killWorker();
  await send(panel, 'Which is my colour?');
  await waitForReplyState(panel, 'done', { count: 2 });
  expect((await articles(panel)).map(({ text }) => text)).toEqual([
    'My colour is blue',
    'Noted.',
    'Which is my colour?',
    'Blue.',
  ]);
  const asked = story.service.requests.find(({ body }) => body.includes('Which is my colour?'));
  expect(asked?.body).toContain('My colour is blue');
  expect(await readDisk(panel)).not.toContain('colour');
});

it('leaves no word of it in the profile, in the panel or in a tab, sent or only typed', async () => {
  const userDataDir = await mkdtemp(join(tmpdir(), 'aside-profile-'));
  const aside = await launchAside({ service: story.service, userDataDir });
  const panel = await aside.openPanel();
  await send(panel, 'An open word');
  await waitForReplyState(panel, 'done');
  const tab = await aside.openPanelTab();
  for (const page of [panel, tab]) {
    await startNewChat(page);
    await startTemporaryChat(page);
    story.service.answerNext({ kind: 'text', text: 'Hush-hush.' });
    await send(page, 'Mumbled words');
    await waitForReplyState(page, 'done');
    await fill(page, await promptBox(page), 'Half mumbled');
  }
  // What a tab shows is noted by the browser when it is left.
  await tab.goto('https://ai-chats.org/');
  await aside.close();
  expect(await filesWith(userDataDir, ['open word'])).not.toEqual([]);
  expect(await filesWith(userDataDir, ['umbled', 'ush-hush'])).toEqual([]);
  await rm(userDataDir, { recursive: true, force: true, maxRetries: 5 });
});

it('leads back to an ordinary chat, which is written down', async () => {
  const panel = await story.freshPanel();
  await startTemporaryChat(panel);
  await clickButton(panel, 'Start an ordinary chat');
  await byRole(panel, 'heading', 'What are you reading?');
  await send(panel, 'For the record');
  await waitForReplyState(panel, 'done');
  expect(await readDisk(panel)).toContain('For the record');
  await startNewChat(panel);
  await byRole(panel, 'button', 'Start a temporary chat');
});
