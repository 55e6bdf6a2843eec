import { describe, expect, it } from 'vitest';
import { isSetUp, homePageOf, typedAddress } from '@/lib/panel/provider-settings';
import { keyProvider, providerInfo } from '../../samples';

const needed = keyProvider().fields;
const optional = needed.map((field) => ({ ...field, isOptional: field.id === 'key' }));

describe('a provider is set up', () => {
  it.each([
    ['with its address and its key', { key: { tail: '' } }, true],
    ['not without a key that it needs', { key: null }, false],
    ['without a key that it does not need', { key: null, fields: optional }, true],
    ['not without an address', { key: { tail: '' }, address: '' }, false],
    ['with nothing where it has no fields', { fields: [], address: '' }, true],
  ])('%s', (_, changes, expected) => {
    expect(isSetUp(keyProvider(changes))).toBe(expected);
  });
});

describe('what is typed', () => {
  it.each([
    ['', { address: 'https://ai-chats.org' }],
    ['https://gateway.example', { address: 'https://gateway.example' }],
    ['https://gateway.example/chat', { problem: 'path' }],
    ['nonsense in words', { problem: 'invalid' }],
  ])('%j for a website is %j', (text, expected) => {
    expect(typedAddress(providerInfo(), text)).toEqual(expected);
  });

  it('may have a path for others', () => {
    expect(typedAddress(keyProvider(), 'https://gateway.example/v1')).toEqual({
      address: 'https://gateway.example/v1',
    });
  });
});

it.each([
  [{ homePage: '/chat/', address: 'https://ai-chats.org' }, 'https://ai-chats.org/chat/'],
  [{ homePage: 'https://keys.example/', address: '' }, 'https://keys.example/'],
  [{ homePage: 'https://keys.example/', address: 'http://localhost:1' }, 'https://keys.example/'],
  [{ homePage: '', address: 'https://gateway.example/v1' }, 'https://gateway.example/v1'],
])('the home page of %j is %s', (changes, expected) => {
  expect(homePageOf(keyProvider(changes))).toBe(expected);
});
