import { screen, within } from '@testing-library/react';
import { storage } from '@wxt-dev/storage';
import { describe, expect, it, vi } from 'vitest';
import { KeysSection } from '@/components/keys-section';
import { answers, requests, sentField, setUpPage, show } from '../component';

setUpPage();

/** A worker that keeps keys under a passphrase; null for none. */
function startKeys(passphrase: string | null, isLocked = false) {
  answers['readKeyLock'] = () => (passphrase === null ? 'none' : isLocked ? 'locked' : 'unlocked');
  answers['setPassphrase'] = (data) => {
    passphrase = String(sentField(data, 'passphrase')) || null;
  };
  answers['lockKeys'] = () => void (isLocked = true);
  answers['unlockKeys'] = (data) => {
    const isRight = sentField(data, 'passphrase') === passphrase;
    if (isRight) isLocked = false;
    return isRight;
  };
  return show(<KeysSection />);
}

const field = (name: string) => screen.findByLabelText(name, { selector: 'input' });

describe('the passphrase of the keys', () => {
  it('is set when it was typed twice the same', async () => {
    const { user } = startKeys(null);
    await user.type(await field('Passphrase'), 'open sesame');
    await user.type(await field('Passphrase again'), 'open');
    await user.click(screen.getByRole('button', { name: 'Set passphrase' }));
    expect(screen.getByRole('alert').textContent).toContain('not the same');
    expect(requests.some(({ type }) => type === 'setPassphrase')).toBe(false);
    await user.type(await field('Passphrase again'), ' sesame{Enter}');
    expect(await screen.findByText(/The passphrase is set/u)).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Lock now' })).toBeTruthy();
  });

  it('is asked for again with Enter in the first field, without a reproach', async () => {
    const { user } = startKeys(null);
    await user.type(await field('Passphrase'), 'open sesame{Enter}');
    expect(document.activeElement).toBe(await field('Passphrase again'));
    expect(screen.getByRole('alert').textContent).toBe('');
    await user.keyboard('open sesame{Enter}');
    expect(await screen.findByText(/The passphrase is set/u)).toBeTruthy();
  });

  it('is not taken below eight characters, as its hint says before', async () => {
    const { user } = startKeys(null);
    const input = await field('Passphrase');
    const about = input.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(about.map((id) => document.getElementById(id)?.textContent).join('')).toContain(
      'At least 8 characters',
    );
    await user.type(input, 'sesame!');
    await user.type(await field('Passphrase again'), 'sesame!{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('too short');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(requests.some(({ type }) => type === 'setPassphrase')).toBe(false);
    await user.type(input, '!');
    expect(screen.getByRole('alert').textContent).toBe('');
    await user.type(await field('Passphrase again'), '!{Enter}');
    expect(await screen.findByText(/The passphrase is set/u)).toBeTruthy();
  });

  it('that was given in another page is known here at once', async () => {
    let lock = 'locked';
    answers['readKeyLock'] = () => lock;
    show(<KeysSection />);
    await screen.findByText('Your keys are locked.');
    lock = 'unlocked';
    await storage.setItem('local:keyLockChange', 'a');
    expect(await screen.findByRole('button', { name: 'Lock now' })).toBeTruthy();
  });

  it('locks the keys, and unlocks them again', async () => {
    const { user } = startKeys('open sesame');
    await user.click(await screen.findByRole('button', { name: 'Lock now' }));
    await user.type(await field('Passphrase'), 'open{Enter}');
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('This is not the passphrase.'),
    );
    await user.type(await field('Passphrase'), ' sesame');
    await user.click(screen.getByRole('button', { name: 'Unlock' }));
    expect(await screen.findByText(/unlocked until the browser ends/u)).toBeTruthy();
  });

  it('is changed', async () => {
    const { user } = startKeys('old');
    await user.click(await screen.findByRole('button', { name: 'Change passphrase' }));
    await user.type(await field('Passphrase'), 'brand new');
    await user.type(await field('Passphrase again'), 'brand new{Enter}');
    expect(await screen.findByText(/The passphrase is set/u)).toBeTruthy();
    expect(requests).toContainEqual({ type: 'setPassphrase', data: { passphrase: 'brand new' } });
  });

  it('is taken away after a question', async () => {
    const { user } = startKeys('old');
    await user.click(await screen.findByRole('button', { name: 'Remove passphrase' }));
    expect(screen.getByRole('alertdialog').textContent).toContain('without encryption');
    await user.click(
      within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove passphrase' }),
    );
    expect(await screen.findByText('The passphrase was removed.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Set passphrase' })).toBeTruthy();
  });
});
