import { expect, it } from 'vitest';
import { hostOf, isWebAddress } from '@/lib/panel/source-line';

it.each([
  ['https://en.wikipedia.org/wiki/Fox', true, 'en.wikipedia.org'],
  ['http://localhost:8080/', true, 'localhost:8080'],
  ['javascript:alert(1)', false, 'javascript:alert(1)'],
  ['data:text/html,hi', false, 'data:text/html,hi'],
  ['file:///etc/passwd', false, 'file:///etc/passwd'],
  ['no address', false, 'no address'],
])('%s: of the web %s, host %s', (url, isWeb, host) => {
  expect(isWebAddress(url)).toBe(isWeb);
  expect(hostOf(url)).toBe(host);
});
