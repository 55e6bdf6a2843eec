/** Keys that earlier versions left in `storage.local`. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { installExtension } from '../../fake-extension';

const { local } = fakeBrowser.storage;
const KEY = 'gsk_0123456789wxyz';
const GROQ = 'https://api.groq.com';
/** As it was written until the keys had a database. */
const old = { keys: { groq: KEY }, keys$: { v: 1 }, lockedKeys$: { v: 1 } };

/** A worker that has just started. */
async function startWorker() {
  vi.resetModules();
  const [keys, { moveOldKeys }, { keyDatabase }] = await Promise.all([
    import('@/lib/worker/keys'),
    import('@/lib/worker/keyring'),
    import('@/lib/worker/database'),
  ]);
  return { ...keys, moveOldKeys, table: keyDatabase.keyring };
}

beforeEach(async () => {
  installExtension();
  const { table } = await startWorker();
  await table.clear();
});

describe('keys of an earlier version', () => {
  it('are moved for the origin that they went to, and wiped where they were', async () => {
    await local.set({ ...old, providerSettings: { groq: { address: 'https://x.example/v1' } } });
    const worker = await startWorker();
    await worker.moveOldKeys();
    expect(Object.keys(await local.get())).toEqual(['providerSettings']);
    expect(await worker.readAllKeys()).toEqual({
      groq: { key: KEY, origin: 'https://x.example' },
    });
  });

  it('are there for whoever asks before they are moved', async () => {
    await local.set(old);
    const worker = await startWorker();
    expect(await worker.readKey('groq', GROQ)).toBe(KEY);
    expect(await local.get()).toEqual({});
  });

  it('stay locked under their passphrase', async () => {
    const { saveKey, setPassphrase, table } = await startWorker();
    await saveKey('groq', KEY);
    await setPassphrase('open sesame');
    const locked = (await table.get('keyring'))?.locked;
    await table.clear();
    await fakeBrowser.storage.session.clear();
    await local.set({ lockedKeys: locked, lockedKeys$: { v: 1 } });
    const worker = await startWorker();
    expect(await worker.readKeyLock()).toBe('locked');
    expect(await worker.describeKeys()).toEqual({ groq: { tail: 'wxyz', origin: GROQ } });
    expect(await worker.unlockKeys('open sesame')).toBe(true);
    expect(await worker.readKey('groq', GROQ)).toBe(KEY);
    expect(await local.get()).toEqual({});
  });

  it('survive a worker that ends before they are in the database', async () => {
    await local.set(old);
    const first = await startWorker();
    vi.spyOn(first.table, 'add').mockRejectedValueOnce(new Error('ended'));
    await expect(first.moveOldKeys()).rejects.toThrow('ended');
    expect(await local.get()).toEqual(old);
    const next = await startWorker();
    expect(await next.readKey('groq', GROQ)).toBe(KEY);
    expect(await local.get()).toEqual({});
  });

  it('survive a worker that ends before they are wiped', async () => {
    await local.set(old);
    const remove = vi.spyOn(local, 'remove').mockRejectedValueOnce(new Error('ended'));
    const first = await startWorker();
    await expect(first.moveOldKeys()).rejects.toThrow('ended');
    expect(await local.get()).toEqual(old);
    const next = await startWorker();
    expect(await next.readKey('groq', GROQ)).toBe(KEY);
    expect(await local.get()).toEqual({});
    remove.mockRestore();
  });

  it('do not come over what was changed since', async () => {
    const first = await startWorker();
    await first.saveKey('groq', 'newer', GROQ);
    await local.set(old);
    const next = await startWorker();
    expect(await next.readAllKeys()).toEqual({ groq: { key: 'newer', origin: GROQ } });
    expect(await local.get()).toEqual({});
  });

  it('do not come back after all were taken away', async () => {
    await local.set(old);
    const first = await startWorker();
    await first.forgetAllKeys();
    const next = await startWorker();
    expect(await next.readAllKeys()).toEqual({});
  });

  it('are tried again when they could not be moved', async () => {
    await local.set(old);
    const worker = await startWorker();
    vi.spyOn(worker.table, 'add').mockRejectedValueOnce(new Error('busy'));
    await expect(worker.readKey('groq', GROQ)).rejects.toThrow('busy');
    expect(await worker.readKey('groq', GROQ)).toBe(KEY);
  });
});
