/** axe finds nothing serious in any view, light or dark. */
import { describe, expect, it } from 'vitest';
import { findFaults } from './axe.ts';
import {
  byRole,
  clickButton,
  fill,
  readNotice,
  readPicture,
  send,
  waitForReplyState,
} from './browser.ts';
import { startNewChat, startStory } from './story.ts';
import { confirm } from './views.ts';

describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
  const story = startStory({ colorScheme });

  it('uses the colours of the system', async () => {
    const panel = await story.freshPanel();
    const ground = await panel.$eval('html', (root) => getComputedStyle(root).backgroundColor);
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 27)' : 'rgb(255, 255, 255)');
  });

  it('finds no serious fault in an empty panel', async () => {
    const panel = await story.freshPanel();
    expect(await findFaults(panel)).toEqual([]);
  });

  it('finds no serious fault in a reply with Markdown, while it runs and after', async () => {
    const panel = await story.freshPanel();
    const gate = Promise.withResolvers<void>();
    story.service.answerNext({ kind: 'silent', until: gate.promise });
    await send(panel, 'Everything at once');
    await panel.waitForSelector('::-p-text(Waiting for AI-Chats.org)');
    expect(await findFaults(panel)).toEqual([]);
    gate.resolve();
    await waitForReplyState(panel, 'done');
    expect(await findFaults(panel)).toEqual([]);
  });

  it('finds no serious fault in notices', async () => {
    const panel = await story.freshPanel();
    for (const [i, behaviour] of (
      [{ kind: 'human-check' }, { kind: 'status', status: 429 }] as const
    ).entries()) {
      story.service.answerNext(behaviour);
      await send(panel, 'Into trouble');
      await waitForReplyState(panel, 'failed', { count: i + 1 });
    }
    await readNotice(panel);
    const details = await panel.$$('[role="alert"] button[aria-expanded]');
    for (const one of details) await one.click();
    expect(await findFaults(panel)).toEqual([]);
  });

  it('finds no serious fault in a picture, its place and its dialog', async () => {
    const panel = await story.freshPanel('dalle');
    const gate = Promise.withResolvers<void>();
    story.service.answerNext({ kind: 'silent', until: gate.promise });
    await send(panel, 'A picture for all');
    await panel.waitForSelector('.drawing');
    expect(await findFaults(panel)).toEqual([]);
    gate.resolve();
    await readPicture(panel);
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'Enlarge image');
    await byRole(panel, 'dialog', 'Image');
    expect(await findFaults(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    story.service.pictureNext({ kind: 'gone' });
    await send(panel, 'A picture that is gone');
    await waitForReplyState(panel, 'failed', { count: 2 });
    expect(await findFaults(panel)).toEqual([]);
  });

  it('finds no serious fault in the history and in the list of models', async () => {
    const panel = await story.freshPanel();
    await (await byRole(panel, 'combobox', 'Model')).click();
    await byRole(panel, 'option', 'AI-Chats.org: dalle');
    // The rest is hidden meanwhile, which axe knows of dialogs but not of lists.
    expect(await findFaults(panel, '[role="listbox"]')).toEqual([]);
    await panel.keyboard.press('Escape');
    await clickButton(panel, 'History');
    await byRole(panel, 'region', 'History');
    expect(await findFaults(panel)).toEqual([]);
    await clickButton(panel, 'History');
  });

  it('finds no serious fault in a prompt that is too long', async () => {
    const panel = await story.freshPanel();
    await panel.evaluate(() => {
      const box = document.querySelector('textarea');
      box?.focus();
      box?.setRangeText('x'.repeat(200_001));
      box?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await panel.waitForSelector('[role="alert"]');
    expect(await findFaults(panel)).toEqual([]);
    await panel.evaluate(() => document.querySelector('textarea')?.select());
    await panel.keyboard.press('Delete');
    await startNewChat(panel);
  });

  it('finds no serious fault in the popup, empty and with an answer', async () => {
    const popup = await story.aside.openPopup();
    expect(await findFaults(popup)).toEqual([]);
    await fill(popup, await byRole(popup, 'textbox', 'Prompt'), 'Quickly');
    await clickButton(popup, 'Ask');
    await waitForReplyState(popup, 'done');
    expect(await findFaults(popup)).toEqual([]);
    await popup.close();
  });

  it('finds no serious fault in the settings', async () => {
    const tab = await story.aside.openTab(
      `chrome-extension://${story.aside.extensionId}/options.html`,
    );
    await tab.waitForSelector('ol li');
    expect(await findFaults(tab)).toEqual([]);
    await fill(tab, await byRole(tab, 'textbox', 'Address'), 'no address');
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('[role="alert"]::-p-text(no web address)');
    await clickButton(tab, 'Choose a provider');
    await byRole(tab, 'searchbox', 'Search providers');
    expect(await findFaults(tab)).toEqual([]);
    await clickButton(tab, 'Groq');
    await byRole(tab, 'heading', 'Groq');
    await tab.waitForSelector('::-p-text(Aside may not reach api.groq.com yet.)');
    expect(await findFaults(tab)).toEqual([]);
    await clickButton(tab, 'Stop using');
    await fill(tab, await byRole(tab, 'textbox', 'Passphrase (optional)'), 'one');
    await fill(tab, await byRole(tab, 'textbox', 'Repeat the passphrase'), 'two');
    await clickButton(tab, 'Back up everything');
    await tab.waitForSelector('[role="alert"]::-p-text(not the same)');
    await clickButton(tab, 'Check the database');
    await tab.waitForSelector('[role="status"]::-p-text(in order)');
    expect(await findFaults(tab)).toEqual([]);
    await clickButton(tab, 'Delete everything');
    await tab.waitForSelector('[role="alertdialog"]');
    expect(await findFaults(tab)).toEqual([]);
    await confirm(tab, 'Cancel');
    await tab.close();
  });
});
