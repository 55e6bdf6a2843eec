import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Options } from '@/components/options';
import { language } from '@/lib/settings';
import { extension, setChat, setUpPage } from '../component';
import { answerForReal, headings, showOptions } from '../options-page';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

describe('the sections', () => {
  it('are there for each provider in use, and not for the others', () => {
    showOptions([
      providerInfo(),
      keyProvider(),
      keyProvider({ id: 'x', name: 'X', isActive: false }),
    ]);
    expect(headings()).toEqual(expect.arrayContaining(['AI-Chats.org', 'Groq', 'Keys']));
    expect(headings()).not.toContain('X');
  });

  it('can each be gone to', () => {
    showOptions([providerInfo(), keyProvider()]);
    const links = within(screen.getByRole('navigation')).getAllByRole('link');
    expect(links.map(({ textContent }) => textContent)).toEqual(headings());
    for (const link of links) {
      const id = link.getAttribute('href')?.slice(1) ?? '';
      const target = document.getElementById(id);
      expect(target?.querySelector('h2')?.textContent).toBe(link.textContent);
    }
  });

  it('say that Aside is unofficial, and lead to the service', () => {
    showOptions();
    expect(screen.getByText(/unofficial and not affiliated with AI-Chats\.org/u)).toBeTruthy();
    const link = screen.getByRole('link', { name: 'Open AI-Chats.org in a tab' });
    expect(link.getAttribute('href')).toBe('https://ai-chats.org/chat/');
  });
});

describe('the search', () => {
  it.each([
    ['text size', ['Reading']],
    ['ТЕКСТ', []],
    ['check database', ['Storage']],
    ['groq key', ['Groq']],
    ['font', ['Reading']],
    ['permissions', ['Allowed hosts']],
    ['  ', ['General', 'Models', 'Reading', 'AI-Chats.org']],
  ])('for %j leaves the sections that have the words', async (query, expected) => {
    const { user } = showOptions([providerInfo(), keyProvider()]);
    await user.type(screen.getByRole('searchbox', { name: 'Search settings' }), query);
    expect(headings().slice(0, 4)).toEqual(expected);
  });

  it('says when nothing has them, and shows everything again', async () => {
    const { user } = showOptions();
    const all = headings();
    const box = screen.getByRole('searchbox', { name: 'Search settings' });
    await user.type(box, 'zeppelin');
    expect(screen.queryAllByRole('heading', { level: 2 })).toEqual([]);
    expect(screen.getByText('Nothing found for “zeppelin”.')).toBeTruthy();
    await user.clear(box);
    expect(headings()).toEqual(all);
  });

  it('finds a provider that is not in use, ready to be added', async () => {
    answerForReal();
    const { user } = showOptions([providerInfo(), keyProvider({ isActive: false })]);
    await user.type(screen.getByRole('searchbox', { name: 'Search settings' }), 'groq');
    expect(headings()).toEqual(['Add a provider']);
    await user.click(screen.getByRole('button', { name: 'Groq' }));
    await vi.waitFor(() => expect(headings()).toContain('Groq'));
  });
});

function goTo(hash: string): void {
  location.hash = hash;
  dispatchEvent(new Event('hashchange'));
}

describe('an address that names a section', () => {
  afterEach(() => {
    location.hash = '';
  });

  it('leads to the field of it that has to be filled in', async () => {
    location.hash = '#provider-groq';
    showOptions([]);
    setChat({ providers: [providerInfo(), keyProvider()] });
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(screen.getByLabelText('Key', { selector: 'input' })),
    );
    expect(location.hash).toBe('');
  });

  it('leads to its heading where nothing is missing, again and again', async () => {
    showOptions([providerInfo(), keyProvider({ key: { tail: 'wxyz' } })]);
    const heading = screen.getByRole('heading', { name: 'Groq' });
    for (let time = 0; time < 2; time += 1) {
      goTo('#provider-groq');
      await vi.waitFor(() => expect(document.activeElement).toBe(heading));
      screen.getByRole('searchbox', { name: 'Search settings' }).focus();
    }
  });

  it('shows it where a search had hidden it', async () => {
    const { user } = showOptions([providerInfo(), keyProvider({ key: { tail: 'wxyz' } })]);
    const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search settings' });
    await user.type(box, 'text size');
    expect(headings()).toEqual(['Reading']);
    goTo('#provider-groq');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Groq'));
    expect(headings()).toContain('General');
    expect(box.value).toBe('');
  });

  it('is kept when the page is made anew in another language, while one is still there', async () => {
    location.hash = '#provider-groq';
    const { rerender } = showOptions([providerInfo(), keyProvider({ key: { tail: 'wxyz' } })]);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Groq'));
    rerender(<Options key="another" />);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Groq'));
    screen.getByRole('searchbox', { name: 'Search settings' }).focus();
    rerender(<Options key="a third" />);
    expect(location.hash).toBe('');
  });

  it('leaves the focus to the language that was chosen there', async () => {
    location.hash = '#section-general';
    const { rerender } = showOptions();
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('General'));
    screen.getByRole('combobox', { name: 'Language' }).focus();
    rerender(<Options key="another" />);
    await vi.waitFor(() => expect(location.hash).toBe(''));
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Language' }));
  });

  it('leads to where a provider is added that is not in use', async () => {
    location.hash = '#provider-groq';
    showOptions([providerInfo(), keyProvider({ isActive: false })]);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Add a provider'));
  });
});

it('a search is cleared with its own cross, and one types on', async () => {
  const { user } = showOptions();
  const box = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search settings' });
  const search = within(screen.getByRole('search'));
  expect(search.queryByRole('button')).toBeNull();
  await user.type(box, 'text size');
  await user.click(search.getByRole('button', { name: 'Clear' }));
  expect(box.value).toBe('');
  expect(document.activeElement).toBe(box);
  expect(headings()).toContain('General');
});

describe('the language', () => {
  it.each([
    ['auto', 'As the browser'],
    ['en', 'English'],
    ['ru', 'Русский'],
  ] as const)('that is chosen ("%s") is shown as %s', async (chosen, text) => {
    await language.setValue(chosen);
    showOptions();
    const box = screen.getByRole('combobox', { name: 'Language' });
    await vi.waitFor(() => expect(box.textContent).toBe(text));
  });

  it('can be chosen with the keyboard', async () => {
    const { user } = showOptions();
    screen.getByRole('combobox', { name: 'Language' }).focus();
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: 'Русский' }));
    await vi.waitFor(async () => expect(await language.getValue()).toBe('ru'));
  });

  it('keeps the focus when the page is made anew in it, and takes it from nothing else', () => {
    const { rerender } = showOptions();
    screen.getByRole('combobox', { name: 'Language' }).focus();
    rerender(<Options key="another" />);
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Language' }));
    screen.getByRole('searchbox', { name: 'Search settings' }).focus();
    rerender(<Options key="a third" />);
    expect(document.activeElement).toBe(document.body);
  });
});

it('the version is shown', () => {
  showOptions();
  expect(screen.getByText('Version 1.2.3')).toBeTruthy();
  expect(extension.requested).toEqual([]);
});
