import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { EmptyState } from '@/components/empty-state';
import { SidePanel } from '@/components/side-panel';
import { chatStore } from '@/lib/panel/chat-store';
import { isFirstRunDone } from '@/lib/settings';
import {
  answers,
  extension,
  openedSettings,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
} from '../component';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

const ollama = keyProvider({
  id: 'ollama',
  name: 'Ollama',
  kind: 'local',
  fields: [{ id: 'address', default: 'http://localhost:11434' }],
  address: 'http://localhost:11434',
  isActive: false,
});
const builtIn = keyProvider({
  id: 'built-in',
  name: 'Built-in model',
  kind: 'browser',
  fields: [],
  address: '',
  isActive: false,
});

function showEmpty() {
  setConversation();
  setChat({ providers: [providerInfo(), ollama, builtIn] });
  return show(<EmptyState isLoaded />);
}

function refuse(): never {
  throw new Error('nobody has clicked');
}

/** The browser's own model, of which nothing but its availability may be asked. */
function haveBuiltIn(availability: string): void {
  vi.stubGlobal(
    'LanguageModel',
    Object.assign(vi.fn<() => void>(), {
      availability: () => Promise.resolve(availability),
      create: refuse,
    }),
  );
}

/** The worker lists a model of the provider once it was asked to. */
function listModels(id: string): void {
  answers['refreshModels'] = () => {
    const { providers } = chatStore.getState();
    const models = [{ id: 'small', output: 'text' as const }];
    setChat({ providers: providers.map((one) => (one.id === id ? { ...one, models } : one)) });
    return null;
  };
}

const findLocal = () => screen.findByRole('button', { name: /^Look for Ollama/u });
const types = () => requests.map(({ type }) => type);

describe('what else there is', () => {
  it('stands beside what can be asked at once, and asks nobody by itself', async () => {
    showEmpty();
    await findLocal();
    expect(screen.getByRole('button', { name: /tides/u })).toBeTruthy();
    expect(extension.requested).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('goes for good when it is dismissed', async () => {
    const { user, unmount } = showEmpty();
    await user.click(await screen.findByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText('What else is there?')).toBeNull();
    await vi.waitFor(async () => expect(await isFirstRunDone.getValue()).toBe(true));
    unmount();
    showEmpty();
    expect(screen.getByRole('button', { name: /tides/u })).toBeTruthy();
    expect(screen.queryByText('What else is there?')).toBeNull();
  });

  it('leaves the focus to the prompt box when it goes', async () => {
    setConversation();
    setChat({ providers: [providerInfo(), ollama, builtIn] });
    const { user } = show(<SidePanel />);
    const dismiss = await screen.findByRole('button', { name: 'Dismiss' });
    dismiss.focus();
    await user.keyboard('{Enter}');
    expect(screen.queryByText('What else is there?')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  it('is not there once somebody else can answer, as it is while they cannot', async () => {
    showEmpty();
    await findLocal();
    const models = [{ id: 'small', output: 'text' as const }];
    act(() => setChat({ providers: [providerInfo(), { ...ollama, isActive: true }] }));
    expect(await findLocal()).toBeTruthy();
    act(() => setChat({ providers: [providerInfo(), { ...ollama, isActive: true, models }] }));
    expect(screen.queryByText('What else is there?')).toBeNull();
  });

  it('looks on this computer after a click, once its hosts are allowed', async () => {
    answers['findLocalServers'] = () => [{ provider: 'ollama', address: 'http://localhost:11434' }];
    listModels('ollama');
    const { user } = showEmpty();
    await user.click(await findLocal());
    expect(extension.requested).toEqual(['http://localhost/*', 'http://127.0.0.1/*']);
    expect(await screen.findByText('Ollama answers on this computer.')).toBeTruthy();
    expect(types()).toEqual(['findLocalServers']);
    await user.click(screen.getByRole('button', { name: 'Use Ollama' }));
    expect(await screen.findByText('In use')).toBeTruthy();
    expect(requests).toContainEqual({
      type: 'activateProvider',
      data: { provider: 'ollama', isActive: true },
    });
    expect(requests.at(-1)).toEqual({
      type: 'selectModel',
      data: { conversationId: 'c', model: { provider: 'ollama', model: 'small' } },
    });
    expect(types()).not.toContain('saveAddress');
    expect(types()).not.toContain('sendPrompt');
  });

  it('keeps the focus at the button that is at work, and works once', async () => {
    haveBuiltIn('available');
    answers['refreshModels'] = () => new Promise(() => undefined);
    const { user } = showEmpty();
    const use = await screen.findByRole('button', { name: 'Use Built-in model' });
    use.focus();
    await user.keyboard('{Enter}{Enter}');
    await vi.waitFor(() => expect(types()).toContain('refreshModels'));
    // Chromium takes the focus off what is disabled.
    expect(use).toHaveProperty('disabled', false);
    expect(use.getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(use);
    expect(types().filter((type) => type === 'activateProvider')).toHaveLength(1);
  });

  it('uses the address that answered', async () => {
    answers['findLocalServers'] = () => [{ provider: 'ollama', address: 'http://127.0.0.1:11434' }];
    const { user } = showEmpty();
    await user.click(await findLocal());
    await user.click(await screen.findByRole('button', { name: 'Use Ollama' }));
    // Nothing is installed there yet.
    await screen.findByText('No models known yet');
    expect(requests).toContainEqual({
      type: 'saveAddress',
      data: { provider: 'ollama', address: 'http://127.0.0.1:11434', keepsKey: false },
    });
  });

  it('looks nowhere when the person says no', async () => {
    extension.isGranting = false;
    const { user } = showEmpty();
    await user.click(await findLocal());
    expect(await screen.findByText('Not allowed, so nothing was looked for.')).toBeTruthy();
    expect(requests).toEqual([]);
  });

  it('says when nothing answered', async () => {
    answers['findLocalServers'] = () => [];
    const { user } = showEmpty();
    await user.click(await findLocal());
    expect(await screen.findByText(/Neither of them answered/u)).toBeTruthy();
  });

  it('says what went wrong with the models', async () => {
    answers['findLocalServers'] = () => [{ provider: 'ollama', address: 'http://localhost:11434' }];
    answers['refreshModels'] = () => ({ kind: 'origin-refused' });
    const { user } = showEmpty();
    await user.click(await findLocal());
    await user.click(await screen.findByRole('button', { name: 'Use Ollama' }));
    expect((await screen.findByRole('alert')).textContent).toContain('no requests from browser');
    expect(types()).not.toContain('selectModel');
  });

  it.each([
    ['available', /has a model of its own/u, true],
    ['downloadable', /can download a model/u, true],
    ['unavailable', /no model for this computer/u, false],
  ])("offers the browser's own model that is %s", async (availability, words, isOffered) => {
    haveBuiltIn(availability);
    showEmpty();
    expect(await screen.findByText(words)).toBeTruthy();
    const button = screen.queryByRole('button', { name: 'Use Built-in model' });
    expect(button !== null).toBe(isOffered);
  });

  it('does not speak of a model where the browser has none', async () => {
    showEmpty();
    await findLocal();
    expect(screen.queryByText(/this browser/iu)).toBeNull();
  });

  it('leads to Settings for those with a key', async () => {
    const { user } = showEmpty();
    await user.click(await screen.findByRole('button', { name: /that you have a key for/u }));
    await vi.waitFor(async () => expect(await openedSettings()).toEqual(['section-add']));
  });
});
