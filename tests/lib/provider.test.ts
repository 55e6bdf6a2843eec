import { expect, it } from 'vitest';
import { settingsOf } from '@/lib/provider';
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
