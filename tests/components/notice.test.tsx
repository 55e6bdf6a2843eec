import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { Notice } from '@/components/notice';
import type { ModelRef } from '@/lib/conversation';
import type { ErrorData, ErrorKind } from '@/lib/errors';
import type { ProviderInfo } from '@/lib/messages';
import {
  extension,
  requests,
  setChat,
  setConversation,
  setUpPage,
  show,
  speak,
  state,
} from '../component';
import { chatModel, conversationOf, keyProvider, prompt, providerInfo, reply } from '../samples';

setUpPage();
afterEach(() => {
  vi.restoreAllMocks();
});

function showNotice(
  error: ErrorData,
  {
    provider = providerInfo(),
    isBusy = false,
    model = chatModel,
  }: { provider?: ProviderInfo; isBusy?: boolean; model?: ModelRef } = {},
) {
  const message = reply('r', 'p', { state: 'failed', error, model });
  setConversation([prompt('p'), message]);
  return show(
    <Notice message={message} error={error} provider={provider} isBusy={isBusy} isTold />,
  );
}

/** What every kind says, and the button that helps. A new kind does not compile without a line. */
const kinds: Record<ErrorKind, { words: RegExp; button: string }> = {
  'human-check': {
    words: /AI-Chats\.org wants to see that you are human/u,
    button: 'Open AI-Chats.org',
  },
  'no-permission': { words: /may not reach x\.example yet/u, button: 'Allow access' },
  'not-in-use': { words: /AI-Chats\.org is not in use any more/u, button: 'Use another model' },
  'no-address': { words: /No address is set for AI-Chats\.org/u, button: 'Open settings' },
  'no-key': { words: /AI-Chats\.org needs a key/u, button: 'Open settings' },
  'key-locked': { words: /password of the proxy x\.example is locked/u, button: 'Unlock' },
  unauthorized: { words: /AI-Chats\.org does not accept the key/u, button: 'Open settings' },
  'origin-refused': { words: /takes no requests from browser ext/u, button: 'Open settings' },
  'not-found': { words: /nothing at this address, or no model/u, button: 'Open settings' },
  'no-model': { words: /AI-Chats\.org has no model “gpt-4”/u, button: 'Use another model' },
  redirected: { words: /on to another address.*not followed/u, button: 'Open settings' },
  'rate-limited': { words: /too many requests at the moment/u, button: 'Try again' },
  overloaded: { words: /AI-Chats\.org is overloaded/u, button: 'Try again' },
  'too-long': { words: /too long for this model/u, button: 'Use another model' },
  'content-filter': { words: /AI-Chats\.org declined to answer/u, button: 'Try again' },
  unsupported: { words: /model cannot do that/u, button: 'Use another model' },
  quota: { words: /free limit of AI-Chats\.org is used up/u, button: 'Try again' },
  refused: { words: /AI-Chats\.org refused/u, button: 'Use another model' },
  'server-fault': { words: /AI-Chats\.org has a fault of its own/u, button: 'Try again' },
  offline: { words: /x\.example cannot be reached/u, button: 'Try again' },
  'proxy-failed': { words: /proxy x\.example does not answer/u, button: 'Open settings' },
  'proxy-login': { words: /proxy x\.example does not accept/u, button: 'Open settings' },
  'proxy-blocked': { words: /may not use the proxy of AI-Chats\.org/u, button: 'Open settings' },
  timeout: { words: /AI-Chats\.org was silent for too long.*“Wait longer”/u, button: 'Continue' },
  'connection-lost': { words: /cut off.*AI-Chats\.org was lost/u, button: 'Continue' },
  interrupted: { words: /cut off.*browser ended Aside/u, button: 'Continue' },
  'empty-reply': { words: /AI-Chats\.org sent an empty answer/u, button: 'Try again' },
  'bad-reply': { words: /AI-Chats\.org could not be understood/u, button: 'Try again' },
  'bad-image': { words: /AI-Chats\.org.*no picture.*gone/u, button: 'Try again' },
  'too-large': { words: /AI-Chats\.org grew too large/u, button: 'Try again' },
  unexpected: { words: /went wrong inside Aside/u, button: 'Try again' },
};
const errors = Object.keys(kinds).map(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- TypeScript widens keys to string
  (kind): ErrorData => ({ kind: kind as ErrorKind, host: 'x.example' }),
);

describe('the notice', () => {
  it.each(errors)('of "$kind" says what happened and offers what helps', (error) => {
    showNotice(error);
    const { words, button } = kinds[error.kind];
    expect(screen.getByRole('alert').textContent).toMatch(words);
    expect(screen.getAllByRole('button')[0]?.textContent).toBe(button);
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('goes on with the text that came', async () => {
    const { user } = showNotice({ kind: 'connection-lost' });
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(requests).toEqual([
      { type: 'continueReply', data: { conversationId: 'c', messageId: 'r' } },
    ]);
  });

  it('offers no Continue where no text came', () => {
    const message = reply('r', 'p', { state: 'interrupted', parts: [] });
    const error = { kind: 'interrupted' } as const;
    setConversation([prompt('p'), message]);
    show(
      <Notice message={message} error={error} provider={providerInfo()} isBusy={false} isTold />,
    );
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it.each(errors)('of "$kind" is whole in Russian', async (error) => {
    await speak('ru');
    showNotice(error);
    const alert = screen.getByRole('alert').textContent ?? '';
    expect(alert).toMatch(/\p{Script=Cyrillic}{3}.*\p{Script=Cyrillic}{3}/u);
    expect(alert).not.toMatch(/[{}]|error[A-Z]/u);
    const named = kinds[error.kind].words.source.match(/AI-Chats|x\\\.example/u)?.[0] ?? '';
    expect(alert).toContain(named.replace('\\', ''));
    expect(screen.getAllByRole('button')[0]?.textContent).toMatch(/\p{Script=Cyrillic}/u);
  });

  it('of a refusal says why in the words of the service, and leaves the rest to the details', () => {
    const detail = '{"error":{"message":"Unknown parameter: <b>x</b>","type":"bad"}}';
    showNotice({ kind: 'refused', status: 400, detail });
    expect(screen.getByText(/refused/u).textContent).toBe(
      'AI-Chats.org refused the request. It says: “\u2068Unknown parameter: <b>x</b>\u2069”',
    );
  });

  it.each([
    ['this computer', { kind: 'local', address: 'http://localhost:1234/v1' }],
    ['the local network', { kind: 'key', address: 'http://192.168.0.7/v1' }],
  ] as const)('of a server on %s that is off asks whether it runs', (_, changes) => {
    const provider = providerInfo({ name: 'LM Studio', ...changes });
    showNotice({ kind: 'offline', host: 'localhost:1234' }, { provider });
    expect(screen.getByText(/cannot be reached/u).textContent).toBe(
      'localhost:1234 cannot be reached. Is LM Studio running, and is its address right?',
    );
  });

  it.each([
    ['needs a key, and none is set', { isKeyless: true }, null, false],
    ['needs a key, and none is set', { isKeyless: true }, { tail: 'wxyz' }, false],
    ['does not accept the key', {}, null, false],
    ['asks for a user and password', { isKeyless: true }, { tail: 'wxyz' }, true],
    ['does not accept the user and password', {}, null, true],
  ] as const)(
    'of a refusal says "%s" by what was sent (%o), not by %o',
    (says, sent, key, isLogin) => {
      const fields = [{ id: 'key' as const, default: '', isLogin }];
      showNotice({ kind: 'unauthorized', ...sent }, { provider: keyProvider({ key, fields }) });
      expect(screen.getByText(/^Groq/u).textContent).toBe(`Groq ${says}.`);
    },
  );

  it('of a used-up quota offers another model, and leads to the list of them', async () => {
    const { user } = showNotice({ kind: 'quota' });
    expect(state().isModelPickerOpen).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Use another model' }));
    expect(state().isModelPickerOpen).toBe(true);
    expect(requests).toEqual([]);
  });

  it('shows the details on request only', async () => {
    const { user } = showNotice({
      kind: 'refused',
      status: 400,
      host: 'x.example',
      detail: '{"e":1}',
    });
    expect(screen.queryByText(/HTTP 400/u)).toBeNull();
    const button = screen.getByRole('button', { name: 'Details' });
    await user.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText(/HTTP 400/u).textContent).toBe('refused\nx.example\nHTTP 400\n{"e":1}');
    await user.click(button);
    expect(screen.queryByText(/HTTP 400/u)).toBeNull();
  });

  it('shows what a server said as text, whatever it is', async () => {
    const { user, container } = showNotice({
      kind: 'bad-reply',
      detail: '<img src=x onerror=alert(1)>',
    });
    await user.click(screen.getByRole('button', { name: 'Details' }));
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('has no details where there are none', () => {
    showNotice({ kind: 'interrupted' });
    expect(screen.queryByRole('button', { name: 'Details' })).toBeNull();
  });

  it('can be shown before the page knows the providers', () => {
    const message = reply('r', 'p', {
      state: 'failed',
      error: { kind: 'no-permission', host: 'x.example' },
    });
    setConversation([prompt('p'), message]);
    for (const error of errors) {
      const { unmount } = show(
        <Notice message={message} error={error} provider={undefined} isBusy={false} isTold />,
      );
      expect(screen.getByRole('alert')).toBeTruthy();
      unmount();
    }
  });
});

describe('the button of a notice', () => {
  const other = { provider: 'groq', model: 'llama' };

  it.each(['no-model', 'refused', 'unsupported', 'too-long', 'quota'] as const)(
    'after "%s" asks the model that was chosen since',
    async (kind) => {
      const { user } = showNotice({ kind });
      await user.click(screen.getByRole('button', { name: 'Use another model' }));
      expect(state().isModelPickerOpen).toBe(true);
      act(() => setChat({ conversation: conversationOf([], { model: other }) }));
      await user.click(screen.getByRole('button', { name: 'Try again' }));
      expect(requests).toEqual([
        { type: 'regenerateReply', data: { conversationId: 'c', messageId: 'r' } },
      ]);
    },
  );

  it.each(['no-model', 'refused', 'unsupported', 'too-long', 'quota'] as const)(
    'after "%s" of one that was asked once asks that one, and not the one of the conversation',
    async (kind) => {
      const { user } = showNotice({ kind }, { model: other });
      await user.click(screen.getByRole('button', { name: 'Try again' }));
      expect(requests).toEqual([
        { type: 'regenerateReply', data: { conversationId: 'c', messageId: 'r', model: other } },
      ]);
    },
  );

  it('tries again', async () => {
    const { user } = showNotice({ kind: 'offline', host: 'x.example' });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(requests).toEqual([
      { type: 'regenerateReply', data: { conversationId: 'c', messageId: 'r', model: chatModel } },
    ]);
  });

  it('waits while a reply runs', () => {
    showNotice({ kind: 'offline', host: 'x.example' }, { isBusy: true });
    expect(screen.getByRole('button', { name: 'Try again' })).toHaveProperty('disabled', true);
  });

  it('opens the site at the address that Settings names, and the prompt can be sent again', async () => {
    const create = vi.spyOn(fakeBrowser.tabs, 'create');
    const provider = providerInfo({ address: 'http://127.0.0.1:8080' });
    const { user } = showNotice({ kind: 'human-check' }, { provider });
    await user.click(screen.getByRole('button', { name: 'Open AI-Chats.org' }));
    expect(create).toHaveBeenCalledExactlyOnceWith({ url: 'http://127.0.0.1:8080/chat/' });
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(requests).toMatchObject([{ type: 'regenerateReply' }]);
  });

  it("asks for the picture's host alone, then fetches the picture", async () => {
    const imageUrl = 'https://pictures.example:8443/private/cat.png?sig=1';
    const error = { kind: 'no-permission', host: 'pictures.example:8443', imageUrl } as const;
    const { user } = showNotice(error);
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(extension.requested).toEqual(['https://pictures.example/*']);
    await vi.waitFor(() =>
      expect(requests).toEqual([
        { type: 'fetchImage', data: { conversationId: 'c', messageId: 'r' } },
      ]),
    );
  });

  it("asks for the service's host, then asks the service again", async () => {
    const { user } = showNotice({ kind: 'no-permission', host: 'ai-chats.org' });
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(extension.requested).toEqual(['https://ai-chats.org/*']);
    await vi.waitFor(() => expect(requests).toMatchObject([{ type: 'regenerateReply' }]));
  });

  it('does nothing when the person says no', async () => {
    extension.isGranting = false;
    const { user } = showNotice({ kind: 'no-permission', host: 'ai-chats.org' });
    await user.click(screen.getByRole('button', { name: 'Allow access' }));
    expect(requests).toEqual([]);
  });
});
