/** One conversation as a file, in each form, saved from the history. */
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { drawPicture } from '../stand-ins/picture.ts';
import { byRole, pickModel, send, waitForReplyState } from './browser.ts';
import { saving, type SavedFile } from './files.ts';
import { startStory } from './story.ts';
import { converse, openView, pressInRow } from './views.ts';

const story = startStory();

const PICTURE = drawPicture(encodeURIComponent('A kite'));

let panel: Page | undefined;

/** Exports the one conversation there is: a prompt, a reply, and a picture. */
async function exportAs(form: string): Promise<SavedFile> {
  if (!panel) {
    panel = await converse(story, 'On <b>kites</b>', 'They **fly**.');
    await pickModel(panel, 'AI-Chats.org: dalle');
    await send(panel, 'A kite');
    await waitForReplyState(panel, 'done', { count: 2 });
  }
  const shown = panel;
  await openView(shown, 'History');
  return saving(story.aside, async () => {
    await pressInRow(shown, 'On <b>kites</b>', 'Export');
    await (await byRole(shown, 'menuitem', form)).click();
  });
}

it('exports Markdown in a zip with the pictures beside it', async () => {
  const { name, bytes } = await exportAs('Markdown');
  expect(name).toBe('On-b-kites-b.zip');
  const files = unzipSync(bytes);
  expect(Object.keys(files).toSorted()).toEqual(['On-b-kites-b.md', 'pictures/A-kite.png']);
  expect(PICTURE.equals(files['pictures/A-kite.png'] ?? Buffer.of())).toBe(true);
  const text = strFromU8(files['On-b-kites-b.md'] ?? Buffer.of());
  expect(text).toMatch(/## You\n[^#]*On <b>kites<\/b>\n\n## AI-Chats\.org: gpt-4\n/u);
  expect(text).toContain('They **fly**.');
  expect(text).toContain('![A kite](<pictures/A-kite.png>)');
});

it('exports Markdown with the pictures inside it', async () => {
  const { name, bytes } = await exportAs('Markdown, pictures inside');
  expect(name).toBe('On-b-kites-b.md');
  const address = `data:image/png;base64,${PICTURE.toString('base64')}`;
  expect(bytes.toString()).toContain(`![A kite](<${address}>)`);
});

it('exports HTML that shows text and picture with nothing from outside, and runs nothing', async () => {
  const { name, bytes } = await exportAs('HTML');
  expect(name).toBe('On-b-kites-b.html');
  const page = await story.aside.browser.newPage();
  await page.goto(`data:text/html;base64,${bytes.toString('base64')}`);
  const shown = await page.evaluate(async () => {
    const image = document.querySelector('img');
    await image?.decode();
    return {
      text: document.body.innerText,
      strong: document.querySelector('strong')?.innerText,
      width: image?.naturalWidth,
      inserted: document.querySelectorAll('b, script').length,
    };
  });
  expect(shown).toMatchObject({ strong: 'fly', width: 1024, inserted: 0 });
  expect(shown.text).toContain('On <b>kites</b>');
  await page.close();
});

it('exports JSON with every message and the bytes of the picture', async () => {
  const { name, bytes } = await exportAs('JSON');
  expect(name).toBe('On-b-kites-b.json');
  const { format, conversation, messages, blobs } = JSON.parse(bytes.toString());
  expect(format).toBe('aside-conversation');
  expect(conversation.title).toBe('On <b>kites</b>');
  expect(messages.map(({ role }: { role: string }) => role)).toEqual([
    'user',
    'assistant',
    'user',
    'assistant',
  ]);
  expect(messages[1].parts).toEqual([{ type: 'text', text: 'They **fly**.' }]);
  expect(blobs).toEqual([
    { id: messages[3].parts[0].image.id, base64: PICTURE.toString('base64') },
  ]);
});
