/** The search in titles and messages, as the person types. */
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { SearchHit } from '@/lib/messages';
import { answers, requests, setUpPage } from '../component';
import { showHistory, tell, titles } from '../history-page';
import { summary } from '../samples';

setUpPage();

const all = [
  summary('a', { title: 'Trip to Tbilisi', folder: 'Trips', updatedAt: 3000 }),
  summary('b', { title: 'Night at the Muséum', updatedAt: 2000 }),
  summary('c', { title: 'Tides', updatedAt: 1000 }),
];

function hit(changes: Partial<SearchHit> = {}): SearchHit {
  return {
    conversationId: 'a',
    messageId: 'm',
    title: 'Trip to Tbilisi',
    role: 'assistant',
    createdAt: 2500,
    excerpt: '…the Georgian National Museum when',
    marks: [[23, 29]],
    ...changes,
  };
}

const searchBox = () => screen.getByRole<HTMLInputElement>('searchbox');
const queries = () =>
  requests.filter(({ type }) => type === 'searchMessages').map(({ data }) => data);
const marks = () => [...document.querySelectorAll('mark')].map(({ textContent }) => textContent);

describe('the search', () => {
  it('finds conversations by their titles before the worker has answered', async () => {
    answers['searchMessages'] = () => new Promise(() => undefined);
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'museum');
    expect(titles()).toEqual(['Night at the Muséum']);
    expect(rowOfMarked('Muséum')).toBeTruthy();
    expect(screen.queryByText(/Nothing found/u)).toBeNull();
  });

  it('lists the messages that the worker finds, with their words marked', async () => {
    answers['searchMessages'] = () => [hit(), hit({ messageId: 'n', role: 'user' })];
    const { user } = await showHistory(all);
    await user.type(searchBox(), ' museum ');
    await vi.waitFor(() => expect(queries().at(-1)).toEqual({ query: 'museum' }));
    await screen.findByText('3 results');
    const list = screen.getByRole('list', { name: 'Messages' });
    const [reply, prompt] = within(list).getAllByRole('button');
    expect(reply?.textContent).toContain('Trip to Tbilisi');
    expect(reply?.textContent).not.toContain('You:');
    expect(prompt?.textContent).toContain('You: …the Georgian National Museum when');
    expect(marks()).toEqual(['Muséum', 'Museum', 'Museum']);
  });

  it('opens the conversation at the message, by mouse and by keyboard', async () => {
    const found = hit();
    answers['searchMessages'] = () => [found];
    const { user, onOpenHit } = await showHistory(all);
    await user.type(searchBox(), 'georgian');
    await screen.findByRole('list', { name: 'Messages' });
    await user.click(screen.getByRole('button', { name: /Georgian National/u }));
    expect(onOpenHit).toHaveBeenLastCalledWith(found, 'georgian');
    await user.click(searchBox());
    await user.keyboard('{ArrowDown}{Enter}');
    expect(onOpenHit).toHaveBeenCalledTimes(2);
  });

  it('drops the answer to a query that was typed over', async () => {
    const slow = Promise.withResolvers<SearchHit[]>();
    answers['searchMessages'] = (data) =>
      JSON.stringify(data).includes('"geo"') ? slow.promise : [hit({ excerpt: 'newer' })];
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'geo');
    await vi.waitFor(() => expect(queries()).toContainEqual({ query: 'geo' }));
    await user.type(searchBox(), 'rgian');
    await screen.findByText('newer');
    slow.resolve([hit({ excerpt: 'older' })]);
    await tell({ type: 'storage-trouble', trouble: null });
    expect(screen.queryByText('older')).toBeNull();
    expect(screen.getByText('newer')).toBeTruthy();
  });

  it('asks once for what is typed in one go', async () => {
    answers['searchMessages'] = () => [];
    await showHistory(all);
    fireEvent.change(searchBox(), { target: { value: 'geo' } });
    fireEvent.change(searchBox(), { target: { value: 'georgian' } });
    await screen.findByText('Nothing found for “georgian”.');
    expect(queries()).toEqual([{ query: 'georgian' }]);
  });

  it('says when it takes long', async () => {
    answers['searchMessages'] = () => new Promise(() => undefined);
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'x');
    expect(await screen.findByText('Searching…')).toBeTruthy();
  });

  it('that fails says so, and tries again', async () => {
    answers['searchMessages'] = () => {
      throw new Error('the database is blocked');
    };
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'tbilisi');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('The messages could not be searched.');
    expect(titles()).toEqual(['Trip to Tbilisi']);
    answers['searchMessages'] = () => [hit()];
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('list', { name: 'Messages' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('looks in the chosen folder alone', async () => {
    answers['searchMessages'] = () => [hit(), hit({ conversationId: 'c', messageId: 'n' })];
    const { user } = await showHistory(all);
    await user.click(screen.getByRole('combobox'));
    await user.click(await screen.findByRole('option', { name: 'Trips' }));
    await user.type(searchBox(), 'museum');
    const list = await screen.findByRole('list', { name: 'Messages' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(titles()).toEqual([]);
  });

  it('loses what it found in a conversation that is deleted', async () => {
    answers['searchMessages'] = () => [hit(), hit({ conversationId: 'c', messageId: 'n' })];
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'georgian');
    await screen.findByRole('list', { name: 'Messages' });
    await tell({ type: 'conversations-gone', ids: ['c'] });
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
  });

  it.each(['{Escape}', '{Tab}{Enter}'])('is ended by %s, and the list is back', async (keys) => {
    answers['searchMessages'] = () => [];
    const { user } = await showHistory(all);
    await user.type(searchBox(), 'zzz');
    expect(titles()).toEqual([]);
    await user.keyboard(keys);
    expect(searchBox().value).toBe('');
    expect(document.activeElement).toBe(searchBox());
    expect(titles()).toHaveLength(3);
  });

  it('shows excerpts as text', async () => {
    answers['searchMessages'] = () => [hit({ excerpt: '<b>x</b>', marks: [[3, 4]] })];
    const { user, container } = await showHistory(all);
    await user.type(searchBox(), 'x');
    await screen.findByRole('list', { name: 'Messages' });
    expect(marks()).toEqual(['x']);
    expect(container.querySelector('b')).toBeNull();
  });
});

/** The row in whose title the words are marked. */
function rowOfMarked(words: string) {
  return screen.getByText(words, { selector: 'mark' }).closest('li');
}
