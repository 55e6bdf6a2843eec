import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { chatStore } from '@/lib/panel/chat-store';
import { answers, requests, setChat, setUpPage } from '../component';
import { answerForReal, headings, showOptions } from '../options-page';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

const focused = () => document.activeElement?.textContent;

describe('adding a provider', () => {
  const others = [
    keyProvider({ isActive: false }),
    keyProvider({ id: 'jan', name: 'Jan', kind: 'local', isActive: false }),
    keyProvider({ id: 'own', name: 'Own', kind: 'browser', fields: [], isActive: false }),
  ];

  it('offers those that are not in use, by what they need', async () => {
    const { user } = showOptions([providerInfo(), ...others]);
    const button = screen.getByRole('button', { name: 'Choose a provider' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    await user.click(button);
    const section = within(screen.getByRole('region', { name: 'Add a provider' }));
    expect(section.getAllByRole('heading', { level: 3 }).map((one) => one.textContent)).toEqual([
      'Needs a key',
      'On this computer',
    ]);
    expect(section.getByRole('button', { name: 'Groq' })).toBeTruthy();
    expect(section.getByRole('button', { name: 'Jan' })).toBeTruthy();
  });

  it('offers the model of the browser where the browser has one', async () => {
    vi.stubGlobal(
      'LanguageModel',
      Object.assign(vi.fn<() => void>(), { availability: () => Promise.resolve('available') }),
    );
    const { user } = showOptions([providerInfo(), ...others]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    expect(screen.getByRole('button', { name: 'Own' })).toBeTruthy();
  });

  it('takes the one that was searched for into use, and puts the focus into its first field', async () => {
    answerForReal();
    const { user } = showOptions([providerInfo(), ...others]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    expect(document.activeElement).toBe(
      screen.getByRole('searchbox', { name: 'Search providers' }),
    );
    await user.keyboard('gro{Enter}');
    const section = await screen.findByRole('region', { name: 'Groq' });
    expect(requests).toContainEqual({
      type: 'activateProvider',
      data: { provider: 'groq', isActive: true },
    });
    await vi.waitFor(() => expect(section.contains(document.activeElement)).toBe(true));
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Key');
  });

  it('says what a server of one’s own needs beside a key', async () => {
    const fields = keyProvider().fields.map((field) => ({
      ...field,
      isOptional: field.id === 'key',
    }));
    const { user } = showOptions([providerInfo(), keyProvider({ fields, isActive: false })]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    expect(screen.getByRole('button', { name: 'Groq address' })).toBeTruthy();
  });

  it('asks for the models of one that has all it needs', async () => {
    answerForReal();
    const [address = { id: 'address' as const, default: '' }] = keyProvider().fields;
    const ready = keyProvider({ fields: [address], isActive: false });
    answers['refreshModels'] = () => ({ kind: 'offline' });
    const { user } = showOptions([providerInfo(), ready]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    await user.keyboard('gro{Enter}');
    const section = await screen.findByRole('region', { name: 'Groq' });
    expect(await within(section).findByText(/cannot be reached/u)).toBeTruthy();
  });

  it('goes by the keys of every list: down from the search and back, on with typing', async () => {
    const { user } = showOptions([providerInfo(), ...others]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    const field = screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search providers' });
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('Groq');
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(focused()).toBe('Jan');
    await user.keyboard('{Home}');
    expect(focused()).toBe('Groq');
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(field);
    await user.keyboard('{ArrowDown}ja');
    expect(field.value).toBe('ja');
    expect(document.activeElement).toBe(field);
  });

  it.each(['{Escape}', 'gro{Escape}', '{ArrowDown}{Escape}'])('ends with %s', async (keys) => {
    const { user } = showOptions([providerInfo(), ...others]);
    const button = screen.getByRole('button', { name: 'Choose a provider' });
    await user.click(button);
    await user.keyboard(keys);
    expect(screen.queryByRole('searchbox', { name: 'Search providers' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Groq' })).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  it('says when no provider has the words', async () => {
    const { user } = showOptions([providerInfo(), ...others]);
    await user.click(screen.getByRole('button', { name: 'Choose a provider' }));
    await user.keyboard('zzz');
    expect(screen.getByText('Nothing found for “zzz”.')).toBeTruthy();
  });
});

it('a provider that is left leads the focus to where it can be added again', async () => {
  answerForReal();
  const { user } = showOptions([providerInfo(), keyProvider()]);
  const section = within(screen.getByRole('region', { name: 'Groq' }));
  await user.click(section.getByRole('button', { name: 'Stop using' }));
  await vi.waitFor(() => expect(headings()).not.toContain('Groq'));
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Add a provider'));
});

const removeButton = () => screen.getByRole('button', { name: 'Remove' });

describe('the key of a provider that is left', () => {
  it('is said to be kept, and can be removed', async () => {
    answerForReal();
    answers['saveKey'] = () =>
      setChat({ providers: chatStore.getState().providers.map((one) => ({ ...one, key: null })) });
    const { user } = showOptions([providerInfo(), keyProvider({ key: { tail: 'wxyz' } })]);
    const region = document.querySelector('#add-provider ~ [aria-live]');
    expect(region?.childElementCount).toBe(0);
    // What is not displayed is no live region: nothing would be said when it is.
    expect(region?.className).not.toContain('empty:hidden');
    const section = within(screen.getByRole('region', { name: 'Groq' }));
    await user.click(section.getByRole('button', { name: 'Stop using' }));
    const text = await screen.findByText('The key for Groq is still kept on this device.');
    const button = removeButton();
    expect(button.getAttribute('aria-describedby')).toBe(text.id);
    await user.click(button);
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Add a provider'));
    expect(text.isConnected).toBe(false);
    expect(requests).toContainEqual({ type: 'saveKey', data: { provider: 'groq', key: '' } });
  });

  it('that could not be removed is said to be there still', async () => {
    answers['saveKey'] = () => {
      throw new Error('gone');
    };
    const left = keyProvider({ key: { tail: 'wxyz' }, isActive: false });
    const { user } = showOptions([providerInfo(), left]);
    removeButton().focus();
    await user.keyboard('{Enter}');
    const told = await screen.findByText('This was not saved. Try again.');
    expect(told.getAttribute('role')).toBe('alert');
    expect(document.activeElement).toBe(removeButton());
  });
});
