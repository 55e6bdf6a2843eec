/** axe finds nothing serious in history, pictures, and what happens to messages, light or dark. */
import { describe, expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { findFaults } from './axe.ts';
import { byRole, clickButton, fill, promptBox, send, waitForReplyState } from './browser.ts';
import { startNewChat, startStory } from './story.ts';
import { closeViews, confirm, converse, editRow, openView, pressAt, pressInRow } from './views.ts';

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  const story = startStory({ colorScheme });

  it('finds no serious fault in the list, search, editor and menu of the history', async () => {
    const panel = await converse(story, 'An unread story', 'With a hit in it.');
    await openView(panel, 'History');
    await editRow(panel, 'An unread story', { Folder: 'Shelf' });
    await pressInRow(panel, 'An unread story', 'Pin');
    await panel.waitForSelector('h2::-p-text(Pinned)');
    expect(await findFaults(panel)).toEqual([]);
    await pressInRow(panel, 'An unread story', 'Export');
    await byRole(panel, 'menuitem', 'JSON');
    expect(await findFaults(panel, '[role="menu"]')).toEqual([]);
    await panel.keyboard.press('Escape');
    await pressInRow(panel, 'An unread story', 'Rename');
    await byRole(panel, 'textbox', 'Title');
    expect(await findFaults(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    await fill(panel, await byRole(panel, 'searchbox', 'Search conversations'), 'hit');
    await panel.waitForSelector('mark');
    expect(await findFaults(panel)).toEqual([]);
    await fill(panel, await byRole(panel, 'searchbox', 'Search conversations'), '');
    await pressInRow(panel, 'An unread story', 'Delete');
    await byRole(panel, 'button', 'Undo');
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Undo');
  });

  it('finds no serious fault in the pictures, chosen, large, and about to be deleted', async () => {
    const panel = await story.freshPanel('dalle');
    await send(panel, 'A picture for the wall');
    await waitForReplyState(panel, 'done');
    await openView(panel, 'Pictures');
    const name = 'A picture for the wall';
    await (await byRole(panel, 'button', name)).waitForSelector('img');
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Select');
    await (await byRole(panel, 'checkbox', name)).click();
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Select');
    await clickButton(panel, name);
    await byRole(panel, 'dialog', 'Image');
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Delete');
    await panel.waitForSelector('[role="alertdialog"]');
    expect(await findFaults(panel)).toEqual([]);
    await confirm(panel, 'Cancel');
    await panel.keyboard.press('Escape');
    await panel.waitForSelector('[role="dialog"]', { hidden: true });
    await closeViews(panel);
  });

  it('finds no serious fault in waiting prompts, an edited prompt, and a temporary chat', async () => {
    const panel = await story.freshPanel();
    const reply = stepped('Wait for it');
    story.service.answerNext(reply);
    await send(panel, 'Something slow');
    await reply.release(1);
    await fill(panel, await promptBox(panel), 'Next in line');
    await clickButton(panel, 'Send next');
    await byRole(panel, 'button', 'Withdraw');
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Stop');
    await byRole(panel, 'button', 'Send now');
    await pressAt(panel, 1, 'Edit');
    expect(await findFaults(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    await pressAt(panel, 1, 'Branch');
    await byRole(panel, 'button', 'Show it');
    expect(await findFaults(panel)).toEqual([]);
    await startNewChat(panel);
    await clickButton(panel, 'Start a temporary chat');
    await byRole(panel, 'heading', 'Temporary chat');
    expect(await findFaults(panel)).toEqual([]);
  });
});
