import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import {
  cleanKey,
  describeKeys,
  lockKeys,
  readKey,
  readKeyLock,
  saveKey,
  setPassphrase,
  unlockKeys,
} from '@/lib/worker/keys';

beforeEach(() => fakeBrowser.reset());

describe('a key', () => {
  it('is kept for its provider alone, until an empty one takes it away', async () => {
    await saveKey('openai', 'sk-aaaaaaaaaaaaaaaa');
    await saveKey('groq', 'gsk-bbbbbbbbbbbbbbbb');
    expect(await readKey('openai')).toBe('sk-aaaaaaaaaaaaaaaa');
    await saveKey('openai', ' ');
    expect(await readKey('openai')).toBe('');
    expect(await readKey('groq')).toBe('gsk-bbbbbbbbbbbbbbbb');
  });

  it('is described by its last four characters; a short one by none', async () => {
    await saveKey('openai', 'sk-0123456789wxyz');
    await saveKey('local', 'secret');
    expect(await describeKeys()).toEqual({ openai: { tail: 'wxyz' }, local: { tail: '' } });
  });

  it.each([
    ['sk-1', 'sk-1'],
    ['  sk-1\n', 'sk-1'],
    ['"sk-1"', 'sk-1'],
    ['“sk-1”', 'sk-1'],
    ['Bearer sk-1', 'sk-1'],
    ['Authorization: Bearer sk-1', 'sk-1'],
    ['sk-\n1 2', 'sk-12'],
    ['\u200Bsk-1\uFEFF', 'sk-1'],
    ['""', ''],
  ])('typed as %j is %j', (typed, key) => {
    expect(cleanKey(typed)).toBe(key);
  });
});

/** Everything that lies on disk, as text. */
const onDisk = async () => JSON.stringify(await fakeBrowser.storage.local.get());
/** What ends with the browser. */
const restartBrowser = () => fakeBrowser.storage.session.clear();

describe('a passphrase', () => {
  const key = 'sk-0123456789wxyz';

  async function lock() {
    await saveKey('openai', key);
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
    expect(await describeKeys()).toEqual({ openai: { tail: 'wxyz' } });
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
