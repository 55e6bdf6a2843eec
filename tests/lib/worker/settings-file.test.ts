import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import * as settings from '@/lib/settings';
import { keyDatabase } from '@/lib/worker/database';
import { lockKeys } from '@/lib/worker/key-lock';
import { readAllKeys, readKey, readKeyLock, setPassphrase } from '@/lib/worker/keys';
import { modelLists } from '@/lib/worker/model-lists';
import { saveAddress, saveKeyFor } from '@/lib/worker/provider-address';
import { readProxyLogin, saveProxy } from '@/lib/worker/proxy-login';
import { exportSettings, importSettings, resetSettings } from '@/lib/worker/settings-file';

const KEY = 'gsk_0123456789abcdef';
const PASSWORD = 'behind-the-wall';
const painter = { provider: 'openai', model: 'painter' };
const reading = { textSize: 'large', density: 'compact', width: 'full' } as const;

beforeEach(async () => {
  fakeBrowser.reset();
  await keyDatabase.keyring.clear();
  await settings.language.setValue('ru');
  await settings.reading.setValue(reading);
  await settings.modelTitles.setValue(true);
  await settings.activeProviders.setValue(['ai-chats', 'groq']);
  await settings.defaultModel.setValue({ provider: 'groq', model: 'llama' });
  await settings.defaultModels.setValue({ chat: null, image: painter, popup: null });
  await settings.favouriteModels.setValue([painter]);
  await settings.imageOptions.setValue({ 'openai\npainter': { size: '1024x1024', count: 2 } });
  await settings.systemPrompt.setValue('Answer briefly.');
  await settings.typedModels.setValue({ groq: ['a/b:c 🙂'], openai: ['deployment-7'] });
  await saveAddress('groq', 'https://gateway.example/v1', true);
  await saveKeyFor('groq', KEY);
  await saveProxy('groq', 'http://proxy.example:3128', { user: 'me', password: PASSWORD });
});

const take = (text: string, how: { passphrase?: string; skipsKeys?: boolean } = {}) =>
  importSettings({ text, passphrase: '', skipsKeys: false, ...how });

/** The settings and keys that are in force. */
async function inForce() {
  return {
    language: await settings.language.getValue(),
    reading: await settings.reading.getValue(),
    modelTitles: await settings.modelTitles.getValue(),
    active: await settings.activeProviders.getValue(),
    model: await settings.defaultModel.getValue(),
    models: await settings.defaultModels.getValue(),
    favourites: await settings.favouriteModels.getValue(),
    images: await settings.imageOptions.getValue(),
    system: await settings.systemPrompt.getValue(),
    typed: await settings.typedModels.getValue(),
    addresses: (await settings.providerSettings.getValue())['groq'],
    keys: await readAllKeys(),
    proxies: await settings.providerProxies.getValue(),
  };
}

/** The file with one field changed. */
async function changed(changes: Record<string, unknown>): Promise<string> {
  return JSON.stringify({ ...JSON.parse(await exportSettings('')), ...changes });
}

describe('a file of settings', () => {
  it('brings them all back, but for keys', async () => {
    const before = await inForce();
    const text = await exportSettings('');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(PASSWORD);
    expect(JSON.parse(text)).not.toHaveProperty('keys');
    await resetSettings();
    expect(await inForce()).not.toEqual(before);
    expect(await take(text)).toBe('imported');
    expect(await inForce()).toEqual({ ...before, keys: {} });
  });

  it('has the keys under its passphrase, unreadable', async () => {
    const before = await inForce();
    const text = await exportSettings('open sesame');
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(btoa(KEY));
    expect(text).not.toContain(PASSWORD);
    await resetSettings();
    const empty = await inForce();
    expect(await take(text)).toBe('passphrase');
    expect(await take(text, { passphrase: 'wrong' })).toBe('passphrase');
    expect(await inForce()).toEqual(empty);
    expect(await take(text, { passphrase: 'open sesame' })).toBe('imported');
    expect(await inForce()).toEqual(before);
  });

  it('can be taken without its keys', async () => {
    const text = await exportSettings('open sesame');
    await resetSettings();
    expect(await take(text, { skipsKeys: true })).toBe('imported');
    expect(await readAllKeys()).toEqual({});
    expect(await settings.language.getValue()).toBe('ru');
  });

  it('cannot send a key that is here to a server that it names', async () => {
    const text = await changed({ addresses: { groq: 'https://thief.example/v1' } });
    expect(await take(text)).toBe('imported');
    expect((await settings.providerSettings.getValue())['groq']).toEqual({
      address: 'https://thief.example/v1',
    });
    expect(await readAllKeys()).not.toHaveProperty('groq');
  });

  it('that was tampered with sends no key and no password of its own to another server', async () => {
    const text = await exportSettings('open sesame');
    await resetSettings();
    const tampered = text
      .replace('gateway.example', 'thief.example')
      .replace('proxy.example', 'thief.example');
    expect(await take(tampered, { passphrase: 'open sesame' })).toBe('imported');
    expect(await readKey('groq', 'https://thief.example')).toBe('');
    expect(await readKey('groq', 'https://gateway.example')).toBe(KEY);
    expect((await settings.providerProxies.getValue())['groq']).toContain('thief.example');
    expect(await readProxyLogin('groq')).toBeNull();
  });

  it('leaves no moment without a proxy where there is one before and after', async () => {
    const seen: number[] = [];
    settings.providerProxies.watch((proxies) => seen.push(Object.keys(proxies).length));
    const proxies = { xai: 'http://other.example:3128' };
    expect(await take(await changed({ proxies }))).toBe('imported');
    expect(await settings.providerProxies.getValue()).toEqual(proxies);
    expect(seen).not.toContain(0);
    expect(seen).not.toEqual([]);
  });

  it('cannot send a password that is here to a proxy that it names', async () => {
    const text = await changed({ proxies: { groq: 'http://thief.example:3128' } });
    expect(await take(text)).toBe('imported');
    expect(await settings.providerProxies.getValue()).toEqual({
      groq: 'http://thief.example:3128',
    });
    expect(await readProxyLogin('groq')).toBeNull();
  });

  it('of before there were proxies has none', async () => {
    const { proxies: _, ...older } = JSON.parse(await exportSettings(''));
    expect(await take(JSON.stringify(older))).toBe('imported');
    expect(await settings.providerProxies.getValue()).toEqual({});
  });

  it('of before names of models could be typed has none', async () => {
    const { typedModels: _, ...older } = JSON.parse(await exportSettings(''));
    expect(await take(JSON.stringify(older))).toBe('imported');
    expect(await settings.typedModels.getValue()).toEqual({});
  });

  it('brings names of models clean, and of providers that there are', async () => {
    const typedModels = { groq: [' "a" ', '', 'b\u202E'], gone: ['c'] };
    expect(await take(await changed({ typedModels }))).toBe('imported');
    expect(await settings.typedModels.getValue()).toEqual({ groq: ['a', 'b'] });
  });

  it('leaves a key whose server stays', async () => {
    expect(await take(await exportSettings(''))).toBe('imported');
    expect(await readKey('groq', 'https://gateway.example')).toBe(KEY);
  });

  it('brings no keys while those that are here are locked', async () => {
    const text = await exportSettings('open sesame');
    await setPassphrase('other');
    await lockKeys();
    expect(await take(text, { passphrase: 'open sesame' })).toBe('key-locked');
    expect(await take(text, { skipsKeys: true })).toBe('imported');
  });

  it('with keys is not written while they are locked', async () => {
    await setPassphrase('other');
    await lockKeys();
    await expect(exportSettings('open sesame')).rejects.toThrow('key-locked');
    expect(JSON.parse(await exportSettings(''))).toMatchObject({ language: 'ru' });
  });

  it('leaves out providers that are not known', async () => {
    const text = await changed({
      activeProviders: ['groq', 'gone', 7],
      addresses: { gone: 'https://gone.example', constructor: 'https://x.example' },
    });
    expect(await take(text)).toBe('imported');
    expect(await settings.activeProviders.getValue()).toEqual(['groq']);
    expect(Object.keys(await settings.providerSettings.getValue())).not.toContain('gone');
  });

  it.each([
    ['no JSON', '{', 'damaged'],
    ['nothing', 'null', 'damaged'],
    ['something else', '{"format":"aside-backup"}', 'unknown-format'],
  ])('that is %s changes nothing', async (_, text, outcome) => {
    const before = await inForce();
    expect(await take(text)).toBe(outcome);
    expect(await inForce()).toEqual(before);
  });

  it.each([
    [{ version: 2 }, 'unknown-format'],
    [{ language: 'xx' }, 'damaged'],
    [{ reading: null }, 'damaged'],
    [{ reading: { ...reading, textSize: 'huge' } }, 'damaged'],
    [{ modelTitles: 'yes' }, 'damaged'],
    [{ activeProviders: 'groq' }, 'damaged'],
    [{ addresses: [] }, 'damaged'],
    [{ addresses: { groq: 'javascript:alert(1)' } }, 'damaged'],
    [{ addresses: { groq: 1 } }, 'damaged'],
    [{ typedModels: ['a'] }, 'damaged'],
    [{ typedModels: { groq: 'a' } }, 'damaged'],
    [{ typedModels: { groq: [7] } }, 'damaged'],
    [{ defaultModel: { provider: 'groq' } }, 'damaged'],
    [{ keys: 'not base64!' }, 'damaged'],
    [{ keys: btoa('ASIDEENC') }, 'damaged'],
  ])('with %j changes nothing', async (changes, outcome) => {
    const before = await inForce();
    expect(await take(await changed(changes), { passphrase: 'x' })).toBe(outcome);
    expect(await inForce()).toEqual(before);
  });
});

describe('the reset', () => {
  it('puts every setting back, and takes the keys away with their passphrase', async () => {
    await modelLists.setValue({ groq: { models: [], at: 1, address: '' } });
    await setPassphrase('other');
    await lockKeys();
    await resetSettings();
    for (const item of Object.values(settings)) {
      expect(await item.getValue()).toEqual(item.fallback);
    }
    expect(await modelLists.getValue()).toEqual({});
    expect(await readKeyLock()).toBe('none');
    expect(await readAllKeys()).toEqual({});
  });

  it('leaves what was counted', async () => {
    const counted = { '2026-11': { groq: { replies: 1, input: 2, output: 3 } } };
    await settings.monthlyUse.setValue(counted);
    await resetSettings();
    expect(await settings.monthlyUse.getValue()).toEqual(counted);
  });
});
