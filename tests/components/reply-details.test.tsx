/** What is folded away under a reply, and the ways to another one. */
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import type { Message } from '@/lib/conversation';
import { favouriteModels } from '@/lib/settings';
import { requests, setChat, setConversation, setUpPage, show } from '../component';
import { prompt, providerInfo, reply } from '../samples';

setUpPage();

const other = providerInfo({ id: 'open', name: 'Open', models: [{ id: 'fast', output: 'text' }] });

function showReply(changes: Partial<Message> = {}) {
  setChat({ providers: [providerInfo(), other] });
  setConversation([prompt('p'), reply('r', 'p', changes)]);
  return show(<MessageList />);
}

async function factsOf(changes: Partial<Message>): Promise<Record<string, string>> {
  const { user } = showReply(changes);
  await user.click(screen.getByRole('button', { name: /^Details/u }));
  const dialog = screen.getByRole('dialog', { name: 'Details' });
  const values = within(dialog).getAllByRole('definition');
  return Object.fromEntries(
    within(dialog)
      .getAllByRole('term')
      .map(({ textContent }, index) => [textContent, values[index]?.textContent ?? '']),
  );
}

describe('the details of a reply', () => {
  it('say how many tokens it took and how fast it was', async () => {
    const facts = await factsOf({
      createdAt: 10_000,
      firstAt: 11_500,
      endedAt: 15_500,
      usage: { input: 1234, output: 50, reasoning: 20 },
    });
    expect(facts).toMatchObject({
      Model: 'AI-Chats.org: gpt-4',
      'Time to the first word': '1.5 s',
      'Whole time': '5.5 s',
      'Tokens in': '1,234',
      'Tokens out': '50',
      'of them thinking': '20',
      'Tokens a second': '12.5',
    });
  });

  it('leave out what nobody told', async () => {
    const facts = await factsOf({ createdAt: 10_000, endedAt: 12_000 });
    expect(Object.keys(facts)).toEqual(['Model', 'Answered', 'Whole time']);
  });

  it('leave out a time that is too short to say anything', async () => {
    const facts = await factsOf({ createdAt: 10_000, firstAt: 10_030, endedAt: 10_400 });
    expect(facts).not.toHaveProperty('Time to the first word');
    expect(facts['Whole time']).toBe('0.4 s');
  });

  it('have no speed where all came at once', async () => {
    const facts = await factsOf({ firstAt: 5000, endedAt: 5000, usage: { output: 9 } });
    expect(facts).not.toHaveProperty('Tokens a second');
  });
});

describe('an answer that is as long as it may be', () => {
  it('says so, and can go on', async () => {
    const { user } = showReply({ isAtLimit: true });
    expect(screen.getByText('The answer reached the length limit.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(requests).toEqual([
      { type: 'continueReply', data: { conversationId: 'c', messageId: 'r' } },
    ]);
  });
});

describe('an answer', () => {
  it.each([
    [{ isFiltered: true }, 'A content filter cut the answer off here.'],
    [
      { isWithoutImages: true },
      'The model got no pictures: its service took the prompt only without them.',
    ],
  ])('%o says so', (changes, line) => {
    showReply(changes);
    expect(screen.getByText(line)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
  });
});

describe('another model', () => {
  it('answers once, a favourite first', async () => {
    await favouriteModels.setValue([{ provider: 'open', model: 'fast' }]);
    const { user } = showReply();
    await user.click(screen.getByRole('button', { name: 'Regenerate with…' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Open: fast' }));
    expect(requests).toEqual([
      {
        type: 'regenerateReply',
        data: {
          conversationId: 'c',
          messageId: 'r',
          model: { provider: 'open', model: 'fast' },
        },
      },
    ]);
  });

  it('is any of all there are, found by its name', async () => {
    const models = Array.from({ length: 40 }, (_, at) => ({
      id: `m${at}`,
      output: 'text' as const,
    }));
    setChat({ providers: [providerInfo(), { ...other, models }] });
    setConversation([prompt('p'), reply('r', 'p')]);
    const { user } = show(<MessageList />);
    const opener = screen.getByRole('button', { name: 'Regenerate with…' });
    await user.click(opener);
    await user.click(await screen.findByRole('menuitem', { name: 'Other…' }));
    const search = await screen.findByRole('searchbox', { name: 'Search models' });
    await vi.waitFor(() => expect(document.activeElement).toBe(search));
    // Another answer of the same kind.
    expect(screen.queryByRole('option', { name: /dalle/u })).toBeNull();
    await user.keyboard('m37{Enter}');
    expect(requests).toEqual([
      {
        type: 'regenerateReply',
        data: {
          conversationId: 'c',
          messageId: 'r',
          model: { provider: 'open', model: 'm37' },
        },
      },
    ]);
    await vi.waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  it('is left with Escape, and nothing is asked', async () => {
    const models = Array.from({ length: 40 }, (_, at) => ({
      id: `m${at}`,
      output: 'text' as const,
    }));
    setChat({ providers: [providerInfo(), { ...other, models }] });
    setConversation([prompt('p'), reply('r', 'p')]);
    const { user } = show(<MessageList />);
    const opener = screen.getByRole('button', { name: 'Regenerate with…' });
    act(() => opener.focus());
    await user.keyboard('{Enter}');
    await screen.findByRole('menuitem', { name: 'Other…' });
    await user.keyboard('{End}{Enter}');
    await screen.findByRole('searchbox');
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
    expect(document.activeElement).toBe(opener);
    expect(requests).toEqual([]);
  });

  it('is all in the menu where there are few', async () => {
    const { user } = showReply();
    await user.click(screen.getByRole('button', { name: 'Regenerate with…' }));
    const items = (await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent);
    expect(items).toEqual(['Open: fast']);
  });

  it('is not offered where there is none', async () => {
    setChat({ providers: [providerInfo({ models: [{ id: 'gpt-4', output: 'text' }] })] });
    setConversation([prompt('p'), reply('r', 'p')]);
    show(<MessageList />);
    await vi.waitFor(() => expect(screen.getByRole('button', { name: 'Regenerate' })).toBeTruthy());
    expect(screen.queryByRole('button', { name: 'Regenerate with…' })).toBeNull();
  });
});
