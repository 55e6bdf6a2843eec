/** The side panel and the popup as wholes. */
import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Popup } from '@/components/popup';
import { SidePanel } from '@/components/side-panel';
import { connect } from '@/lib/panel/connection';
import { quickPrompt } from '@/lib/settings';
import {
  answers,
  extension,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
  state,
} from '../component';
import { prompt, reply } from '../samples';

setUpPage();

const talk = [prompt('p'), reply('r', 'p')];

/** What the page posts on its port. */
function listenToPort() {
  connect('c');
  const port = extension.ports.at(-1);
  if (!port) throw new Error('the page did not connect');
  return vi.spyOn(port, 'postMessage');
}

describe('the side panel', () => {
  it('invites with three samples while the conversation is empty, one of them a picture', async () => {
    setConversation([], { title: '' });
    const { user } = show(<SidePanel />);
    expect(screen.getByRole('heading', { name: 'New chat' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /lighthouse/u }));
    expect(state().draft).toContain('lighthouse');
    await vi.waitFor(() =>
      expect(requests).toContainEqual({
        type: 'selectModel',
        data: { conversationId: 'c', model: { provider: 'ai-chats', model: 'dalle' } },
      }),
    );
    await user.click(screen.getByRole('button', { name: /tides/u }));
    expect(state().draft).toContain('tides');
    expect(requests.filter(({ type }) => type === 'selectModel')).toHaveLength(1);
  });

  it('shows no invitation before it knows that the conversation is empty', () => {
    show(<SidePanel />);
    expect(screen.queryByRole('button', { name: /tides/u })).toBeNull();
    expect(screen.getByRole('textbox', { name: 'Message' })).toBeTruthy();
  });

  it('names the conversation, and the page after it', () => {
    setConversation(talk, { title: 'Tides' });
    show(<SidePanel />);
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Tides');
    expect(document.title).toBe('Tides');
  });

  it('starts a new chat, and leaves the old one as it is', async () => {
    const posted = listenToPort();
    setConversation(talk);
    const { user } = show(<SidePanel />);
    await user.click(screen.getByRole('button', { name: 'New chat' }));
    expect(posted.mock.calls).toEqual([
      [{ type: 'watch', conversationId: expect.stringMatching(/^[\da-f-]{36}$/u) }],
    ]);
    expect(requests).toEqual([]);
  });

  it('opens History over the chat, and a conversation from it', async () => {
    const posted = listenToPort();
    answers['listConversations'] = () => [{ id: 'old', title: 'Old one', updatedAt: Date.now() }];
    setConversation(talk);
    const { user } = show(<SidePanel />);
    await user.click(screen.getByRole('button', { name: 'History' }));
    expect(screen.getByRole('button', { name: 'History' }).getAttribute('aria-expanded')).toBe(
      'true',
    );
    await user.click(await screen.findByRole('button', { name: /Old one/u }));
    expect(posted.mock.calls).toEqual([[{ type: 'watch', conversationId: 'old' }]]);
    expect(screen.queryByRole('region', { name: 'History' })).toBeNull();
  });

  it('opens Settings', async () => {
    setConversation(talk);
    const { user } = show(<SidePanel />);
    await user.click(screen.getByRole('button', { name: 'Settings' }));
    expect(fakeBrowser.runtime.openOptionsPage).toHaveBeenCalledOnce();
  });

  it('lists every model by its provider', () => {
    setConversation(talk);
    show(<SidePanel />);
    expect(screen.getByRole('combobox', { name: 'Model' }).textContent).toBe('AI-Chats.org: gpt-4');
  });
});

describe('the models', () => {
  it('are in a list that a notice can open, each by its provider', async () => {
    setConversation(talk);
    const { user } = show(<SidePanel />);
    act(() => setChat({ isModelPickerOpen: true }));
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'AI-Chats.org: gpt-4',
      'AI-Chats.org: dalle',
    ]);
    await user.click(screen.getByRole('option', { name: 'AI-Chats.org: dalle' }));
    expect(requests).toEqual([
      {
        type: 'selectModel',
        data: { conversationId: 'c', model: { provider: 'ai-chats', model: 'dalle' } },
      },
    ]);
    expect(state().isModelPickerOpen).toBe(false);
  });
});

describe('the popup', () => {
  it('asks, and remembers the conversation for a day', async () => {
    setConversation();
    const { user } = show(<Popup />);
    await user.type(screen.getByRole('textbox', { name: 'Prompt' }), 'Quick?');
    await user.click(screen.getByRole('button', { name: 'Ask' }));
    expect(requests).toMatchObject([
      { type: 'sendPrompt', data: { conversationId: 'c', text: 'Quick?' } },
    ]);
    expect(await quickPrompt.getValue()).toMatchObject({ conversationId: 'c' });
  });

  it('shows the answer, and goes on with it in the side panel of its window', async () => {
    const close = vi.spyOn(window, 'close').mockReturnValue();
    extension.windowId = 9;
    setConversation(talk);
    const { user } = show(<Popup />);
    expect(screen.getByRole('region', { name: 'Answer' }).textContent).toContain('reply r');
    await act(() => Promise.resolve());
    await user.click(screen.getByRole('button', { name: 'Continue in side panel' }));
    expect(extension.openedPanels).toEqual([9]);
    await vi.waitFor(() => expect(close).toHaveBeenCalledOnce());
    expect(requests).toEqual([{ type: 'showInPanel', data: { conversationId: 'c', windowId: 9 } }]);
  });

  it('opens the side panel as it was left', async () => {
    vi.spyOn(window, 'close').mockReturnValue();
    setConversation();
    const { user } = show(<Popup />);
    expect(screen.queryByRole('button', { name: 'Continue in side panel' })).toBeNull();
    await act(() => Promise.resolve());
    await user.click(screen.getByRole('button', { name: 'Open side panel' }));
    expect(extension.openedPanels).toEqual([1]);
    expect(requests).toEqual([]);
  });

  it('says so when the side panel does not open', async () => {
    vi.spyOn(fakeBrowser.sidePanel, 'open').mockRejectedValue(new Error('no gesture'));
    setConversation();
    const { user } = show(<Popup />);
    await act(() => Promise.resolve());
    await user.click(screen.getByRole('button', { name: 'Open side panel' }));
    expect((await screen.findByRole('alert')).textContent).toContain('did not open');
  });
});

it('the connection of a page is made once', () => {
  setChat({ isConnected: false });
  listenToPort();
  expect(extension.ports).toHaveLength(1);
});
