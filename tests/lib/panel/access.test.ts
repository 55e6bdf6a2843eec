import { beforeEach, expect, it } from 'vitest';
import { isGrantedAtInstall } from '@/lib/panel/access';
import { installExtension } from '../../fake-extension';

beforeEach(() => {
  installExtension();
});

it.each([
  ['https://ai-chats.org', true],
  ['https://gate.ai-chats.org/x', true],
  ['http://ai-chats.org', false],
  ['https://not-ai-chats.org', false],
  ['https://ai-chats.org.example', false],
  ['https://example', false],
  ['', false],
])('whether %j comes with the extension: %s', (address, expected) => {
  expect(isGrantedAtInstall(address)).toBe(expected);
});
