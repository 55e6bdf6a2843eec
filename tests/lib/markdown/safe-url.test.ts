import { describe, expect, it } from 'vitest';
import { safeUrl } from '@/lib/markdown/safe-url';

describe('the address of a link', () => {
  it.each([
    ['https://x.org/a?b#c', 'https://x.org/a?b#c'],
    ['http://x.org', 'http://x.org/'],
    ['HTTPS://X.org', 'https://x.org/'],
    ['mailto:me@x.org', 'mailto:me@x.org'],
  ])('may be %s', (url, href) => {
    expect(safeUrl(url)?.href).toBe(href);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x.org/1',
    'chrome://settings',
    'chrome-extension://x/options.html',
    '/relative',
    '//x.org',
    '#anchor',
    'no address',
    'https://',
    '',
  ])('may not be %j', (url) => {
    expect(safeUrl(url)).toBeUndefined();
  });
});
