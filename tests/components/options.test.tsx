import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Options } from '@/components/options';
import { language, providerSettings } from '@/lib/settings';
import { answers, extension, requests, setUpPage, show } from '../component';
import { providerInfo } from '../samples';

setUpPage();

function showOptions() {
  answers['readLog'] = () => [];
  const shown = show(<Options />);
  return { ...shown, field: screen.getByRole<HTMLInputElement>('textbox', { name: 'Address' }) };
}

const outcome = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('');

describe('a provider in Settings', () => {
  it('has a section of its name, that says that Aside is unofficial', () => {
    showOptions();
    expect(screen.getByRole('heading', { name: 'AI-Chats.org' })).toBeTruthy();
    expect(screen.getByText(/unofficial and not affiliated with AI-Chats\.org/u)).toBeTruthy();
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://ai-chats.org/chat/');
  });

  it('has the address that is in force', () => {
    expect(showOptions().field.value).toBe('https://ai-chats.org');
  });
});

describe('the address', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', 'http://127.0.0.1/*'],
    ['https://gateway.example/', 'https://gateway.example', 'https://gateway.example/*'],
    ['  HTTPS://Gateway.example/ ', 'https://gateway.example', 'https://gateway.example/*'],
  ])('%j is saved as an origin, once its host is allowed', async (typed, address, origin) => {
    const { user, field } = showOptions();
    await user.clear(field);
    await user.type(field, typed);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(outcome()).toContain('Saved'));
    expect(extension.requested).toEqual([origin]);
    expect(await providerSettings.getValue()).toEqual({ 'ai-chats': { address } });
    expect(requests.filter(({ type }) => type === 'listProviders')).toHaveLength(2);
  });

  it.each([
    'gateway',
    'ftp://gateway.example',
    'javascript:alert(1)',
    'file:///etc',
    'https://',
    'https://*',
    'https://*.example',
    'https://gateway.example/chat',
    'https://gateway.example/?x',
  ])('%j is refused in words, and nobody is asked', async (typed) => {
    const { user, field } = showOptions();
    await user.clear(field);
    await user.type(field, `${typed}{Enter}`);
    await vi.waitFor(() => expect(outcome()).toContain('no web address'));
    expect(outcome()).toContain('https://ai-chats.org');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(extension.requested).toEqual([]);
    expect(await providerSettings.getValue()).toEqual({});
  });

  it('is not changed when the person does not allow its host', async () => {
    extension.isGranting = false;
    const { user, field } = showOptions();
    await user.clear(field);
    await user.type(field, 'https://gateway.example{Enter}');
    await vi.waitFor(() => expect(outcome()).toContain('gateway.example was not allowed'));
    expect(await providerSettings.getValue()).toEqual({});
  });

  it('loses its complaint with the next key', async () => {
    const { user, field } = showOptions();
    await user.clear(field);
    await user.type(field, 'gateway{Enter}');
    await vi.waitFor(() => expect(outcome()).not.toBe(''));
    await user.type(field, 'x');
    expect(outcome()).toBe('');
  });

  it.each([
    [
      'by its button',
      async (user: ReturnType<typeof show>['user']) => {
        await user.click(screen.getByRole('button', { name: 'Use default' }));
      },
    ],
    [
      'by emptying the field',
      async (user: ReturnType<typeof show>['user'], field: HTMLElement) => {
        await user.clear(field);
        await user.click(screen.getByRole('button', { name: 'Save' }));
      },
    ],
  ] as const)('is the usual one again %s, without a question', async (_, reset) => {
    await providerSettings.setValue({ 'ai-chats': { address: 'https://gateway.example' } });
    answers['listProviders'] = () => [providerInfo({ address: 'https://gateway.example' })];
    const { user, field } = showOptions();
    await reset(user, field);
    await vi.waitFor(() => expect(outcome()).toContain('Saved'));
    expect(extension.requested).toEqual([]);
    expect(await providerSettings.getValue()).toEqual({ 'ai-chats': {} });
  });
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
});

it('the version is shown', () => {
  showOptions();
  expect(screen.getByText('Version 1.2.3')).toBeTruthy();
});
