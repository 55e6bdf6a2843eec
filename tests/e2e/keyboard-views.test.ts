/** The keyboard alone in history, pictures and among the messages: everything reached, no focus lost. */
import { expect, it } from 'vitest';
import { byRole, send, waitForReplyState, waitForReplyText } from './browser.ts';
import { findUnreached, focused, tabThrough } from './focus.ts';
import { startStory } from './story.ts';
import { converse, openView, rowOf } from './views.ts';

const story = startStory();

it('goes through the history by arrows, renames, pins and deletes without losing the focus', async () => {
  await converse(story, 'Lower row', 'One.');
  const panel = await converse(story, 'Upper row', 'Two.');
  await openView(panel, 'History');
  await expect.poll(() => focused(panel)).toBe('Search conversations');
  await rowOf(panel, 'Upper row');
  await panel.keyboard.press('ArrowDown');
  await expect.poll(() => focused(panel)).toMatch(/^Upper row/u);
  await panel.keyboard.press('Tab');
  expect(await focused(panel)).toBe('Rename');
  await panel.keyboard.press('Enter');
  await byRole(panel, 'textbox', 'Title');
  await panel.keyboard.type('Top row');
  await panel.keyboard.press('Enter');
  await rowOf(panel, 'Top row');
  await expect.poll(() => focused(panel)).toBe('Rename');
  await panel.keyboard.press('Tab');
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('h2::-p-text(Pinned)');
  await expect.poll(() => focused(panel)).toBe('Pin');
  await panel.keyboard.press('Tab');
  await panel.keyboard.press('Enter');
  await byRole(panel, 'menuitem', 'JSON');
  await panel.keyboard.press('Escape');
  await expect.poll(() => focused(panel)).toBe('Export');
  await panel.keyboard.press('Tab');
  await panel.keyboard.press('Enter');
  await expect.poll(() => focused(panel)).toMatch(/^Lower row/u);
  expect(await tabThrough(panel)).toContain('Undo');
  expect(await findUnreached(panel)).toEqual([]);
  await (await byRole(panel, 'button', 'Undo')).focus();
  await panel.keyboard.press('Enter');
  await rowOf(panel, 'Top row');
  await expect.poll(() => focused(panel)).toBe('Search conversations');
});

it('chooses, enlarges and leaves pictures with the keyboard alone', async () => {
  const panel = await story.freshPanel('dalle');
  await send(panel, 'Left picture');
  await waitForReplyState(panel, 'done');
  await send(panel, 'Right picture');
  await waitForReplyState(panel, 'done', { count: 2 });
  await openView(panel, 'Pictures');
  await byRole(panel, 'button', 'Right picture');
  expect(await tabThrough(panel)).toEqual(
    expect.arrayContaining(['Search pictures', 'Select', 'Right picture', 'Left picture']),
  );
  expect(await findUnreached(panel)).toEqual([]);
  await (await byRole(panel, 'button', 'Right picture')).focus();
  await panel.keyboard.press('Enter');
  const dialog = await byRole(panel, 'dialog', 'Image');
  await dialog.waitForSelector('::-p-text(Right picture)');
  await panel.keyboard.press('ArrowRight');
  await dialog.waitForSelector('p::-p-text(Left picture)');
  await panel.keyboard.press('Escape');
  await panel.waitForSelector('[role="dialog"]', { hidden: true });
  await expect.poll(() => focused(panel)).toBe('Left picture');
  await (await byRole(panel, 'button', 'Select')).focus();
  await panel.keyboard.press('Space');
  await (await byRole(panel, 'checkbox', 'Left picture')).focus();
  await panel.keyboard.press('Space');
  await panel.waitForSelector('[role="status"]::-p-text(1 selected)');
  expect(await tabThrough(panel)).toEqual(
    expect.arrayContaining(['Select all', 'Delete', 'Save as zip']),
  );
  expect(await findUnreached(panel)).toEqual([]);
});

it('edits, branches, deletes and takes back with the keyboard alone', async () => {
  const panel = await converse(story, 'Change me', 'Done.');
  await (await byRole(panel, 'button', 'Edit')).focus();
  await panel.keyboard.press('Enter');
  await byRole(panel, 'textbox', 'Edit message');
  story.service.answerNext({ kind: 'text', text: 'Changed.' });
  await panel.keyboard.press('End');
  await panel.keyboard.type(' again');
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Changed.');
  await waitForReplyState(panel, 'done');
  expect(await focused(panel)).toBe('Message');
  expect(await tabThrough(panel)).toEqual(
    expect.arrayContaining(['Edit', 'Branch', 'Delete', 'Previous version']),
  );
  expect(await findUnreached(panel)).toEqual([]);
  await (await byRole(panel, 'button', 'Delete')).focus();
  await panel.keyboard.press('Enter');
  await (await byRole(panel, 'button', 'Undo')).focus();
  await panel.keyboard.press('Enter');
  await panel.waitForSelector('::-p-text(Message deleted.)', { hidden: true });
  await expect.poll(() => focused(panel)).toBe('Message');
});

it('steps through versions without losing the steps, and lands in the prompt box after the rest', async () => {
  const panel = await converse(story, 'Again and again', 'Version 1.');
  for (const version of [2, 3]) {
    story.service.answerNext({ kind: 'text', text: `Version ${version}.` });
    await (await byRole(panel, 'button', 'Regenerate')).focus();
    await panel.keyboard.press('Enter');
    await waitForReplyText(panel, `Version ${version}.`);
    await waitForReplyState(panel, 'done');
    expect(await focused(panel)).toBe('Message');
  }
  await (await byRole(panel, 'button', 'Previous version')).focus();
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Version 2.');
  expect(await focused(panel)).toBe('Previous version');
  await panel.keyboard.press('Enter');
  await waitForReplyText(panel, 'Version 1.');
  expect(await focused(panel)).toBe('Next version');
  await (await byRole(panel, 'button', 'Edit')).focus();
  await panel.keyboard.press('Enter');
  await byRole(panel, 'textbox', 'Edit message');
  await panel.keyboard.press('Escape');
  await expect.poll(() => focused(panel)).toBe('Edit');
});
