import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SettingsFileSection } from '@/components/settings-file-section';
import { answers, requests, setUpPage, show } from '../component';

setUpPage();
afterEach(() => {
  vi.restoreAllMocks();
});

/** Shows the section; what is saved is kept here. */
function showSection() {
  const saved: { name: string; content: Promise<string> }[] = [];
  let last: Blob | undefined;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    if (blob instanceof Blob) last = blob;
    return 'blob:x';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push({ name: this.download, content: last?.text() ?? Promise.resolve('') });
  });
  return { saved, ...show(<SettingsFileSection />) };
}

const status = () => screen.getByRole('status').textContent;
const file = new File(['{"a":1}'], 'settings.json');
const sent = (type: string) =>
  requests.filter((request) => request.type === type).map(({ data }) => data);
const chooser = () => screen.getByLabelText('Import settings', { selector: 'input' });

describe('settings', () => {
  it('are saved as a file, without keys unless there is a passphrase', async () => {
    answers['exportSettings'] = () => '{"format":"aside-settings"}';
    const { saved, user } = showSection();
    await user.click(screen.getByRole('button', { name: 'Export settings' }));
    await vi.waitFor(() => expect(status()).toContain('among your downloads'));
    expect(saved[0]?.name).toMatch(/^aside-settings-\d{4}-\d\d-\d\d\.json$/u);
    expect(await saved[0]?.content).toBe('{"format":"aside-settings"}');
    await user.type(screen.getByLabelText('Passphrase for the keys (optional)'), 'secret');
    await user.click(screen.getByRole('button', { name: 'Export settings and keys' }));
    await vi.waitFor(() => expect(saved).toHaveLength(2));
    expect(sent('exportSettings')).toEqual([{ passphrase: '' }, { passphrase: 'secret' }]);
  });

  it.each([
    ['imported', 'taken from the file'],
    ['unknown-format', 'no file with settings of Aside'],
    ['damaged', 'damaged'],
    ['key-locked', 'unlock them first'],
  ])('are read from a file; how that ended ("%s") is said', async (outcome, words) => {
    answers['importSettings'] = () => outcome;
    const { user } = showSection();
    await user.upload(chooser(), file);
    await vi.waitFor(() => expect(status()).toContain(words));
    expect(sent('importSettings')).toEqual([{ text: '{"a":1}', passphrase: '', skipsKeys: false }]);
  });

  it('with keys ask for the passphrase, again for a wrong one', async () => {
    answers['importSettings'] = (data) =>
      JSON.stringify(data).includes('right') ? 'imported' : 'passphrase';
    const { user } = showSection();
    await user.upload(chooser(), file);
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('keys in this file'),
    );
    await user.type(screen.getByLabelText('Passphrase of the file'), 'wrong{Enter}');
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('This is not the passphrase.'),
    );
    await user.type(screen.getByLabelText('Passphrase of the file'), 'right{Enter}');
    await vi.waitFor(() => expect(status()).toContain('taken from the file'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('can be taken without the keys', async () => {
    answers['importSettings'] = (data) =>
      JSON.stringify(data).includes('"skipsKeys":true') ? 'imported' : 'passphrase';
    const { user } = showSection();
    await user.upload(chooser(), file);
    await user.click(await screen.findByRole('button', { name: 'Without the keys' }));
    await vi.waitFor(() => expect(status()).toContain('taken from the file'));
  });

  it('go back to the start after a question that says what stays', async () => {
    const { user } = showSection();
    await user.click(screen.getByRole('button', { name: 'Reset settings' }));
    expect(screen.getByRole('alertdialog').textContent).toContain('Conversations stay');
    expect(sent('resetSettings')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Reset settings' }));
    await vi.waitFor(() => expect(status()).toContain('as at the start'));
    expect(sent('resetSettings')).toHaveLength(1);
  });
});
