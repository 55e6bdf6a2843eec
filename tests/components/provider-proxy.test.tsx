import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { answers, extension, setUpPage } from '../component';
import { installProxies } from '../fake-proxies';
import { alert, change, sent, showSection } from '../provider-page';
import { keyProvider } from '../samples';

setUpPage();

const HTTP = 'http://proxy.example:3128';
/** Its key is no matter of the passphrase, as long as it stays. */
const withKey = keyProvider({ key: { tail: '' } });
const kept = { address: HTTP, hasLogin: true };

const field = () => screen.getByRole('textbox', { name: 'Proxy address' });
const button = (name: string) => screen.getByRole('button', { name });

/** Opens the form and fills it in. */
async function type(
  proxy: { address: string; user?: string; password?: string },
  provider = keyProvider(),
) {
  const { user } = showSection(provider);
  await user.click(button('Use a proxy'));
  expect(document.activeElement).toBe(field());
  await user.type(field(), proxy.address.replaceAll('[', '[['));
  if (proxy.user) await user.type(screen.getByLabelText('User (optional)'), proxy.user);
  if (proxy.password) await user.type(screen.getByLabelText('Password (optional)'), proxy.password);
  return user;
}

describe('the proxy, in Chromium', () => {
  beforeEach(() => void installProxies('script'));

  it.each([
    [{ address: HTTP }, HTTP, null],
    [{ address: 'socks5://[::1]/' }, 'socks5://[::1]:1080', null],
    [{ address: HTTP, user: 'me', password: ' p ' }, HTTP, { user: 'me', password: ' p ' }],
    [{ address: 'http://me:secret@proxy.example:3128' }, HTTP, { user: 'me', password: 'secret' }],
  ])('%j is saved by its button', async (typed, address, login) => {
    const user = await type(typed);
    await user.click(button('Use this proxy'));
    await vi.waitFor(() =>
      expect(sent('saveProxy')).toEqual([{ provider: 'groq', address, login }]),
    );
    await screen.findByText('Saved');
    expect(document.activeElement).toBe(button('Use a proxy'));
    expect(extension.requested).toEqual([]);
  });

  it.each([
    [{ address: 'nonsense in words' }, 'no address of a proxy'],
    [{ address: 'ftp://proxy.example' }, 'begins with http://, https:// or socks5://'],
    [{ address: 'socks5://proxy.example', user: 'me' }, 'cannot give a SOCKS5 proxy a user'],
    [{ address: 'socks5://me:secret@proxy.example' }, 'cannot give a SOCKS5 proxy a user'],
  ])('%j is refused in words, and nothing is saved', async (typed, words) => {
    const user = await type(typed);
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(alert()).toContain(words));
    expect(sent('saveProxy')).toEqual([]);
    await user.type(field(), 'x');
    expect(alert()).toBe('');
  });

  it('says what else it affects, before it is set and while it is', async () => {
    const affects = /everything in the browser reaches api\.groq\.example through it/u;
    await type({ address: HTTP });
    expect(screen.getByText(affects)).toBeTruthy();
    await showKept();
    expect(await screen.findByText(affects)).toBeTruthy();
  });

  it('is shown without its password, and goes by a click', async () => {
    const { user } = showSection(keyProvider({ proxy: kept }));
    expect(screen.getByText(`${HTTP}, with user and password`)).toBeTruthy();
    await user.click(screen.getAllByRole('button', { name: 'Remove' })[0] ?? document.body);
    await vi.waitFor(() =>
      expect(sent('saveProxy')).toEqual([{ provider: 'groq', address: '', login: null }]),
    );
  });

  it('says that another extension decides', async () => {
    installProxies('script').levelOfControl = 'controlled_by_other_extensions';
    showSection(keyProvider({ proxy: kept }));
    expect(await screen.findByText(/Another extension or your organisation decides/u)).toBeTruthy();
  });

  it('says so when it was not saved', async () => {
    answers['saveProxy'] = () => {
      throw new Error('no disk');
    };
    const user = await type({ address: HTTP });
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(alert()).toContain('not saved'));
  });

  it('without a password needs no unlocking', async () => {
    answers['readKeyLock'] = () => 'locked';
    const user = await type({ address: HTTP }, withKey);
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(sent('saveProxy')).toHaveLength(1));
    expect(screen.queryByLabelText('Passphrase')).toBeNull();
  });

  it('with a password waits for the passphrase of the keys, right there', async () => {
    let lock = 'locked';
    answers['readKeyLock'] = () => lock;
    answers['unlockKeys'] = () => {
      lock = 'unlocked';
      return true;
    };
    const user = await type({ address: HTTP, user: 'me', password: 'secret' }, withKey);
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(await screen.findByLabelText('Passphrase'));
    expect(
      screen.getByText(/keys are locked, and the user and password of a proxy are kept/u),
    ).toBeTruthy();
    expect(sent('saveProxy')).toEqual([]);
    await user.keyboard('open sesame{Enter}');
    await vi.waitFor(() => expect(document.activeElement).toBe(button('Use this proxy')));
    await user.keyboard('{Enter}');
    const login = { user: 'me', password: 'secret' };
    await vi.waitFor(() =>
      expect(sent('saveProxy')).toEqual([{ provider: 'groq', address: HTTP, login }]),
    );
  });

  it('says that its password is locked', async () => {
    answers['readKeyLock'] = () => 'locked';
    showSection(keyProvider({ key: { tail: '' }, proxy: kept }));
    expect(await screen.findByText(`${HTTP}, with user and password · locked`)).toBeTruthy();
  });

  it('can be left while the keys are locked', async () => {
    answers['readKeyLock'] = () => 'locked';
    const user = await type({ address: HTTP, user: 'me' }, withKey);
    await user.keyboard('{Enter}');
    await screen.findByLabelText('Passphrase');
    await user.click(button('Cancel'));
    expect(document.activeElement).toBe(button('Use a proxy'));
    expect(screen.queryByLabelText('Passphrase')).toBeNull();
  });

  it('is not offered for this computer, which browsers reach directly', () => {
    showSection(keyProvider({ address: 'http://127.0.0.1:8080' }));
    expect(screen.queryByRole('group', { name: 'Proxy' })).toBeNull();
  });
});

describe('the proxy, in Firefox', () => {
  beforeEach(() => {
    installProxies('question');
    extension.denied.add('proxy');
  });

  it('asks for the permission when it is saved, not before', async () => {
    const user = await type({ address: HTTP });
    expect(extension.requested).toEqual([]);
    await user.click(button('Use this proxy'));
    await vi.waitFor(() => expect(sent('saveProxy')).toHaveLength(1));
    expect(extension.requested).toEqual(['proxy', 'webRequest', 'webRequestAuthProvider']);
  });

  it('is not saved when the person says no', async () => {
    extension.isGranting = false;
    const user = await type({ address: HTTP });
    await user.click(button('Use this proxy'));
    await vi.waitFor(() => expect(alert()).toContain('not allowed to use a proxy'));
    expect(sent('saveProxy')).toEqual([]);
  });

  it('may be SOCKS5 with a password', async () => {
    const user = await type({ address: 'socks5://me:secret@proxy.example' });
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(sent('saveProxy')).toHaveLength(1));
  });

  it('says that the permission was taken back, and asks for it anew', async () => {
    extension.denied.delete('proxy');
    const { user } = showSection(keyProvider({ proxy: kept }));
    await screen.findByText(/Only Aside's own requests to api\.groq\.example/u);
    await fakeBrowser.permissions.remove({ permissions: ['proxy'] });
    await screen.findByText(/you have not allowed it, or have taken it back/u);
    await user.click(button('Allow proxies'));
    expect(await screen.findByText(/Only Aside's own requests/u)).toBeTruthy();
  });
});

describe('a build without proxies', () => {
  it('has no field, and says where a gateway goes', () => {
    showSection(keyProvider());
    expect(screen.queryByRole('group', { name: 'Proxy' })).toBeNull();
    expect(screen.getByText(/this build has no proxy but the browser's/u)).toBeTruthy();
  });

  it('says why nothing is sent for which a proxy is kept, and lets it go', async () => {
    showSection(keyProvider({ proxy: kept }));
    expect(await screen.findByText(/cannot use a proxy, so nothing is sent/u)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use a proxy' })).toBeNull();
    expect(button('Remove')).toBeTruthy();
  });
});

/** The worker tells that a proxy is kept; the form is closed. */
async function showKept(): Promise<void> {
  change({ proxy: kept });
  await vi.waitFor(() => button('Cancel').click());
}
