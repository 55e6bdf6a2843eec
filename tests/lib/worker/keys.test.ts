import 'fake-indexeddb/auto';
import { storage } from '@wxt-dev/storage';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { keyDatabase } from '@/lib/worker/database';
import { lockKeys } from '@/lib/worker/key-lock';
import {
  bindKey,
  describeKeys,
  forgetAllKeys,
  forgetKey,
  readAllKeys,
  readKey,
  readKeyLock,
  saveKey,
  setPassphrase,
  unlockKeys,
} from '@/lib/worker/keys';

beforeEach(async () => {
  fakeBrowser.reset();
  await keyDatabase.keyring.clear();
});

describe('a key', () => {
  it('is kept for its provider alone, until an empty one takes it away', async () => {
    await saveKey('openai', 'sk-aaaaaaaaaaaaaaaa');
    await saveKey('groq', 'gsk-bbbbbbbbbbbbbbbb');
    expect(await readKey('openai')).toBe('sk-aaaaaaaaaaaaaaaa');
    await saveKey('openai', '');
    expect(await readKey('openai')).toBe('');
    expect(await readKey('groq')).toBe('gsk-bbbbbbbbbbbbbbbb');
  });

  it('is described by its last four characters; a short one by none', async () => {
    await saveKey('openai', 'sk-0123456789wxyz');
    await saveKey('local', 'secret');
    expect(await describeKeys()).toEqual({
      openai: { tail: 'wxyz', origin: '' },
      local: { tail: '', origin: '' },
    });
  });

  it('is there for the origin that it was given for alone, until it is given to another', async () => {
    const [service, gateway] = ['https://api.openai.example', 'https://gateway.example'];
    await saveKey('openai', 'sk-1', service);
    expect(await readKey('openai', service)).toBe('sk-1');
    expect(await readKey('openai', gateway)).toBe('');
    expect(await readKey('openai')).toBe('');
    await bindKey('openai', gateway);
    expect(await readKey('openai', gateway)).toBe('sk-1');
    expect(await readKey('openai', service)).toBe('');
  });

  it('that is not there is bound to nothing', async () => {
    await bindKey('openai', 'https://gateway.example');
    expect(await describeKeys()).toEqual({});
  });

  it('is in nothing that the browser tells to pages', async () => {
    const told: unknown[] = [];
    fakeBrowser.storage.onChanged.addListener((changes) => void told.push(changes));
    await saveKey('openai', 'sk-0123456789wxyz', 'https://api.openai.example');
    await setPassphrase('correct horse');
    await setPassphrase('');
    await forgetKey('openai');
    expect(told).not.toEqual([]);
    expect(JSON.stringify(told)).not.toContain('sk-');
    const { keyLockChange, ...others } = await fakeBrowser.storage.local.get();
    expect(keyLockChange).toBeTypeOf('string');
    expect(others).toEqual({});
  });

  it('that is locked or unlocked is told by a word that unlocks nothing', async () => {
    await saveKey('openai', 'sk-0123456789wxyz');
    await setPassphrase('correct horse');
    const words: unknown[] = [];
    storage.watch('local:keyLockChange', (word) => void words.push(word));
    await lockKeys();
    await unlockKeys('correct horse');
    await setPassphrase('');
    expect(new Set(words).size).toBe(3);
    const { keyLockChange } = await fakeBrowser.storage.local.get();
    expect(keyLockChange).toBe(words.at(-1));
    // Pages that watched there would be sent all of it.
    expect(await fakeBrowser.storage.session.get()).not.toHaveProperty('keyLockChange');
  });

  it('is locked also where that cannot be told', async () => {
    await saveKey('openai', 'sk-0123456789wxyz');
    await setPassphrase('correct horse');
    const writes = vi
      .spyOn(fakeBrowser.storage.local, 'set')
      .mockRejectedValue(new Error('no disk'));
    await lockKeys();
    writes.mockRestore();
    expect(await readKeyLock()).toBe('locked');
  });

  it('comes back by no change that was under way when all were taken away', async () => {
    await Promise.all([saveKey('openai', 'sk-1'), forgetAllKeys(), saveKey('groq', 'gsk-1')]);
    expect(await readAllKeys()).toEqual({ groq: { key: 'gsk-1', origin: '' } });
  });
});

/** Everything that lies on disk, as text. */
const onDisk = async () =>
  JSON.stringify([await fakeBrowser.storage.local.get(), await keyDatabase.keyring.toArray()]);
/** What ends with the browser. */
const restartBrowser = () => fakeBrowser.storage.session.clear();

describe('a passphrase', () => {
  const key = 'sk-0123456789wxyz';

  async function lock() {
    await saveKey('openai', key);
    expect(await onDisk()).toContain(key);
    await setPassphrase('correct horse');
  }

  it('keeps the keys readable for this run of the browser, and from the disk', async () => {
    expect(await readKeyLock()).toBe('none');
    await lock();
    expect(await readKeyLock()).toBe('unlocked');
    expect(await readKey('openai')).toBe(key);
    expect(await onDisk()).not.toContain(key);
    expect(await onDisk()).not.toContain('correct horse');
  });

  it('locks them for the next run, but for what pages may know', async () => {
    await lock();
    await restartBrowser();
    expect(await readKeyLock()).toBe('locked');
    await expect(readKey('openai')).rejects.toMatchObject({ data: { kind: 'key-locked' } });
    await expect(saveKey('groq', 'gsk-1')).rejects.toMatchObject({ data: { kind: 'key-locked' } });
    await expect(setPassphrase('')).rejects.toMatchObject({ data: { kind: 'key-locked' } });
    expect(await readKey('groq')).toBe('');
    expect(await describeKeys()).toEqual({ openai: { tail: 'wxyz', origin: '' } });
  });

  it('is not needed to take a key away, or to let it go to another origin', async () => {
    await saveKey('groq', 'gsk-bbbbbbbbbbbbbbbb');
    await lock();
    await restartBrowser();
    await forgetKey('openai');
    await bindKey('groq', 'https://gateway.example');
    await unlockKeys('correct horse');
    expect(await readAllKeys()).toEqual({
      groq: { key: 'gsk-bbbbbbbbbbbbbbbb', origin: 'https://gateway.example' },
    });
  });

  it('that is changed by a worker that ends midway is still the old one', async () => {
    await lock();
    const [before] = await keyDatabase.keyring.toArray();
    await setPassphrase('another');
    if (before) await keyDatabase.keyring.put(before);
    expect(await readKeyLock()).toBe('locked');
    await expect(readKey('openai')).rejects.toMatchObject({ data: { kind: 'key-locked' } });
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKey('openai')).toBe(key);
  });

  it('that cannot be kept leaves the keys open under the old one', async () => {
    await lock();
    vi.spyOn(keyDatabase.keyring, 'put').mockRejectedValueOnce(new Error('no disk'));
    await expect(setPassphrase('another')).rejects.toThrow('no disk');
    expect(await readKeyLock()).toBe('unlocked');
    expect(await readKey('openai')).toBe(key);
  });

  it('unlocks them again, a wrong one does not', async () => {
    await lock();
    await restartBrowser();
    expect(await unlockKeys('wrong horse')).toBe(false);
    expect(await readKeyLock()).toBe('locked');
    expect(await unlockKeys('correct horse')).toBe(true);
    expect(await readKey('openai')).toBe(key);
    await saveKey('groq', 'gsk-bbbbbbbbbbbbbbbb');
    await lockKeys();
    await unlockKeys('correct horse');
    expect(await readKey('groq')).toBe('gsk-bbbbbbbbbbbbbbbb');
  });

  it('can be changed and taken away', async () => {
    await lock();
    await setPassphrase('another');
    await restartBrowser();
    expect(await unlockKeys('correct horse')).toBe(false);
    expect(await unlockKeys('another')).toBe(true);
    await setPassphrase('');
    await restartBrowser();
    expect(await readKeyLock()).toBe('none');
    expect(await readKey('openai')).toBe(key);
  });
});
