/** The ways on that a notice offers where a provider itself is at fault. */
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
import { chatModel, keyProvider, prompt, providerInfo, reply } from '../samples';

setUpPage();

function showNotice(error: ErrorData, { provider = providerInfo() } = {}) {
  const message = reply('r', 'p', { state: 'failed', error });
  setConversation([prompt('p'), message]);
  return show(<Notice message={message} error={error} provider={provider} isBusy={false} isTold />);
}

describe('locked keys', () => {
  it('are unlocked in the notice, and the provider is asked again', async () => {
    answers['unlockKeys'] = (data) => JSON.stringify(data) === '{"passphrase":"open sesame"}';
    const { user } = showNotice({ kind: 'key-locked' });
    expect(screen.getByText(/key for AI-Chats\.org is locked/u)).toBeTruthy();
    const field = screen.getByLabelText('Passphrase');
    await user.type(field, 'wrong{Enter}');
    expect(await screen.findByText('This is not the passphrase.')).toBeTruthy();
    expect(requests.some(({ type }) => type === 'regenerateReply')).toBe(false);
    await user.clear(field);
    await user.type(field, 'open sesame');
    await user.click(screen.getByRole('button', { name: 'Unlock' }));
    await vi.waitFor(() =>
      expect(requests.at(-1)).toEqual({
        type: 'regenerateReply',
        data: { conversationId: 'c', messageId: 'r', model: chatModel },
      }),
    );
  });
});

describe('the next one that works', () => {
  const groq = keyProvider({
    key: { tail: 'wxyz' },
    models: [
      { id: 'painter', output: 'image' },
      { id: 'llama', output: 'text' },
    ],
  });
  const name = 'Answer with llama of Groq';

  it('is offered by the name of its company, and asked after a click alone', async () => {
    setChat({ providers: [providerInfo(), groq] });
    const { user } = showNotice({ kind: 'human-check' });
    const button = await screen.findByRole('button', { name });
    expect(requests).toEqual([]);
    await user.click(button);
    await vi.waitFor(() =>
      expect(requests).toEqual([
        {
          type: 'selectModel',
          data: { conversationId: 'c', model: { provider: 'groq', model: 'llama' } },
        },
        {
          type: 'regenerateReply',
          data: {
            conversationId: 'c',
            messageId: 'r',
            model: { provider: 'groq', model: 'llama' },
          },
        },
      ]),
    );
  });

  it('is asked nothing when the change of the model did not arrive', async () => {
    answers['selectModel'] = () => {
      throw new Error('gone');
    };
    setChat({ providers: [providerInfo(), groq] });
    const { user } = showNotice({ kind: 'offline' });
    await user.click(await screen.findByRole('button', { name }));
    await vi.waitFor(() => expect(state().isActionFailed).toBe(true));
    expect(requests.map(({ type }) => type)).toEqual(['selectModel']);
  });

  it('draws where a picture was asked for', async () => {
    setChat({ providers: [providerInfo(), groq] });
    const message = reply('r', 'p', {
      parts: [{ type: 'image', prompt: 'p', image: null }],
      state: 'failed',
    });
    setConversation([prompt('p'), message]);
    show(
      <Notice message={message} error={{ kind: 'quota' }} provider={groq} isBusy={false} isTold />,
    );
    expect(await screen.findByRole('button', { name: 'Answer with painter of Groq' })).toBeTruthy();
  });

  it.each([
    ['is not in use', { ...groq, isActive: false }],
    ['has no key', { ...groq, key: null }],
    ['has no model for it', { ...groq, models: [] }],
    ['is the one that failed', { ...groq, id: 'ai-chats' }],
    ['has no address', { ...groq, address: '' }],
    ['may not be reached', { ...groq, address: 'https://denied.example' }],
  ])('is not offered when it %s', async (_, other) => {
    extension.denied.add('https://denied.example/*');
    const good = keyProvider({ ...groq, id: 'good', name: 'Good' });
    setChat({ providers: [other, good] });
    showNotice({ kind: 'server-fault' });
    expect(await screen.findByRole('button', { name: 'Answer with llama of Good' })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: /^Answer with/u })).toHaveLength(1);
  });

  it.each([true, false])(
    'that is a server of one’s own is looked for first: %j',
    async (isThere) => {
      answers['probeServer'] = () => isThere;
      const address = 'http://192.168.1.5:8080/v1';
      const local = keyProvider({ ...groq, id: 'ollama', name: 'Ollama', address });
      setChat({ providers: [providerInfo(), local, groq] });
      showNotice({ kind: 'offline' });
      const company = isThere ? 'Ollama' : 'Groq';
      expect(
        await screen.findByRole('button', { name: `Answer with llama of ${company}` }),
      ).toBeTruthy();
      expect(requests).toEqual([{ type: 'probeServer', data: { provider: 'ollama' } }]);
    },
  );

  it('is nobody on the internet where there is none', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    setChat({ providers: [providerInfo(), groq] });
    showNotice({ kind: 'offline' });
    await screen.findByRole('button', { name: 'Other ways' });
    expect(screen.queryByRole('button', { name })).toBeNull();
    vi.restoreAllMocks();
  });

  it('is not offered where Aside itself broke off', async () => {
    setChat({ providers: [providerInfo(), groq] });
    showNotice({ kind: 'interrupted' });
    const { unmount } = showNotice({ kind: 'offline' });
    await screen.findByRole('button', { name });
    unmount();
    expect(screen.queryByRole('button', { name })).toBeNull();
  });
});

describe('a provider out of use', () => {
  it('is left for another model, which is then asked', async () => {
    const { user } = showNotice({ kind: 'not-in-use' });
    await user.click(screen.getByRole('button', { name: 'Use another model' }));
    expect(state().isModelPickerOpen).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    // With the model of the conversation, not the one of the reply.
    expect(requests.filter(({ type }) => type === 'regenerateReply')).toEqual([
      { type: 'regenerateReply', data: { conversationId: 'c', messageId: 'r' } },
    ]);
  });

  it('that Aside does not know is called as it was', () => {
    const error = { kind: 'not-in-use' } as const;
    const message = reply('r', 'p', { error, model: { provider: 'gone', model: 'old' } });
    setConversation([prompt('p'), message]);
    show(<Notice message={message} error={error} provider={undefined} isBusy={false} isTold />);
    expect(screen.getByRole('alert').textContent).toContain('gone is not in use any more');
  });
});

describe('access to any address', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost/*'],
    ['https://gateway.example:8443/openai/v1', 'https://gateway.example/*'],
    ['http://[::1]:8080/v1', 'http://[::1]/*'],
    ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example/*'],
  ])('%s asks for %s', async (address, origin) => {
    const provider = keyProvider({ address });
    const { user } = showNotice({ kind: 'no-permission', host: 'x' }, { provider });
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(extension.requested).toEqual([origin]);
  });

  it('leads to Settings where there is no address to ask for', async () => {
    const { user } = showNotice(
      { kind: 'no-permission' },
      { provider: keyProvider({ address: '' }) },
    );
    await user.click(screen.getByRole('button', { name: 'Open settings' }));
    await vi.waitFor(async () => expect(await openedSettings()).toEqual(['provider-groq']));
  });
});
