/** The list of conversations: what a row shows, and what a person can do with it. */
import { act, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answers, requests, setConversation, setUpPage, speak } from '../component';
import type { Outcome } from '@/lib/message-reply';
import { button, loseWorker, opener, rowOf, showHistory, tell, titles } from '../history-page';
import { summary } from '../samples';

setUpPage();

const HOUR = 60 * 60_000;
const noon = new Date().setHours(12, 0, 0, 0);

describe('the list', () => {
  it('has the pinned conversations on top and the others by day, the last change first', async () => {
    await showHistory([
      summary('d', { title: 'Old', updatedAt: Date.parse('2020-05-06T12:00:00Z') }),
      summary('b', { title: 'Moon', updatedAt: noon - 24 * HOUR }),
      summary('a', { title: 'Tides', updatedAt: noon }),
      summary('e', { title: 'Kept', updatedAt: 1000, isPinned: true }),
      summary('c', { title: 'Sun', updatedAt: noon - 25 * HOUR }),
    ]);
    expect(titles()).toEqual(['Kept', 'Tides', 'Moon', 'Sun', 'Old']);
    const headings = screen.getAllByRole('heading').map(({ textContent }) => textContent);
    expect(headings).toEqual(['Pinned', 'Today', 'Yesterday', '2020']);
    const yesterday = screen.getByRole('list', { name: 'Yesterday' });
    expect(within(yesterday).getAllByRole('listitem')).toHaveLength(2);
  });

  it('opens the conversation that is clicked, and tells which one is open', async () => {
    setConversation([], { id: 'b' });
    const { user, onOpen } = await showHistory([
      summary('a', { title: 'Tides' }),
      summary('b', { title: 'Moon' }),
    ]);
    expect(screen.getByRole('button', { current: true }).textContent).toContain('Moon');
    await user.click(opener('Tides'));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('a');
  });

  it('tells by its row what a conversation is about, in which folder, and whether it was read', async () => {
    await showHistory([
      summary('a', { title: 'Tides', preview: 'The moon pulls.', folder: 'Sea', isUnread: true }),
      summary('b', { title: 'Moon' }),
    ]);
    expect(opener('Tides').textContent).toMatch(/Tides.*Unread.*Sea.*The moon pulls\./u);
    expect(opener('Moon').textContent).not.toContain('Unread');
  });

  it('says that a reply is running, in place of the last one', async () => {
    await showHistory([summary('a', { title: 'Tides', preview: 'Before', isRunning: true })]);
    expect(rowOf('Tides').textContent).toContain('Answering…');
    expect(rowOf('Tides').textContent).not.toContain('Before');
  });

  it.each<[Outcome, string]>([
    [{ kind: 'image' }, 'Picture'],
    [{ kind: 'image', page: 'Pharology' }, 'Picture · from “Pharology”'],
    [{ kind: 'failed' }, 'Failed'],
    [{ kind: 'stopped' }, 'Stopped'],
    [{ kind: 'interrupted' }, 'Cut off'],
  ])('says in a word what there is in place of a text: %o', async (outcome, words) => {
    await showHistory([summary('a', { title: 'Tides', outcome })]);
    expect(within(rowOf('Tides')).getByText(words)).toBeTruthy();
  });

  it('calls a conversation without a title a new chat', async () => {
    await showHistory([summary('a', { title: '' }), summary('b', { title: ' \n' })]);
    expect(titles()).toEqual(['New chat', 'New chat']);
  });

  it('shows titles as text', async () => {
    const { container } = await showHistory([summary('a', { title: '<b>x</b>' })]);
    expect(screen.getByText('<b>x</b>')).toBeTruthy();
    expect(container.querySelector('b')).toBeNull();
  });

  it('says so when there is nothing', async () => {
    await showHistory([]);
    expect(screen.getByText('No conversations yet.')).toBeTruthy();
  });

  it('speaks Russian', async () => {
    await speak('ru');
    await showHistory([summary('a', { title: 'Приливы', updatedAt: noon })]);
    expect(screen.getByRole('searchbox', { name: 'Поиск по разговорам' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Сегодня' })).toBeTruthy();
    expect(button('Приливы', 'Переименовать')).toBeTruthy();
  });

  it('begins with some rows and adds more as the person nears the end', async () => {
    const seen: (() => void)[] = [];
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(report: (entries: { isIntersecting: boolean }[]) => void) {
          // Both at once, as when the page was too busy to draw in between.
          seen.push(() => report([{ isIntersecting: false }, { isIntersecting: true }]));
        }
        observe() {
          return undefined;
        }
        disconnect() {
          return undefined;
        }
      },
    );
    await showHistory(
      Array.from({ length: 100 }, (_, index) => summary(`c${index}`, { updatedAt: noon - index })),
    );
    expect(titles().length).toBeLessThan(50);
    act(() => seen.at(-1)?.());
    const count = titles().length;
    expect([count > 50, count < 100]).toEqual([true, true]);
    act(() => seen.at(-1)?.());
    expect(titles()).toHaveLength(100);
    expect(titles().at(-1)).toBe('Title c99');
  });
});

describe('changes elsewhere', () => {
  it('are shown as they happen', async () => {
    await showHistory([
      summary('a', { title: 'Tides', updatedAt: noon }),
      summary('b', { title: 'Moon', updatedAt: noon - 1 }),
    ]);
    await tell({ type: 'summary', summary: summary('b', { title: 'Luna', updatedAt: noon + 1 }) });
    expect(titles()).toEqual(['Luna', 'Tides']);
    await tell({ type: 'summary', summary: summary('c', { title: 'Sun', isPinned: true }) });
    expect(titles()).toEqual(['Sun', 'Luna', 'Tides']);
    await tell({ type: 'conversations-gone', ids: ['b', 'c'] });
    expect(titles()).toEqual(['Tides']);
  });

  it('of any number are read anew', async () => {
    await showHistory([summary('a', { title: 'Tides' })]);
    answers['listConversations'] = () => [summary('z', { title: 'Imported' })];
    await tell({ type: 'conversations-gone', ids: null });
    expect(await screen.findByText('Imported')).toBeTruthy();
    expect(screen.queryByText('Tides')).toBeNull();
  });

  it('made while there was no connection are there after it', async () => {
    await showHistory([summary('a', { title: 'Tides' }), summary('b', { title: 'Moon' })]);
    answers['listConversations'] = () => [summary('a', { title: 'Ebb and flow' })];
    await loseWorker();
    await tell({ type: 'storage-trouble', trouble: null });
    expect(await screen.findByText('Ebb and flow')).toBeTruthy();
    expect(screen.queryByText('Moon')).toBeNull();
  });

  it('told while the list is being read are newer than the list', async () => {
    await showHistory([]);
    const answer = Promise.withResolvers<unknown>();
    answers['listConversations'] = () => answer.promise;
    await tell({ type: 'conversations-gone', ids: null });
    await tell({ type: 'summary', summary: summary('a', { title: 'New name' }) });
    await tell({ type: 'conversations-gone', ids: ['b'] });
    answer.resolve([summary('a', { title: 'Old name' }), summary('b'), summary('c')]);
    await screen.findByText('Title c');
    expect(titles()).toEqual(['New name', 'Title c']);
  });
});

describe('a button of a row', () => {
  it('has its plain name, and the title as its description', async () => {
    await showHistory([summary('a', { title: 'Tides' })]);
    for (const name of ['Rename', 'Pin', 'Export', 'Delete']) {
      const described = button('Tides', name).getAttribute('aria-describedby') ?? '';
      expect(document.getElementById(described)?.textContent).toBe('Tides');
    }
  });

  it('pins and unpins', async () => {
    const { user } = await showHistory([
      summary('a', { title: 'Tides' }),
      summary('b', { title: 'Moon', isPinned: true }),
    ]);
    expect(button('Tides', 'Pin').getAttribute('aria-pressed')).toBe('false');
    expect(button('Moon', 'Pin').getAttribute('aria-pressed')).toBe('true');
    await user.click(button('Tides', 'Pin'));
    await user.click(button('Moon', 'Pin'));
    const pins = requests.filter(({ type }) => type === 'pinConversation');
    expect(pins.map(({ data }) => data)).toEqual([
      { conversationId: 'a', isPinned: true },
      { conversationId: 'b', isPinned: false },
    ]);
  });

  it('deletes', async () => {
    const { user } = await showHistory([summary('a', { title: 'Tides' })]);
    await user.click(button('Tides', 'Delete'));
    expect(requests).toContainEqual({
      type: 'deleteConversation',
      data: { conversationId: 'a' },
    });
  });

  it.each([
    ['Markdown', 'markdown'],
    ['Markdown, pictures inside', 'markdown-inline'],
    ['HTML', 'html'],
    ['JSON', 'json'],
  ])('exports as %s', async (name, format) => {
    const { user, onExport } = await showHistory([summary('a', { title: 'Tides' })]);
    await user.click(button('Tides', 'Export'));
    await user.click(await screen.findByRole('menuitem', { name }));
    expect(onExport).toHaveBeenCalledExactlyOnceWith('a', format);
  });

  it.each([
    ['Pin', 'pinConversation', 'The conversation was not pinned or unpinned. Try again.'],
    ['Delete', 'deleteConversation', 'The conversation was not deleted. Try again.'],
  ])('%s says so when it could not be done', async (name, request, sentence) => {
    const { user } = await showHistory([summary('a', { title: 'Tides' })]);
    answers[request] = () => {
      throw new Error('the disk is full');
    };
    await user.click(button('Tides', name));
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    answers[request] = () => undefined;
    await user.click(button('Tides', name));
    await vi.waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

it('a list that cannot be read says so, and is read when the person tries again', async () => {
  const { user } = await showHistory([summary('a', { title: 'Tides' })]);
  answers['listConversations'] = () => {
    throw new Error('the database is blocked');
  };
  await tell({ type: 'conversations-gone', ids: null });
  expect((await screen.findByRole('alert')).textContent).toContain('could not be read');
  expect(screen.getByText('Tides')).toBeTruthy();
  answers['listConversations'] = () => [summary('a', { title: 'Moon' })];
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Moon')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
