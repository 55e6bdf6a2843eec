import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import { toErrorData } from '@/lib/errors';
import { providerSettings } from '@/lib/settings';
import { keyDatabase } from '@/lib/worker/database';
import { lockKeys } from '@/lib/worker/key-lock';
import { setPassphrase, unlockKeys } from '@/lib/worker/keys';
import { contextFor, findProvider, listProviders } from '@/lib/worker/models';
import { saveAddress, saveKeyFor } from '@/lib/worker/provider-address';
import { installExtension } from '../../fake-extension';

const KEY = 'gsk_0123456789wxyz';

beforeEach(async () => {
  installExtension();
  await keyDatabase.keyring.clear();
  await saveKeyFor('groq', KEY);
  await saveKeyFor('mistral', 'other');
});

/** The key that a request would carry, else why there would be none. */
function keyOf(id: string): Promise<string> {
  return contextFor(findProvider(id)).then(
    ({ key }) => key,
    (error: unknown) => toErrorData(error).kind,
  );
}

/** What pages are told of the key. */
async function toldOf(id: string) {
  return (await listProviders()).find((provider) => provider.id === id)?.key;
}

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
    expect(await keyOf('groq')).toBe(KEY);
  },
);

describe('on another origin', () => {
  it('the key goes, and no other one', async () => {
    await saveAddress('groq', 'https://gateway.example/openai/v1', false);
    expect(await keyOf('groq')).toBe('no-key');
    expect(await toldOf('groq')).toBeNull();
    expect(await keyOf('mistral')).toBe('other');
    await saveAddress('groq', '', false);
    expect(await keyOf('groq')).toBe('no-key');
  });

  it('the key stays when the person wants it sent there, and goes on the way back', async () => {
    await saveAddress('groq', 'https://gateway.example/openai/v1', true);
    expect(await keyOf('groq')).toBe(KEY);
    expect(await toldOf('groq')).toEqual({ tail: 'wxyz' });
    await saveAddress('groq', '', false);
    expect(await keyOf('groq')).toBe('no-key');
  });

  it.each([
    ['port', 'https://api.groq.com:8443/openai/v1'],
    ['scheme', 'http://api.groq.com/openai/v1'],
  ])('that differs in the %s alone, the key goes', async (_, address) => {
    await saveAddress('groq', address, false);
    expect(await keyOf('groq')).toBe('no-key');
  });

  it('that came by no word of the person, the key is neither sent nor told of', async () => {
    await providerSettings.setValue({ groq: { address: 'https://thief.example' } });
    expect(await keyOf('groq')).toBe('no-key');
    expect(await toldOf('groq')).toBeNull();
    await providerSettings.setValue({});
    expect(await keyOf('groq')).toBe(KEY);
  });

  it('a locked key goes too, and does not come back with the passphrase', async () => {
    await setPassphrase('open sesame');
    await lockKeys();
    await saveAddress('groq', 'https://gateway.example/v1', false);
    await unlockKeys('open sesame');
    expect(await keyOf('groq')).toBe('no-key');
    expect(await keyOf('mistral')).toBe('other');
    await saveKeyFor('xai', 'third');
    await saveAddress('groq', '', false);
    expect(await keyOf('groq')).toBe('no-key');
  });
});

describe('at the same time', () => {
  it('two addresses are both kept', async () => {
    const [one, other] = ['https://one.example/v1', 'https://other.example/v1'];
    await Promise.all([saveAddress('groq', one, false), saveAddress('mistral', other, false)]);
    expect(await providerSettings.getValue()).toEqual({
      groq: { address: one },
      mistral: { address: other },
    });
  });

  it('a key that comes right after its new address is for that one', async () => {
    const address = 'https://gateway.example/v1';
    await Promise.all([saveAddress('groq', address, false), saveKeyFor('groq', 'for-the-gateway')]);
    expect(await keyOf('groq')).toBe('for-the-gateway');
    await providerSettings.setValue({});
    expect(await keyOf('groq')).toBe('no-key');
  });

  it('a key that comes right before an address of another origin goes with it', async () => {
    const address = 'https://gateway.example/v1';
    await Promise.all([saveKeyFor('groq', 'for-groq'), saveAddress('groq', address, false)]);
    expect(await keyOf('groq')).toBe('no-key');
    await providerSettings.setValue({});
    expect(await keyOf('groq')).toBe('no-key');
  });

  it('what is refused holds up nothing', async () => {
    const refused = saveKeyFor('groq', '""');
    await Promise.all([
      expect(refused).rejects.toThrow('no key'),
      saveAddress('groq', 'https://api.groq.com/v2', false),
    ]);
    expect(await providerSettings.getValue()).toEqual({
      groq: { address: 'https://api.groq.com/v2' },
    });
  });
});

it('a text that has no key in it leaves the one that is kept', async () => {
  await expect(saveKeyFor('groq', ' "” ')).rejects.toThrow('no key');
  expect(await keyOf('groq')).toBe(KEY);
});

it.each([
  ['groq', ' "gsk 01" ', 'gsk01'],
  ['automatic1111', ' me:correct horse\n', 'me:correct horse'],
])('of a key for %s typed as %j is kept %j', async (id, typed, key) => {
  await saveKeyFor(id, typed);
  expect(await keyOf(id)).toBe(key);
});

it('another path of the same origin leaves the key', async () => {
  await saveAddress('groq', 'https://api.groq.com/v2', false);
  expect(await keyOf('groq')).toBe(KEY);
});

describe('a provider that has no address of its own', () => {
  const id = 'openai-compatible';

  it('sends a key that was there first to the address that comes', async () => {
    await saveKeyFor(id, KEY);
    await saveAddress(id, 'https://gateway.example/v1', false);
    expect(await keyOf(id)).toBe(KEY);
  });

  it('keeps its key for the server while its address is away', async () => {
    await saveAddress(id, 'https://gateway.example/v1', false);
    await saveKeyFor(id, KEY);
    await saveAddress(id, '', false);
    expect(await toldOf(id)).toBeNull();
    await saveAddress(id, 'https://gateway.example/v2', false);
    expect(await keyOf(id)).toBe(KEY);
    await saveAddress(id, '', false);
    await saveAddress(id, 'https://other.example/v1', false);
    expect(await keyOf(id)).toBe('');
  });
});
