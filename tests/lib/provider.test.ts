import { expect, it } from 'vitest';
import { kindAt, settingsOf } from '@/lib/provider';
import { providerInfo } from '../samples';

const description = providerInfo();

it.each([
  ['nothing saved', undefined, 'https://ai-chats.org'],
  ['an empty address', { address: '' }, 'https://ai-chats.org'],
  ['an address', { address: 'http://127.0.0.1:8080' }, 'http://127.0.0.1:8080'],
  ['a field that there is no more', { colour: 'red' }, 'https://ai-chats.org'],
])('with %s the settings are whole', (_, saved, address) => {
  expect(settingsOf(description, saved)).toEqual({ address });
});

it.each([
  ['key', 'https://api.example.com/v1', 'key'],
  ['key', 'http://localhost:8000/v1', 'local'],
  ['key', 'http://192.168.1.5:8000/v1', 'local'],
  ['key', 'https://models.corp/v1', 'local'],
  ['key', 'http://[::1]:8000', 'local'],
  ['key', '', 'key'],
  ['local', 'https://gpu.example.com/v1', 'local'],
  ['free', 'http://localhost:8000', 'free'],
  ['browser', undefined, 'browser'],
] as const)('"%s" at "%s" is waited for as "%s"', (kind, address, expected) => {
  expect(kindAt({ kind }, address)).toBe(expected);
});
