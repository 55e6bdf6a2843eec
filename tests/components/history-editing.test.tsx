/** Renaming in the list, folders, and the keyboard. */
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answers, requests, setUpPage } from '../component';
import { button, opener, showHistory, tell, titles } from '../history-page';
import { summary } from '../samples';

setUpPage();

const titleBox = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' });
const folderBox = () => screen.getByLabelText<HTMLInputElement>('Folder');
const searchBox = () => screen.getByRole('searchbox', { name: 'Search conversations' });
const changes = () => requests.filter(({ type }) => /^(?:rename|move)/u.test(type));

const three = () => [
  summary('a', { title: 'One', updatedAt: 3000 }),
  summary('b', { title: 'Two', updatedAt: 2000 }),
  summary('c', { title: 'Three', updatedAt: 1000 }),
];

describe('renaming', () => {
  it('begins with the present title and folder, ready to be typed over', async () => {
    const { user } = await showHistory([
      summary('a', { title: 'Tides', folder: 'Sea' }),
      summary('b', { folder: 'Sky' }),
    ]);
    await user.click(button('Tides', 'Rename'));
    expect(document.activeElement).toBe(titleBox());
    expect(titleBox().value).toBe('Tides');
    expect(folderBox().value).toBe('Sea');
    const known = [...(folderBox().list?.options ?? [])].map(({ value }) => value);
    expect(known).toEqual(['Sea', 'Sky']);
    await user.keyboard('Ebb');
    expect(titleBox().value).toBe('Ebb');
  });

  it('is saved by Enter, and the focus is on the button again', async () => {
    const { user } = await showHistory([summary('a', { title: 'Tides', folder: 'Sea' })]);
    answers['renameConversation'] = () =>
      tell({ type: 'summary', summary: summary('a', { title: 'Ebb', folder: 'Sea' }) });
    button('Tides', 'Rename').focus();
    await user.keyboard('{Enter}  Ebb {Enter}');
    expect(await screen.findByText('Ebb')).toBeTruthy();
    await vi.waitFor(() => expect(document.activeElement).toBe(button('Ebb', 'Rename')));
    expect(changes()).toEqual([
      { type: 'renameConversation', data: { conversationId: 'a', title: 'Ebb' } },
    ]);
  });

  it('moves to another folder, or out of all', async () => {
    const { user } = await showHistory([summary('a', { title: 'Tides', folder: 'Sea' })]);
    await user.click(button('Tides', 'Rename'));
    await user.clear(folderBox());
    await user.type(folderBox(), ' Sky ');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(opener('Tides')).toBeTruthy());
    await user.click(button('Tides', 'Rename'));
    await user.clear(folderBox());
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() =>
      expect(changes()).toEqual([
        { type: 'moveConversation', data: { conversationId: 'a', folder: 'Sky' } },
        { type: 'moveConversation', data: { conversationId: 'a', folder: '' } },
      ]),
    );
  });

  it.each(['{Escape}', '{Tab}{Tab}{Tab}{Enter}', '{Tab}{Escape}'])(
    'is left by %s, changing nothing, and the focus is on the button again',
    async (keys) => {
      const { user } = await showHistory([summary('a', { title: 'Tides' })]);
      await user.click(button('Tides', 'Rename'));
      await user.keyboard(`Other${keys}`);
      expect(document.activeElement).toBe(button('Tides', 'Rename'));
      expect(changes()).toEqual([]);
    },
  );

  it('without a title keeps the old one', async () => {
    const { user } = await showHistory([summary('a', { title: 'Tides' })]);
    await user.click(button('Tides', 'Rename'));
    await user.keyboard('{Backspace} {Enter}');
    await vi.waitFor(() => expect(opener('Tides')).toBeTruthy());
    expect(changes()).toEqual([]);
  });

  it.each([
    ['renameConversation', 'The conversation was not renamed. Try again.'],
    ['moveConversation', 'The conversation was not moved. Try again.'],
  ])('that fails in %s says so and keeps what was typed', async (request, sentence) => {
    const { user } = await showHistory([summary('a', { title: 'Tides' })]);
    answers[request] = () => {
      throw new Error('the disk is full');
    };
    await user.click(button('Tides', 'Rename'));
    await user.keyboard('Ebb{Tab}Sea{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    expect([titleBox().value, folderBox().value]).toEqual(['Ebb', 'Sea']);
  });

  it('goes on when the row moves because of a reply', async () => {
    const now = Date.now();
    const { user } = await showHistory([
      summary('b', { title: 'Moon', updatedAt: now }),
      summary('a', { title: 'Tides', updatedAt: 1000 }),
    ]);
    await user.click(button('Tides', 'Rename'));
    await user.keyboard('Ebb');
    await tell({ type: 'summary', summary: summary('a', { title: 'Tides', updatedAt: now + 1 }) });
    expect(titleBox().value).toBe('Ebb');
    expect(titleBox().closest('li')).toBe(screen.getAllByRole('listitem')[0]);
    expect(document.activeElement).toBe(titleBox());
  });
});

describe('folders', () => {
  it('are not spoken of while there are none', async () => {
    await showHistory([summary('a')]);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('can be chosen, and all again', async () => {
    const { user } = await showHistory([
      summary('a', { title: 'Tides', folder: 'Sea' }),
      summary('b', { title: 'Moon', folder: 'Sky' }),
      summary('c', { title: 'Loose' }),
    ]);
    const choose = async (name: string) => {
      await user.click(screen.getByRole('combobox', { name: 'Folder to show' }));
      await user.click(await screen.findByRole('option', { name }));
    };
    await choose('Sky');
    expect(titles()).toEqual(['Moon']);
    await choose('All');
    expect(titles()).toHaveLength(3);
  });

  it('give way to all when the last conversation has left the chosen one', async () => {
    const { user } = await showHistory([
      summary('a', { title: 'Tides', folder: 'Sea' }),
      summary('b', { title: 'Moon' }),
    ]);
    await user.click(screen.getByRole('combobox', { name: 'Folder to show' }));
    await user.click(await screen.findByRole('option', { name: 'Sea' }));
    await tell({ type: 'summary', summary: summary('a', { title: 'Tides' }) });
    expect(titles()).toEqual(['Tides', 'Moon']);
  });
});

describe('the keyboard', () => {
  it('goes by arrows from the search box through the rows and back, and opens by Enter', async () => {
    const { user, onOpen } = await showHistory(three());
    expect(document.activeElement).toBe(searchBox());
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(opener('One'));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}');
    expect(document.activeElement).toBe(opener('Three'));
    await user.keyboard('{ArrowUp}{Enter}');
    expect(onOpen).toHaveBeenCalledExactlyOnceWith('b');
    await user.keyboard('{ArrowUp}{ArrowUp}');
    expect(document.activeElement).toBe(searchBox());
  });

  it('reaches every button of a row by Tab', async () => {
    const { user } = await showHistory(three());
    opener('One').focus();
    for (const name of ['Rename', 'Pin', 'Export', 'Delete']) {
      await user.tab();
      expect(document.activeElement).toBe(button('One', name));
    }
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(opener('Two'));
  });

  it('opens the menu by an arrow on its button, without going to the next row', async () => {
    const { user, onExport } = await showHistory(three());
    const onLeave = vi.fn<() => void>();
    opener('Two').addEventListener('focus', onLeave);
    button('One', 'Export').focus();
    await user.keyboard('{ArrowDown}');
    await screen.findByRole('menu');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onExport).toHaveBeenCalledExactlyOnceWith('a', 'markdown-inline');
    expect(onLeave).not.toHaveBeenCalled();
  });

  it('keeps the focus on a button whose row is pinned and moves', async () => {
    const { user } = await showHistory(three());
    button('Three', 'Pin').focus();
    await user.keyboard('{Enter}');
    await tell({ type: 'summary', summary: summary('c', { title: 'Three', isPinned: true }) });
    expect(titles()[0]).toBe('Three');
    expect(document.activeElement).toBe(button('Three', 'Pin'));
  });

  it.each([
    ['Two', 'b', 'Three'],
    ['Three', 'c', 'Two'],
  ])('goes on beside %s when that is deleted', async (title, id, next) => {
    const { user } = await showHistory(three());
    button(title, 'Delete').focus();
    await user.keyboard('{Enter}');
    await tell({ type: 'conversations-gone', ids: [id] });
    expect(document.activeElement).toBe(opener(next));
  });

  it('is not taken back to a row that the person has left', async () => {
    const { user } = await showHistory(three());
    opener('One').focus();
    await user.click(screen.getByRole('heading', { name: '1970' }));
    await tell({ type: 'conversations-gone', ids: ['a'] });
    expect(document.activeElement).toBe(document.body);
  });
});
