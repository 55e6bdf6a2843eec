import { expect, it } from 'vitest';
import { hostPattern } from '../../lib/host-pattern';

it.each([
  ['https://ai-chats.org/chat/', 'https://ai-chats.org/*'],
  ['http://127.0.0.1:8080/x?y#z', 'http://127.0.0.1/*'],
  ['https://user:secret@Host.Example:8443', 'https://host.example/*'],
])('the pattern of %s names its scheme and host alone', (address, pattern) => {
  expect(hostPattern(address)).toBe(pattern);
});

it.each(['https://*/x.png', 'https://*.bank.example/x', 'ftp://x.org', 'data:,x', 'x.org', ''])(
  '%j has no pattern: it is no host of the web, or it would be every one',
  (address) => {
    expect(hostPattern(address)).toBeUndefined();
  },
);
