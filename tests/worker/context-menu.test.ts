/** The context menu and the shortcut. */
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { extension, openPage, readLog, request, service, setUpRoundTrip } from '../round-trip';

setUpRoundTrip();

const tab = { windowId: 3, title: 'Tides – Encyclopedia', url: 'https://tides.example/moon' };

function choose(menuItemId: string, selectionText: string, from: object | null = tab): void {
  extension.onMenuClicked.fire({ menuItemId, selectionText, pageUrl: tab.url }, from ?? undefined);
}

describe('a click on the menu', () => {
  it('opens the panel in the same gesture: before anything is waited for', async () => {
    choose('ask-selection', 'What is a tide?');
    expect(extension.openedPanels).toEqual([3]);
    await service.waitForRequest(({ method }) => method === 'POST');
  });

  it('asks about the selection, in a new conversation that the panel shows', async () => {
    service.answerNext({ kind: 'text', text: 'The moon.' });
    choose('ask-selection', 'What is a tide?');
    const panel = await openPage({ windowId: 3 });
    await panel.last('done', 'The moon.');
    const [prompt, reply] = panel.branch();
    expect(prompt).toMatchObject({
      parts: [{ type: 'text', text: 'What is a tide?' }],
      source: { title: tab.title, url: tab.url },
    });
    expect(prompt).not.toHaveProperty('cutFrom');
    expect(reply?.model).toEqual({ provider: 'ai-chats', model: 'gpt-4' });
  });

  it('makes a picture of the selection, also in a panel that is open', async () => {
    const panel = await openPage({ windowId: 3 });
    choose('image-from-selection', 'A lighthouse');
    await panel.until(({ conversation }) => conversation?.messages.length === 2);
    const message = await panel.last('done');
    expect(message).toMatchObject({
      model: { provider: 'ai-chats', model: 'dalle' },
      parts: [{ type: 'image', prompt: 'A lighthouse', image: { mediaType: 'image/png' } }],
    });
  });

  it('runs the reply even if no panel opens', async () => {
    choose('ask-selection', 'Without a window', null);
    const { body } = await service.waitForRequest(({ method }) => method === 'POST');
    expect(body).toContain('Without a window');
    expect(extension.openedPanels).toEqual([]);
  });

  it('makes a conversation of its own each time', async () => {
    choose('ask-selection', 'one');
    choose('ask-selection', 'two');
    await service.waitForRequest(({ body }) => body.includes('one'));
    await service.waitForRequest(({ body }) => body.includes('two'));
    expect(await request('listConversations')).toHaveLength(2);
  });

  it.each([
    ['a blank selection', 'ask-selection', ' \n '],
    ['an item that is not ours', 'translate-selection', 'text'],
  ])('does nothing for %s', async (_, item, selection) => {
    choose(item, selection);
    await openPage();
    expect(extension.openedPanels).toEqual([]);
    expect(service.requests).toEqual([]);
  });
});

describe('a long selection', () => {
  it.each([
    ['of 32,000 characters goes whole', 'x'.repeat(32_000), 32_000, undefined],
    ['of 200,000 characters is cut', 'x'.repeat(200_000), 32_000, 200_000],
    ['is cut between characters', `${'x'.repeat(31_999)}🙂${'y'.repeat(167_999)}`, 31_999, 200_000],
    ['keeps an emoji that just fits', `${'x'.repeat(31_998)}🙂${'y'.repeat(10)}`, 32_000, 32_010],
  ])('%s, and the message says so', async (_, selection, kept, cutFrom) => {
    choose('ask-selection', selection);
    const panel = await openPage({ windowId: 3 });
    await panel.last('done');
    const text = panel.texts()[0] ?? '';
    expect(text === selection.slice(0, kept)).toBe(true);
    expect(text.isWellFormed()).toBe(true);
    expect(panel.branch()[0]?.cutFrom).toBe(cutFrom);
  });
});

it('no word of the selection, the page or the answer is in the log', async () => {
  service.answerNext({ kind: 'text', text: 'Sesame seeds' });
  choose('ask-selection', 'Xylophone secrets');
  const panel = await openPage({ windowId: 3 });
  await panel.last('done', 'Sesame seeds');
  const log = await readLog();
  expect(log.map(({ event }) => event)).toContain('reply-end');
  const kept = JSON.stringify([log, await fakeBrowser.storage.local.get()]);
  expect(kept).not.toMatch(/xylophone|secrets|sesame|seeds|tides|encyclopedia|moon/iu);
});

function titles(): (string | undefined)[][] {
  return extension.menus.map(({ id, title }) => [id, title]);
}

describe('the menus', () => {
  const english = [
    ['image-from-selection', 'Generate image from selection'],
    ['ask-selection', 'Ask about selection'],
  ];

  it.each(['onInstalled', 'onStartup'] as const)('are there after %s', async (event) => {
    extension[event].fire();
    await vi.waitFor(() => expect(titles()).toEqual(english));
  });

  it('change with the language', async () => {
    extension.onInstalled.fire();
    await vi.waitFor(() => expect(titles()).toEqual(english));
    await fakeBrowser.storage.local.set({ language: 'ru' });
    await vi.waitFor(() => {
      expect(titles()).toHaveLength(2);
      expect(extension.menus[0]?.title).toMatch(/\p{Script=Cyrillic}/u);
    });
  });
});

describe('the shortcut', () => {
  it('opens the panel of its window at once', () => {
    extension.onCommand.fire('open-panel', { windowId: 5 });
    expect(extension.openedPanels).toEqual([5]);
  });

  it('that is another one, or comes without a tab, does nothing', () => {
    extension.onCommand.fire('other-command', { windowId: 5 });
    extension.onCommand.fire('open-panel', undefined);
    expect(extension.openedPanels).toEqual([]);
  });
});
