import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { History } from '@/components/history';
import { answers, setConversation, setUpPage, show } from '../component';

setUpPage();

const HOUR = 60 * 60_000;

function showHistory(conversations: { id: string; title: string; updatedAt: number }[]) {
  answers['listConversations'] = () => conversations;
  const onOpen = vi.fn<(id: string) => void>();
  return { onOpen, ...show(<History onOpen={onOpen} />) };
}

describe('History', () => {
  it('lists the conversations by day, in the order in which they come', async () => {
    const noon = new Date().setHours(12, 0, 0, 0);
    showHistory([
      { id: 'a', title: 'Tides', updatedAt: noon },
      { id: 'b', title: 'Moon', updatedAt: noon - 24 * HOUR },
      { id: 'c', title: 'Sun', updatedAt: noon - 25 * HOUR },
      { id: 'd', title: 'Old', updatedAt: Date.parse('2020-05-06T12:00:00Z') },
    ]);
    await screen.findByText('Tides');
    const list = screen.getByRole('region', { name: 'History' });
    expect(list.textContent).toMatch(/Today.*Tides.*Yesterday.*Moon.*Sun.*May 6, 2020.*Old/u);
    expect(screen.getAllByRole('heading')).toHaveLength(3);
  });

  it('opens the one that is clicked, and shows which one is open', async () => {
    setConversation([], { id: 'b' });
    const { user, onOpen } = showHistory([
      { id: 'a', title: 'Tides', updatedAt: Date.now() },
      { id: 'b', title: 'Moon', updatedAt: Date.now() },
    ]);
    const tides = await screen.findByRole('button', { name: /Tides/u });
    expect(tides.getAttribute('aria-current')).toBe('false');
    expect(screen.getByRole('button', { name: /Moon/u }).getAttribute('aria-current')).toBe('true');
    await user.click(tides);
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('a');
  });

  it('says so when there is nothing', async () => {
    showHistory([]);
    expect(await screen.findByText('No conversations yet.')).toBeTruthy();
  });

  it('shows titles as text', async () => {
    const { container } = showHistory([{ id: 'a', title: '<b>x</b>', updatedAt: Date.now() }]);
    expect(await screen.findByText('<b>x</b>')).toBeTruthy();
    expect(container.querySelector('b')).toBeNull();
  });
});
