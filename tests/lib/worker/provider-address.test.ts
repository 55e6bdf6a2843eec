import { beforeEach, expect, it } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { providerSettings } from '@/lib/settings';
import { lockKeys, readKey, saveKey, setPassphrase, unlockKeys } from '@/lib/worker/keys';
import { saveAddress } from '@/lib/worker/provider-address';

beforeEach(async () => {
  fakeBrowser.reset();
  await saveKey('groq', 'gsk_0123456789');
  await saveKey('mistral', 'other');
});

it.each([
  ['https://gateway.example/v1/', { address: 'https://gateway.example/v1' }],
  ['gateway.example', { address: 'https://gateway.example' }],
  ['https://api.groq.com/openai/v1', {}],
  ['', {}],
])('%j is kept as %j', async (typed, saved) => {
  await providerSettings.setValue({ groq: { address: 'https://before.example' } });
  await saveAddress('groq', typed, false);
  expect(await providerSettings.getValue()).toEqual({ groq: saved });
});

it.each(['javascript:alert(1)', 'https://*', 'https://a:b@gateway.example'])(
  '%j is refused, and everything stays',
  async (typed) => {
    await expect(saveAddress('groq', typed, false)).rejects.toThrow(/scheme|star|credentials/u);
    expect(await providerSettings.getValue()).toEqual({});
    expect(await readKey('groq')).toBe('gsk_0123456789');
  },
);

it('on another origin the key goes, and no other one', async () => {
  await saveAddress('groq', 'https://gateway.example/openai/v1', false);
  expect(await readKey('groq')).toBe('');
  expect(await readKey('mistral')).toBe('other');
});

it('on another origin the key stays when the person wants it sent there', async () => {
  await saveAddress('groq', 'https://gateway.example/openai/v1', true);
  expect(await readKey('groq')).toBe('gsk_0123456789');
});

it('the way back to the usual address takes the key along to nobody', async () => {
  await saveAddress('groq', 'https://gateway.example/v1', true);
  await saveAddress('groq', '', false);
  expect(await readKey('groq')).toBe('');
});

it('another path of the same origin leaves the key', async () => {
  await saveAddress('groq', 'https://api.groq.com/v2', false);
  expect(await readKey('groq')).toBe('gsk_0123456789');
});

it('a locked key goes too, and does not come back with the passphrase', async () => {
  await setPassphrase('open sesame');
  await lockKeys();
  await saveAddress('groq', 'https://gateway.example/v1', false);
  await unlockKeys('open sesame');
  expect(await readKey('groq')).toBe('');
  expect(await readKey('mistral')).toBe('other');
  await saveKey('xai', 'third');
  expect(await readKey('groq')).toBe('');
});
