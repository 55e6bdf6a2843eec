import { Blob as NodeBlob } from 'node:buffer';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import axe from 'axe-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackupSection } from '@/components/backup-section';
import { TRANSFER_PORT, type TransferMessage, type TransferRequest } from '@/lib/transfer';
import type { FakePort } from '../fake-port';
import { extension, setUpPage, show } from '../component';

setUpPage();

/** The worker's ends of the ports, with what was asked on each. */
let transfers: { port: FakePort; request: TransferRequest }[];

beforeEach(() => {
  transfers = [];
  extension.onConnect.addListener((port) => {
    if (port.name !== TRANSFER_PORT) return;
    port.onMessage.addListener((message) => {
      if (isRequest(message)) transfers.push({ port, request: message });
    });
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

function isRequest(message: unknown): message is TransferRequest {
  return typeof message === 'object' && message !== null && 'id' in message;
}

/** The transfer that was asked for last, once it has arrived. */
async function asked(count = 1) {
  await vi.waitFor(() => expect(transfers).toHaveLength(count));
  const transfer = transfers.at(-1);
  if (!transfer) throw new Error('nothing was asked');
  return {
    ...transfer,
    post: (message: TransferMessage) => transfer.port.postMessage(message),
  };
}

const button = (name: string) => screen.getByRole('button', { name });

async function chooseFile(user: ReturnType<typeof show>['user'], name = 'backup.aside') {
  // The picker itself is the browser's; the button only opens it.
  const input = document.querySelector('input[type="file"]');
  if (!(input instanceof HTMLInputElement)) throw new Error('there is no picker');
  await user.upload(input, new File(['x'], name));
}

describe('the backup', () => {
  it('is asked for without a passphrase, and saved', async () => {
    // Only Node's own crosses between contexts.
    vi.stubGlobal('Blob', NodeBlob);
    vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:backup');
    const clicked: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      clicked.push(this.download);
    });
    const { user } = show(<BackupSection />);
    await user.click(button('Back up everything'));
    const { request, post } = await asked();
    expect(request).toEqual({ type: 'export-all', id: request.id });
    const channel = new BroadcastChannel(request.id);
    channel.postMessage(new NodeBlob(['zip']));
    post({ type: 'file', name: 'Aside backup.zip' });
    expect(await screen.findByText('The backup is among your downloads.')).toBeTruthy();
    expect(clicked).toEqual(['Aside backup.zip']);
    channel.close();
  });

  it('is asked for with the passphrase when it was given twice', async () => {
    const { user } = show(<BackupSection />);
    await user.type(screen.getByLabelText('Passphrase (optional)'), 'secret');
    await user.type(screen.getByLabelText('Repeat the passphrase'), 'secret{Enter}');
    expect((await asked()).request).toMatchObject({ type: 'export-all', passphrase: 'secret' });
  });

  it('has its passphrase repeated after Enter in the first field', async () => {
    const { user } = show(<BackupSection />);
    await user.type(screen.getByLabelText('Passphrase (optional)'), 'secret{Enter}');
    expect(document.activeElement).toBe(screen.getByLabelText('Repeat the passphrase'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is not made when the passphrases differ', async () => {
    const { user } = show(<BackupSection />);
    await user.type(screen.getByLabelText('Passphrase (optional)'), 'secret');
    await user.type(screen.getByLabelText('Repeat the passphrase'), 'secrte');
    await user.click(button('Back up everything'));
    expect(screen.getByRole('alert').textContent).toBe('The two passphrases are not the same.');
    expect(transfers).toEqual([]);
  });

  it('shows how far it is, and can be cancelled', async () => {
    const { user } = show(<BackupSection />);
    await user.click(button('Back up everything'));
    const { port, post } = await asked();
    post({ type: 'progress', done: 1, total: 4 });
    const bar = screen.getByRole('progressbar', { name: 'Progress' });
    await vi.waitFor(() => expect(bar.getAttribute('value')).toBe('0.25'));
    expect(button('Back up everything').hasAttribute('disabled')).toBe(true);
    await user.click(button('Cancel'));
    expect(await screen.findByText('Cancelled. Nothing was changed.')).toBeTruthy();
    expect(port.isClosed).toBe(true);
    expect(button('Back up everything').hasAttribute('disabled')).toBe(false);
  });

  it('ends with the page', async () => {
    const { user } = show(<BackupSection />);
    await user.click(button('Back up everything'));
    const { port } = await asked();
    cleanup();
    expect(port.isClosed).toBe(true);
  });
});

describe('an import', () => {
  it.each([
    [{ added: 1, merged: 0 }, '1 conversation was added.'],
    [
      { added: 2, merged: 1 },
      '2 conversations were added. 1 conversation got messages that were missing.',
    ],
    [{ added: 0, merged: 0 }, 'Everything in this file was here already.'],
  ])('of %j says what was done', async (counts, sentence) => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    const { request, post } = await asked();
    expect(request).toEqual({ type: 'import', id: request.id });
    expect(screen.getByText('Importing “backup.aside”…')).toBeTruthy();
    post({ type: 'imported', ...counts, skipped: 7 });
    expect(await screen.findByText(sentence)).toBeTruthy();
  });

  it('hands the file over when the worker is ready', async () => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    const { request, post } = await asked();
    const channel = new BroadcastChannel(request.id);
    const file = new Promise<unknown>((resolve) => {
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(data));
    });
    post({ type: 'ready' });
    expect(await file).toBeTruthy();
    channel.close();
  });

  it('begins with a file that is dropped', async () => {
    show(<BackupSection />);
    const files = [new File(['x'], 'dropped.zip')];
    fireEvent.drop(document.body, { dataTransfer: { files } });
    await asked();
    expect(screen.getByText('Importing “dropped.zip”…')).toBeTruthy();
  });

  it('asks for the passphrase, and again when it was wrong', async () => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    (await asked()).post({ type: 'failed', fault: 'passphrase' });
    const field = await screen.findByLabelText('Passphrase of the file');
    expect(screen.getByRole('alert').textContent).toContain('“backup.aside” is encrypted.');
    await user.type(field, 'wrong{Enter}');
    const second = await asked(2);
    expect(second.request).toMatchObject({ type: 'import', passphrase: 'wrong' });
    second.post({ type: 'failed', fault: 'passphrase' });
    await vi.waitFor(() =>
      expect(screen.getByRole('alert').textContent).toContain('This is not the passphrase'),
    );
    expect(screen.getByLabelText('Passphrase of the file').getAttribute('aria-invalid')).toBe(
      'true',
    );
  });

  it.each([
    ['unknown-format', 'Aside does not know this kind of file. Nothing was changed.'],
    ['damaged', 'The file is damaged. Nothing was changed.'],
    ['too-large', 'This is more than one file can hold. Nothing was changed.'],
    ['storage-full', 'There is no room left on this device. Nothing was changed.'],
    ['not-found', 'It is no longer stored on this device.'],
    [
      'unexpected',
      'Something went wrong that nobody foresaw. Try again: what is there already is not doubled.',
    ],
  ] as const)('that failed as %s says so in words', async (fault, sentence) => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    (await asked()).post({ type: 'failed', fault });
    expect((await screen.findByRole('alert')).textContent).toBe(sentence);
    expect(screen.queryByRole('button', { name: 'Details' })).toBe(null);
  });

  it('of a damaged file says where on request', async () => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    (await asked()).post({ type: 'failed', fault: 'damaged', where: 'messages.jsonl, line 7' });
    await user.click(await screen.findByRole('button', { name: 'Details' }));
    expect(screen.getByText('messages.jsonl, line 7')).toBeTruthy();
  });

  it('whose worker goes away says that it failed', async () => {
    const { user } = show(<BackupSection />);
    await chooseFile(user);
    (await asked()).port.disconnect();
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong');
  });
});

it('everything has a name', async () => {
  const { user, container } = show(<BackupSection />);
  await user.type(screen.getByLabelText('Passphrase (optional)'), 'x');
  await chooseFile(user);
  (await asked()).post({ type: 'failed', fault: 'passphrase' });
  await screen.findByLabelText('Passphrase of the file');
  const { violations } = await axe.run(container, { rules: { region: { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});
