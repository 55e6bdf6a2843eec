/** The ways that a notice offers where nobody in use could answer instead. */
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Notice } from '@/components/notice';
import type { ErrorData } from '@/lib/errors';
import {
  answers,
  extension,
  openedSettings,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
  state,
} from '../component';
import { keyProvider, prompt, providerInfo, reply } from '../samples';

setUpPage();

function showNotice(error: ErrorData) {
  const message = reply('r', 'p', { state: 'failed', error });
  setConversation([prompt('p'), message]);
  const provider = providerInfo();
  return show(<Notice message={message} error={error} provider={provider} isBusy={false} isTold />);
}

/** The worker takes the provider into use, and lists a model of it. */
function canBeUsed(id: string): void {
  const change = (changes: object) => {
    const { providers } = state();
    setChat({
      providers: providers.map((one) => (one.id === id ? { ...one, ...changes } : one)),
    });
    return null;
  };
  answers['activateProvider'] = () => change({ isActive: true });
  answers['refreshModels'] = () => change({ models: [{ id: 'small', output: 'text' }] });
  answers['probeServer'] = () => true;
}

const types = () => requests.map(({ type }) => type);

describe('where nobody else is in use', () => {
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

  it('one looks on this computer after a click, and then answers with what was found', async () => {
    answers['findLocalServers'] = () => [{ provider: 'ollama', address: 'http://localhost:11434' }];
    canBeUsed('ollama');
    setChat({ providers: [providerInfo(), ollama, builtIn] });
    const { user } = showNotice({ kind: 'server-fault' });
    const ways = await screen.findByRole('button', { name: 'Other ways' });
    expect([requests, extension.requested]).toEqual([[], []]);
    await user.click(ways);
    expect(ways.getAttribute('aria-expanded')).toBe('true');
    expect([requests, extension.requested]).toEqual([[], []]);
    await user.click(screen.getByRole('button', { name: /^Look for Ollama/u }));
    expect(extension.requested).toEqual(['http://localhost/*', 'http://127.0.0.1/*']);
    await user.click(await screen.findByRole('button', { name: 'Use Ollama' }));
    const answer = await screen.findByRole('button', { name: 'Answer with small of Ollama' });
    expect(types()).not.toContain('regenerateReply');
    await user.click(answer);
    await vi.waitFor(() =>
      expect(requests.at(-1)).toMatchObject({
        type: 'regenerateReply',
        data: { messageId: 'r', model: { provider: 'ollama', model: 'small' } },
      }),
    );
  });

  it('one adds a provider with a key', async () => {
    const { user } = showNotice({ kind: 'quota' });
    await user.click(await screen.findByRole('button', { name: 'Other ways' }));
    await user.click(screen.getByRole('button', { name: /that you have a key for/u }));
    await vi.waitFor(async () => expect(await openedSettings()).toEqual(['section-add']));
  });

  it('one has no need of other ways while somebody in use works', async () => {
    const models = [{ id: 'llama', output: 'text' as const }];
    setChat({
      providers: [providerInfo(), keyProvider({ key: { tail: 'wxyz' }, models }), ollama],
    });
    showNotice({ kind: 'server-fault' });
    await screen.findByRole('button', { name: 'Answer with llama of Groq' });
    expect(screen.queryByRole('button', { name: 'Other ways' })).toBeNull();
  });

  it.each([
    ['available', true],
    ['downloadable', false],
    ['unavailable', false],
  ])(
    'the browser’s own model that is %s is one click away: %j',
    async (availability, isOffered) => {
      vi.stubGlobal(
        'LanguageModel',
        Object.assign(() => undefined, { availability: () => Promise.resolve(availability) }),
      );
      canBeUsed('built-in');
      setChat({ providers: [providerInfo(), builtIn] });
      const { user } = showNotice({ kind: 'human-check' });
      await screen.findByRole('button', { name: 'Other ways' });
      const name = 'Answer with this browser’s own model';
      const button = screen.queryByRole('button', { name });
      expect(button !== null).toBe(isOffered);
      if (!button) return;
      expect(requests).toEqual([]);
      await user.click(button);
      await vi.waitFor(() => expect(types()).toContain('regenerateReply'));
      const asked = types().filter((type) => type !== 'listProviders');
      expect(asked).toEqual([
        'activateProvider',
        'refreshModels',
        'selectModel',
        'regenerateReply',
      ]);
    },
  );

  it('a picture is drawn by none of these: Settings have more', async () => {
    const message = reply('r', 'p', {
      parts: [{ type: 'image', prompt: 'p', image: null }],
      state: 'failed',
    });
    setConversation([prompt('p'), message]);
    const error = { kind: 'quota' } as const;
    const { user } = show(
      <Notice message={message} error={error} provider={providerInfo()} isBusy={false} isTold />,
    );
    await user.click(await screen.findByRole('button', { name: 'Add a provider' }));
    await vi.waitFor(async () => expect(await openedSettings()).toEqual(['section-add']));
    expect(screen.queryByRole('button', { name: 'Other ways' })).toBeNull();
  });
});
