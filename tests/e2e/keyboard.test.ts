/** The keyboard alone: everything can be reached, and the main job done. */
import { expect, it } from 'vitest';
import { byRole, promptBox, readPicture, send, waitForReplyState } from './browser.ts';
import { findUnreached, focused, tabThrough } from './focus.ts';
import { startStory } from './story.ts';

const story = startStory();

it('asks and reads with the keyboard alone', async () => {
  const panel = await story.freshPanel();
  await (await promptBox(panel)).focus();
  story.service.answerNext({ kind: 'text', text: 'By keyboard.' });
  await panel.keyboard.type('No mouse at hand');
  await panel.keyboard.press('Enter');
  await waitForReplyState(panel, 'done');
  expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Message',
  );
});

it('reaches everything in a panel with a reply', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({
    kind: 'text',
    text: 'A [link](https://example.org/).\n\n```js\ncode();\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  });
  await send(panel, 'Something to reach');
  await waitForReplyState(panel, 'done');
  // What stands far from the view has no buttons, and these come a moment after they are near.
  await byRole(panel, 'button', 'Copy code');
  await byRole(panel, 'button', 'Copy table as CSV');
  const names = await tabThrough(panel);
  expect(names).toEqual(
    expect.arrayContaining(['New chat', 'History', 'Settings', 'Copy', 'Regenerate', 'Message']),
  );
  expect(names.indexOf('Copy')).toBeLessThan(names.indexOf('Message'));
  expect(await findUnreached(panel)).toEqual([]);
});

it('reaches everything in a notice and presses its button', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext(
    { kind: 'status', status: 400, body: 'x' },
    { kind: 'text', text: 'Tried by keyboard.' },
  );
  await send(panel, 'Fail first');
  await waitForReplyState(panel, 'failed');
  const names = await tabThrough(panel);
  expect(names).toEqual(expect.arrayContaining(['Try again', 'Details']));
  expect(await findUnreached(panel)).toEqual([]);
  await (await byRole(panel, 'button', 'Try again')).focus();
  await panel.keyboard.press('Enter');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Tried by keyboard.');
});

it('enlarges a picture, keeps the focus in the dialog, and gives it back on Escape', async () => {
  const panel = await story.freshPanel('dalle');
  await send(panel, 'Reach the picture');
  await readPicture(panel);
  expect(await tabThrough(panel)).toEqual(
    expect.arrayContaining(['Enlarge image', 'Copy image', 'Save image']),
  );
  await (await byRole(panel, 'button', 'Enlarge image')).focus();
  await panel.keyboard.press('Enter');
  const dialog = await byRole(panel, 'dialog', 'Image');
  for (let i = 0; i < 6; i += 1) {
    await panel.keyboard.press('Tab');
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await panel.keyboard.press('Escape');
  await panel.waitForSelector('[role="dialog"]', { hidden: true });
  await expect.poll(() => focused(panel)).toBe('Enlarge image');
});

it('picks a model and opens a conversation from the history', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'text', text: 'Remember me.' });
  await send(panel, 'To be found again');
  await waitForReplyState(panel, 'done');
  await (await byRole(panel, 'combobox', 'Model')).focus();
  await panel.keyboard.press('Enter');
  await byRole(panel, 'option', 'AI-Chats.org: dalle');
  await panel.waitForFunction(() => document.activeElement?.getAttribute('role') === 'option');
  await panel.keyboard.press('ArrowDown');
  await panel.waitForFunction(() => document.activeElement?.textContent === 'AI-Chats.org: dalle', {
    polling: 25,
  });
  await panel.keyboard.press('Enter');
  await panel.waitForFunction(
    () => document.querySelector('[role="combobox"]')?.textContent === 'AI-Chats.org: dalle',
    { polling: 25 },
  );

  await (await byRole(panel, 'button', 'New chat')).focus();
  await panel.keyboard.press('Enter');
  await panel.waitForFunction(() => !document.querySelector('article'), { polling: 20 });
  await (await byRole(panel, 'button', 'History')).focus();
  await panel.keyboard.press('Enter');
  await byRole(panel, 'region', 'History');
  const names = await tabThrough(panel);
  expect(names.some((name) => name.startsWith('To be found again'))).toBe(true);
  await panel.$$eval('section[aria-label="History"] button', (buttons) => buttons[0]?.focus());
  await panel.keyboard.press('Enter');
  expect((await waitForReplyState(panel, 'done')).text).toBe('Remember me.');
});

it('reaches everything in the settings and in the popup', async () => {
  const tab = await story.aside.openTab(
    `chrome-extension://${story.aside.extensionId}/options.html`,
  );
  await tab.waitForSelector('ol li');
  expect(await tabThrough(tab)).toEqual(
    expect.arrayContaining([
      'Search settings',
      'AI-Chats.org',
      'Language',
      'Choose a provider',
      'Set passphrase',
      'Refresh',
      'Clear',
      'Copy',
    ]),
  );
  expect(await tabThrough(tab)).toEqual(
    expect.arrayContaining(['Back up everything', 'Import a file', 'Delete everything']),
  );
  expect(await findUnreached(tab)).toEqual([]);
  await tab.close();
  const popup = await story.aside.openPopup();
  // A popup takes the focus a moment after it is there.
  await popup.waitForFunction(() => document.hasFocus(), { polling: 20 });
  expect(await tabThrough(popup)).toEqual(
    expect.arrayContaining(['Prompt', 'Model', 'Open side panel']),
  );
  expect(await findUnreached(popup)).toEqual([]);
  await popup.close();
});
