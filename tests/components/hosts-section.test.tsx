import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HostsSection } from '@/components/hosts-section';
import { extension, setChat, setUpPage, show } from '../component';
import { keyProvider, providerInfo } from '../samples';

setUpPage();

/** The hosts that are listed, each with what is said of it. */
const listed = () => screen.queryAllByRole('listitem').map((row) => row.firstChild?.textContent);

function allow(...patterns: string[]): void {
  for (const pattern of patterns) extension.granted.add(pattern);
  extension.onAccessAdded.fire();
}

beforeEach(() => {
  setChat({
    providers: [
      providerInfo(),
      keyProvider({ id: 'a', name: 'Ollama', address: 'http://localhost:11434' }),
      keyProvider({ id: 'b', name: 'Jan', address: 'http://localhost:1337/v1' }),
      keyProvider({ id: 'c', name: 'Unused', address: 'https://unused.example', isActive: false }),
    ],
  });
});

describe('the allowed hosts', () => {
  it('are those that the person allowed, each with the providers in use there', async () => {
    allow('http://localhost/*', 'https://unused.example/*', 'https://*/*');
    show(<HostsSection />);
    await vi.waitFor(() =>
      expect(listed()).toEqual([
        'http://localhostfor Ollama and Jan',
        'unused.examplefor no provider in use',
        'https://*/*for no provider in use',
      ]),
    );
  });

  it('are none at the start, and that is said', async () => {
    show(<HostsSection />);
    expect(await screen.findByText('You have allowed no host so far.')).toBeTruthy();
    expect(listed()).toEqual([]);
  });

  it('are taken back one by one, and the focus is not lost', async () => {
    allow('http://localhost/*', 'https://unused.example/*');
    const { user } = show(<HostsSection />);
    await user.click(
      await screen.findByRole('button', { name: 'Take access back: unused.example' }),
    );
    await vi.waitFor(() => expect(listed()).toEqual(['http://localhostfor Ollama and Jan']));
    expect([...extension.denied]).toEqual(['https://unused.example/*']);
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Allowed hosts' }));
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('You cannot remove required permissions.'))],
    ['answers false', () => Promise.resolve(false)],
  ])('are kept where the browser %s, and that is said', async (_, remove) => {
    allow('https://unused.example/*');
    extension.isTakingBack = remove;
    const { user } = show(<HostsSection />);
    const button = await screen.findByRole('button', { name: /unused\.example/u });
    await user.click(button);
    const said = 'The browser did not take access to unused.example back';
    await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain(said));
    expect(document.activeElement).toBe(button);
    extension.isTakingBack = () => Promise.resolve(true);
    await user.click(button);
    await screen.findByText(/no host so far/u);
  });

  it('follow what is allowed and taken back in the browser', async () => {
    show(<HostsSection />);
    await screen.findByText(/no host so far/u);
    allow('https://unused.example/*');
    const row = await screen.findByRole('listitem');
    expect(within(row).getByRole('button')).toBeTruthy();
    extension.granted.delete('https://unused.example/*');
    extension.onAccessRemoved.fire();
    expect(await screen.findByText(/no host so far/u)).toBeTruthy();
  });
});
