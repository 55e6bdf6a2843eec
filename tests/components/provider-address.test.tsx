import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { answers, extension, setUpPage, type show } from '../component';
import { address, alert, sent, showSection } from '../provider-page';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

describe('the address', () => {
  it('is the one in force; the placeholder is its own default', () => {
    showSection(keyProvider({ address: 'https://gateway.example/v1' }));
    expect(address().value).toBe('https://gateway.example/v1');
    expect(address().placeholder).toBe('https://api.groq.example/v1');
  });

  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['  HTTPS://Gateway.example/ ', 'https://gateway.example'],
    ['gateway.example', 'https://gateway.example'],
    ['https://gateway.example/v1/v1/chat/completions', 'https://gateway.example/v1'],
  ])('%j is saved as %s when one leaves the field', async (typed, saved) => {
    const { user } = showSection(keyProvider());
    await user.clear(address());
    await user.type(address(), typed);
    await user.tab();
    await vi.waitFor(() =>
      expect(sent('saveAddress')).toEqual([{ provider: 'groq', address: saved, keepsKey: false }]),
    );
    await screen.findByText('Saved');
    expect(extension.requested).toEqual([]);
  });

  it('is saved without leaving the field, after a pause', async () => {
    const { user } = showSection(keyProvider());
    await user.type(address(), '/more');
    await vi.waitFor(() => expect(sent('saveAddress')).toHaveLength(1), { timeout: 5000 });
    expect(document.activeElement).toBe(address());
    expect(address().value).toBe('https://api.groq.example/v1/more');
  });

  it.each([
    ['https://', 'no web address'],
    ['ftp://gateway.example', 'begin with http:// or https://'],
    ['javascript:alert(1)', 'begin with http:// or https://'],
    ['https://me:secret@gateway.example', 'cannot hold a name and password'],
    ['https://*.example', 'would stand for every site'],
    ['https://gateway.example/chat', 'no path after the host'],
  ])('%j of a website is refused in words, and nothing is saved', async (typed, words) => {
    const { user } = showSection(providerInfo());
    await user.clear(address());
    await user.type(address(), `${typed}{Enter}`);
    await vi.waitFor(() => expect(alert()).toContain(words));
    expect(address().getAttribute('aria-invalid')).toBe('true');
    expect(sent('saveAddress')).toEqual([]);
    await user.type(address(), 'x');
    expect(alert()).toBe('');
  });

  it('of a host that is not allowed waits for a click, which asks for that host alone', async () => {
    extension.denied.add('https://gateway.example/*');
    const { user } = showSection(keyProvider());
    await user.clear(address());
    await user.type(address(), 'https://gateway.example:8443/v1{Enter}');
    const button = await screen.findByRole('button', {
      name: 'Allow access to gateway.example:8443',
    });
    expect(sent('saveAddress')).toEqual([]);
    await vi.waitFor(() => expect(document.activeElement).toBe(button));
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(sent('saveAddress')).toHaveLength(1));
    expect(extension.requested).toEqual(['https://gateway.example/*']);
  });

  it('is not changed when the person does not allow its host', async () => {
    extension.denied.add('https://gateway.example/*');
    extension.isGranting = false;
    const { user } = showSection(keyProvider());
    await user.clear(address());
    await user.type(address(), 'https://gateway.example{Enter}');
    await user.click(
      await screen.findByRole('button', { name: 'Allow access to gateway.example' }),
    );
    await vi.waitFor(() => expect(alert()).toContain('gateway.example was not allowed'));
    expect(sent('saveAddress')).toEqual([]);
  });

  it.each([
    ['Remove the key', false],
    ['Send the key to gateway.example', true],
  ])('of another server asks about the key: "%s"', async (name, keepsKey) => {
    const { user } = showSection(keyProvider({ key: { tail: 'wxyz' } }));
    await user.clear(address());
    await user.type(address(), 'https://gateway.example/v1');
    await user.tab();
    await vi.waitFor(() => expect(alert()).toContain('given for api.groq.example'));
    expect(sent('saveAddress')).toEqual([]);
    await user.click(screen.getByRole('button', { name }));
    await vi.waitFor(() =>
      expect(sent('saveAddress')).toEqual([
        { provider: 'groq', address: 'https://gateway.example/v1', keepsKey },
      ]),
    );
  });

  it.each([
    ['that was missing when the key was given', '', 'https://gateway.example/v1'],
    ['that is taken away', 'https://gateway.example/v1', ''],
  ])('%s is saved without a question', async (_, before, typed) => {
    const fields = [
      { id: 'address' as const, default: '' },
      { id: 'key' as const, default: '' },
    ];
    const { user } = showSection(keyProvider({ fields, address: before, key: { tail: 'wxyz' } }));
    await user.clear(address());
    if (typed) await user.type(address(), typed);
    await user.tab();
    await vi.waitFor(() =>
      expect(sent('saveAddress')).toEqual([{ provider: 'groq', address: typed, keepsKey: false }]),
    );
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
      async (user: ReturnType<typeof show>['user']) => {
        await user.clear(address());
        await user.tab();
      },
    ],
  ])('is the usual one again %s', async (_, reset) => {
    const { user } = showSection(providerInfo({ address: 'https://gateway.example' }));
    await reset(user);
    await vi.waitFor(() =>
      expect(sent('saveAddress')).toEqual([{ provider: 'ai-chats', address: '', keepsKey: false }]),
    );
  });

  it('says so when it was not saved', async () => {
    answers['saveAddress'] = () => {
      throw new Error('no disk');
    };
    const { user } = showSection(keyProvider());
    await user.type(address(), '/x{Enter}');
    await vi.waitFor(() => expect(alert()).toContain('not saved'));
  });
});
