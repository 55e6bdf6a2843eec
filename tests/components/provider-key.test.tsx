import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answers, requests, setChat, setUpPage } from '../component';
import { alert, change, key, sent, showSection } from '../provider-page';
import { keyProvider } from '../samples';

setUpPage();

const passphrase = () => screen.getByLabelText('Passphrase', { selector: 'input' });

describe('a key', () => {
  it('is typed unseen, saved with Enter, and then known by its end alone', async () => {
    answers['saveKey'] = () => change({ key: { tail: 'wxyz' } });
    const { user } = showSection(keyProvider());
    expect(key().type).toBe('password');
    expect(key().autocomplete).toBe('off');
    expect(key().value).toBe('');
    await user.type(key(), 'gsk_0123wxyz{Enter}');
    expect(await screen.findByText('Key set, ends in wxyz')).toBeTruthy();
    expect(sent('saveKey')).toEqual([{ provider: 'groq', key: 'gsk_0123wxyz' }]);
    expect(screen.queryByLabelText('Key', { selector: 'input' })).toBeNull();
    await vi.waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Replace' })),
    );
    expect(screen.getByText('Saved')).toBeTruthy();
  });

  it('is saved once when one leaves the field', async () => {
    answers['saveKey'] = () => change({ key: { tail: '' } });
    const { user } = showSection(keyProvider());
    await user.type(key(), 'short');
    await user.tab();
    expect(await screen.findByText('Key set')).toBeTruthy();
    expect(sent('saveKey')).toHaveLength(1);
  });

  it('that was pasted is saved at once', async () => {
    answers['saveKey'] = () => change({ key: { tail: 'wxyz' } });
    const { user } = showSection(keyProvider());
    await user.click(key());
    await user.paste('gsk_0123wxyz');
    await vi.waitFor(() =>
      expect(sent('saveKey')).toEqual([{ provider: 'groq', key: 'gsk_0123wxyz' }]),
    );
    expect(key().value).toBe('gsk_0123wxyz');
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Key set, ends in wxyz')).toBeTruthy();
    expect(sent('saveKey')).toHaveLength(1);
  });

  it('that is half typed is not saved, however long one thinks; the worker stays awake', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    onTestFinished(() => void vi.useRealTimers());
    const { user } = showSection(keyProvider());
    await user.type(key(), 'gsk_01');
    for (let seconds = 0; seconds < 60; seconds += 30) {
      const before = requests.length;
      await vi.advanceTimersByTimeAsync(29_000);
      expect(requests.length).toBeGreaterThan(before);
    }
    expect(sent('saveKey')).toEqual([]);
    expect(key().value).toBe('gsk_01');
  });

  it('that is half typed stays so while one looks it up in another window', async () => {
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(key(), 'gsk_01');
    const hasFocus = vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    fireEvent.blur(key());
    hasFocus.mockRestore();
    fireEvent.focus(key());
    await user.type(key(), '23wxyz{Enter}');
    await vi.waitFor(() =>
      expect(sent('saveKey')).toEqual([{ provider: 'groq', key: 'gsk_0123wxyz' }]),
    );
  });

  it.each([
    ['the page goes', () => fireEvent(window, new Event('pagehide'))],
    ['the section goes', () => act(() => setChat({ providers: [] }))],
  ])('that is typed is not lost when %s', async (_, go) => {
    const { user } = showSection(keyProvider());
    await user.type(key(), 'gsk_0123wxyz');
    expect(sent('saveKey')).toEqual([]);
    go();
    await vi.waitFor(() =>
      expect(sent('saveKey')).toEqual([{ provider: 'groq', key: 'gsk_0123wxyz' }]),
    );
  });

  it('that was not saved is tried again when one leaves the field', async () => {
    let isFailing = true;
    answers['saveKey'] = () => {
      if (isFailing) throw new Error('no disk');
      change({ key: { tail: 'wxyz' } });
    };
    const { user } = showSection(keyProvider());
    await user.click(key());
    await user.paste('gsk_0123wxyz');
    await vi.waitFor(() => expect(alert()).toContain('not saved'));
    isFailing = false;
    await user.tab();
    expect(await screen.findByText('Key set, ends in wxyz')).toBeTruthy();
  });

  it('can be replaced, and kept after all', async () => {
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    expect(document.activeElement).toBe(key());
    expect(key().value).toBe('');
    await user.click(document.body);
    expect(await screen.findByText('Key set, ends in wxyz')).toBeTruthy();
    expect(sent('saveKey')).toEqual([]);
  });

  it('that was typed over the kept one is not taken by leaving the field, but with Save', async () => {
    answers['saveKey'] = () => change({ key: { tail: 'zyxw' } });
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(key(), 'gsk_0123zyxw');
    await user.click(document.body);
    expect(key().value).toBe('gsk_0123zyxw');
    expect(sent('saveKey')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Key set, ends in zyxw')).toBeTruthy();
    expect(sent('saveKey')).toEqual([{ provider: 'groq', key: 'gsk_0123zyxw' }]);
  });

  it.each([
    ['the page goes', () => fireEvent(window, new Event('pagehide'))],
    ['the section goes', () => act(() => setChat({ providers: [] }))],
    [
      'one stops using the provider',
      () => screen.getByRole('button', { name: 'Stop using' }).click(),
    ],
  ])('that is half typed does not go over the kept one when %s', async (_, go) => {
    answers['activateProvider'] = () => setChat({ providers: [] });
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(key(), 'gsk_01');
    await user.click(document.body);
    go();
    await user.click(document.body);
    expect(sent('saveKey')).toEqual([]);
  });

  it.each([
    ['Escape', '{Escape}'],
    ['Cancel', '{Tab}{Tab}{Enter}'],
  ])('that was to be replaced is back with %s, and the focus where it was', async (_, keys) => {
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    await user.type(key(), `gsk_01${keys}`);
    expect(await screen.findByText('Key set, ends in wxyz')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Replace' }));
    expect(sent('saveKey')).toEqual([]);
  });

  it.each([null, { tail: 'wxyz' }])(
    'is not what cleans to nothing, and %j stays as it is',
    async (kept) => {
      const { user } = showSection(keyProvider({ key: kept }));
      if (kept) await user.click(screen.getByRole('button', { name: 'Replace' }));
      await user.type(key(), '"{Enter}');
      await vi.waitFor(() => expect(alert()).toBe('There is no key in this.'));
      expect(key().value).toBe('"');
      await user.type(key(), '{Backspace}');
      expect(alert()).toBe('');
      expect(sent('saveKey')).toEqual([]);
    },
  );

  it('that is locked can be unlocked to be replaced, or left as it is', async () => {
    let lock = 'locked';
    answers['readKeyLock'] = () => lock;
    answers['unlockKeys'] = () => {
      lock = 'unlocked';
      return true;
    };
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await screen.findByText('Key set, ends in wxyz · locked');
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    expect(document.activeElement).toBe(passphrase());
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Replace' }));
    await user.keyboard('{Enter}');
    await user.type(passphrase(), 'open sesame{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(key()));
  });

  it('that is a user and a password is said to be one', () => {
    const fields = [{ id: 'key' as const, default: '', isOptional: true, isLogin: true }];
    showSection(keyProvider({ fields }));
    const hint = document.getElementById(key().getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toContain('--api-auth), as user:password.');
  });

  it('can be removed', async () => {
    answers['saveKey'] = () => change({ key: null });
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await vi.waitFor(() => expect(document.activeElement).toBe(key()));
    expect(sent('saveKey')).toEqual([{ provider: 'groq', key: '' }]);
  });

  it('cannot be typed while the keys are locked, but unlocked right there', async () => {
    let lock = 'locked';
    answers['readKeyLock'] = () => lock;
    answers['unlockKeys'] = (data) => {
      const isRight = JSON.stringify(data) === '{"passphrase":"open sesame"}';
      if (isRight) lock = 'unlocked';
      return isRight;
    };
    const { user } = showSection(keyProvider());
    await screen.findByLabelText('Passphrase', { selector: 'input' });
    expect(screen.queryByLabelText('Key', { selector: 'input' })).toBeNull();
    await user.type(passphrase(), 'wrong{Enter}');
    await vi.waitFor(() => expect(alert()).toContain('not the passphrase'));
    await user.clear(passphrase());
    await user.type(passphrase(), 'open sesame{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(key()));
  });

  it.each([
    ['that is not accepted', { tail: 'wxyz' }, false, 'Groq does not accept the key.'],
    ['that is wanting', null, false, 'Groq needs a key, and none is set.'],
    ['that is no right login', { tail: '' }, true, 'Groq does not accept the user and password.'],
    ['that is a login, and wanting', null, true, 'Groq asks for a user and password.'],
  ])('%s is told so in its own row, too', async (_, kept, isLogin, text) => {
    const isKeyless = kept === null;
    answers['refreshModels'] = () => ({ kind: 'unauthorized', ...(isKeyless && { isKeyless }) });
    const [place = { id: 'address' as const, default: '' }] = keyProvider().fields;
    const field = { id: 'key' as const, default: '', isOptional: true, isLogin };
    const { user } = showSection(keyProvider({ key: kept, fields: [place, field] }));
    await user.click(screen.getByRole('button', { name: 'Refresh models' }));
    await vi.waitFor(() => expect(alert()).toBe(text));
    const row = screen.getByRole('group', { name: 'Key (optional)' });
    expect(within(row).getByText(text)).toBeTruthy();
  });

  it('for nobody knows whose server is not sent for to any service', () => {
    showSection(keyProvider({ homePage: '', address: '' }));
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText(/^Whoever runs the server has its address/u)).toBeTruthy();
  });

  it('can be got at its service', () => {
    showSection(keyProvider());
    const link = screen.getByRole('link', { name: 'Get a key' });
    expect(link.getAttribute('href')).toBe('https://console.groq.example/keys');
  });

  it('names the host that it goes to', () => {
    showSection(keyProvider({ address: 'https://gateway.example:8443/v1' }));
    expect(screen.getByText(/sent to gateway\.example:8443 alone\./u)).toBeTruthy();
  });

  it.each([
    ['http://gateway.example:8080/v1', true],
    ['http://192.168.1.7:8080/v1', false],
    ['http://localhost:8080/v1', false],
  ])('at %s is said to go unencrypted: %s', (address, isSaid) => {
    showSection(keyProvider({ address }));
    expect(screen.queryAllByText(/alone, unencrypted/u)).toHaveLength(isSaid ? 1 : 0);
  });
});
