import { act, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { checkOrder, type CheckStep } from '@/lib/check-step';
import { answers, extension, sentField, setUpPage } from '../component';
import { address, alert, change, key, sent, showSection } from '../provider-page';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

const steps: CheckStep[] = checkOrder.map((id) => ({ id, outcome: 'ok' }));

const at = (name: string, place: string, isActive = true) =>
  keyProvider({ id: name, name, address: place, isActive });

describe('access', () => {
  const groq = 'https://api.groq.example/*';

  it('is asked for with a click, and then the models are asked for', async () => {
    extension.denied.add(groq);
    answers['refreshModels'] = () => {
      change({ models: [{ id: 'a', output: 'text' }], modelsAt: Date.now() });
      return null;
    };
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(
      await screen.findByRole('button', { name: 'Allow access to api.groq.example' }),
    );
    expect(extension.requested).toEqual([groq]);
    expect(await screen.findByText('Aside may reach api.groq.example.')).toBeTruthy();
    expect(await screen.findByText('1 model, checked now')).toBeTruthy();
  });

  it('that is refused is said, and can be asked for again', async () => {
    extension.denied.add(groq);
    extension.isGranting = false;
    const { user } = showSection(keyProvider());
    const button = await screen.findByRole('button', { name: /^Allow access/u });
    await user.click(button);
    expect(await screen.findByText('Access to api.groq.example was not allowed.')).toBeTruthy();
    expect(button.isConnected).toBe(true);
  });

  it('can be taken back', async () => {
    const { user } = showSection(keyProvider());
    await user.click(await screen.findByRole('button', { name: 'Take access back' }));
    expect(await screen.findByText('Aside may not reach api.groq.example yet.')).toBeTruthy();
    expect([...extension.denied]).toEqual([groq]);
  });

  it('that the browser does not take back is said', async () => {
    extension.isTakingBack = () => Promise.resolve(false);
    const { user } = showSection(keyProvider());
    await user.click(await screen.findByRole('button', { name: 'Take access back' }));
    expect(
      await screen.findByText(/^The browser did not take access to api\.groq\.example back/u),
    ).toBeTruthy();
  });

  it('that could not be had, or taken back, is no trouble of another address', async () => {
    extension.isTakingBack = () => Promise.resolve(false);
    const { user } = showSection(keyProvider());
    await user.click(await screen.findByRole('button', { name: 'Take access back' }));
    await screen.findByText(/^The browser did not take access/u);
    act(() => change({ address: 'https://other.example/v1' }));
    await screen.findByText('Aside may reach other.example.');
    expect(alert()).toBe('');
    extension.isGranting = false;
    extension.denied.add('https://denied.example/*').add('https://refused.example/*');
    act(() => change({ address: 'https://refused.example/v1' }));
    await user.click(await screen.findByRole('button', { name: /^Allow access/u }));
    await screen.findByText('Access to refused.example was not allowed.');
    act(() => change({ address: 'https://denied.example/v1' }));
    expect(await screen.findByText('Aside may not reach denied.example yet.')).toBeTruthy();
  });

  it('that others in use at the same host have too is said to go for them, by name', async () => {
    const others = [
      at('LM Studio', 'http://localhost:1234/v1'),
      at('ComfyUI', 'http://localhost:8188'),
      at('Unused', 'http://localhost:7860', false),
      at('Secure', 'https://localhost:1234'),
      at('Elsewhere', 'http://127.0.0.1:1234'),
    ];
    showSection(at('Ollama', 'http://localhost:11434'), { others });
    const button = await screen.findByRole('button', { name: 'Take access back' });
    const about = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(about?.textContent).toBe(
      'Taking it back takes localhost from LM Studio and ComfyUI too.',
    );
  });

  it('that nobody else has is taken back without a word', async () => {
    showSection(keyProvider(), { others: [providerInfo()] });
    await screen.findByRole('button', { name: 'Take access back' });
    expect(screen.queryByText(/Taking it back/u)).toBeNull();
  });

  it('that is withdrawn in the browser is noticed', async () => {
    showSection(keyProvider());
    await screen.findByText('Aside may reach api.groq.example.');
    extension.denied.add(groq);
    extension.onAccessRemoved.fire();
    expect(await screen.findByText('Aside may not reach api.groq.example yet.')).toBeTruthy();
  });

  it('that comes with Aside cannot be taken back here, but allowed again where it was withdrawn', async () => {
    showSection(providerInfo());
    await screen.findByText('Aside may reach ai-chats.org.');
    expect(screen.queryByRole('button', { name: 'Take access back' })).toBeNull();
    extension.denied.add('https://ai-chats.org/*');
    extension.onAccessRemoved.fire();
    expect(
      await screen.findByRole('button', { name: 'Allow access to ai-chats.org' }),
    ).toBeTruthy();
  });
});

describe('the models', () => {
  it('are counted, with the time of the last check', () => {
    const models = ['a', 'b'].map((id) => ({ id, output: 'text' as const }));
    showSection(keyProvider({ models, modelsAt: Date.now() - 3 * 60_000 }));
    expect(screen.getByText('2 models, checked 3 min. ago')).toBeTruthy();
  });

  it('are asked for anew, and what went wrong is said in words', async () => {
    answers['refreshModels'] = () => ({ kind: 'unauthorized' });
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    await vi.waitFor(() => expect(alert()).toBe('Groq does not accept the key.'));
    expect(sent('refreshModels')).toEqual([{ provider: 'groq' }]);
  });

  it('that could not be asked for at one address are no trouble at another', async () => {
    answers['refreshModels'] = () => ({ kind: 'not-found' });
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    await vi.waitFor(() => expect(alert()).toContain('nothing at this address'));
    act(() => change({ address: 'https://api.groq.example/openai/v1' }));
    expect(alert()).toBe('');
  });

  it('that came after all, here or in another page, end the trouble', async () => {
    answers['refreshModels'] = () => ({ kind: 'offline' });
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    await vi.waitFor(() => expect(alert()).toContain('cannot be reached'));
    act(() => change({ modelsAt: Date.now() + 1 }));
    expect(alert()).toBe('');
  });

  it('are the business of the last question alone', async () => {
    const first = Promise.withResolvers<unknown>();
    answers['refreshModels'] = () => first.promise;
    answers['saveAddress'] = (data) => change({ address: String(sentField(data, 'address')) });
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    answers['refreshModels'] = () => null;
    await user.clear(address());
    await user.type(address(), 'https://api.groq.example/v2{Enter}');
    await vi.waitFor(() => expect(sent('refreshModels')).toHaveLength(2));
    first.resolve({ kind: 'not-found' });
    await screen.findByText('No models known yet');
    expect(alert()).toBe('');
  });

  it('are there once a test of the connection has found them, and it can ask one', async () => {
    answers['checkProvider'] = () => steps;
    answers['refreshModels'] = () => {
      change({ models: [{ id: 'small', output: 'text' }], modelsAt: Date.now() });
      return null;
    };
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('1 model, checked now')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Send “Say hi”' })).toBeTruthy();
  });

  it('are not asked for after a test that the key failed', async () => {
    const failed = steps.map((step) =>
      step.id === 'key'
        ? { ...step, outcome: 'failed' as const, remedy: 'checkKey' as const }
        : step,
    );
    answers['checkProvider'] = () => failed;
    const { user } = showSection(keyProvider({ key: { tail: '' } }));
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText(/Enter it anew above\./u)).toBeTruthy();
    expect(sent('refreshModels')).toEqual([]);
  });

  it('are not asked for while something is missing', async () => {
    answers['saveKey'] = () => change({ key: { tail: 'wxyz' } });
    const provider = keyProvider({ address: '', fields: keyProvider().fields.toReversed() });
    const { user } = showSection(provider);
    await user.type(key(), 'gsk_0123wxyz{Enter}');
    await screen.findByText('Key set, ends in wxyz');
    expect(sent('refreshModels')).toEqual([]);
  });

  it('that a provider cannot list are not asked for', () => {
    showSection(providerInfo());
    expect(screen.getByText('2 models')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Refresh models' })).toBeNull();
  });
});

describe('a provider', () => {
  it('can be left, but not the last one', async () => {
    const { user, unmount } = showSection(keyProvider());
    await user.click(screen.getByRole('button', { name: 'Stop using' }));
    expect(sent('activateProvider')).toEqual([{ provider: 'groq', isActive: false }]);
    unmount();
    showSection(keyProvider(), { isOnly: true });
    expect(screen.queryByRole('button', { name: 'Stop using' })).toBeNull();
  });

  it('in the browser itself has neither address nor access', () => {
    showSection(
      keyProvider({
        kind: 'browser',
        fields: [],
        address: '',
        homePage: 'https://x.example/',
        typedModels: null,
      }),
    );
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByText(/Aside may/u)).toBeNull();
    expect(screen.getByRole('link').getAttribute('href')).toBe('https://x.example/');
  });
});
