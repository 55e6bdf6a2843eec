import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Waiting } from '@/components/waiting';
import type { ErrorKind } from '@/lib/errors';
import type { Message } from '@/lib/conversation';
import { requests, setChat, setConversation, setUpPage, show } from '../component';
import { prompt, providerInfo, reply } from '../samples';

setUpPage();

const NOW = 1_000_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

function showWaiting(changes: Partial<Message> = {}) {
  const message = reply('r', 'p', { state: 'streaming', parts: [], createdAt: NOW, ...changes });
  setConversation([prompt('p'), message]);
  return show(<Waiting message={message} provider={providerInfo()} />);
}

function pass(ms: number): void {
  act(() => void vi.advanceTimersByTime(ms));
}

const button = () => screen.queryByRole('button', { name: 'Wait longer' });

describe('while a reply is waited for', () => {
  it('the time is counted', () => {
    const { container } = showWaiting();
    pass(12_000);
    expect(container.textContent).toBe('Waiting for AI-Chats.org · 12 s');
  });

  it.each([
    ['rate-limited', 'AI-Chats.org is busy. Trying again in 3 s'],
    ['overloaded', 'AI-Chats.org is busy. Trying again in 3 s'],
    ['server-fault', 'AI-Chats.org has a fault. Trying again in 3 s'],
    ['offline', 'AI-Chats.org cannot be reached. Trying again in 3 s'],
    ['timeout', 'AI-Chats.org does not answer. Trying again in 3 s'],
    ['connection-lost', 'The connection to AI-Chats.org was lost. Trying again in 3 s'],
  ] as [ErrorKind, string][])('another try after "%s" is shown as such', (kind, words) => {
    const { container } = showWaiting({ retry: { attempt: 3, at: NOW + 3000, kind } });
    expect(container.textContent).toBe(words);
  });

  it('the seconds to the next try count down, then those of the try count up', () => {
    const retry = { attempt: 2, at: NOW + 3000, kind: 'overloaded' } as const;
    const { container } = showWaiting({ retry });
    pass(2000);
    expect(container.textContent).toContain('Trying again in 1 s');
    pass(5000);
    expect(container.textContent).toBe('Waiting for AI-Chats.org · 4 s');
  });

  it('one can wait longer after 30 seconds, and not before', async () => {
    const { user } = showWaiting();
    pass(29_000);
    expect(button()).toBeNull();
    pass(1000);
    const shown = button();
    if (!shown) throw new Error('there is no button');
    await user.click(shown);
    expect(requests).toEqual([{ type: 'waitLonger', data: { conversationId: 'c' } }]);
    expect(screen.getByText('Aside waits up to an hour.')).toBeTruthy();
    expect(button()).toBeNull();
  });

  it('of a picture one can wait longer, too', () => {
    showWaiting({ parts: [{ type: 'image', prompt: 'A cat', image: null }] });
    pass(30_000);
    expect(button()).toBeTruthy();
  });

  it('the download of the browser’s own model is shown, until it is done', () => {
    const { container } = showWaiting();
    pass(2000);
    act(() => setChat({ progress: { messageId: 'r', fraction: 0.42 } }));
    expect(container.textContent).toBe('The browser is downloading its model: 42% · 2 s');
    act(() => setChat({ progress: { messageId: 'r', fraction: 1 } }));
    expect(container.textContent).toBe('Waiting for AI-Chats.org · 2 s');
  });

  it('how far another reply is, is not shown', () => {
    setChat({ progress: { messageId: 'other', fraction: 0.42 } });
    const { container } = showWaiting();
    expect(container.textContent).toBe('Waiting for AI-Chats.org · 0 s');
  });

  it('nothing is said once there are words', () => {
    const { container } = showWaiting({ parts: [{ type: 'text', text: 'So' }] });
    pass(60_000);
    expect(container.textContent).toBe('');
  });
});
