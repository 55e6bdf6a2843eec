/** What the built pages and the manifest forbid: nothing of a page reaches the network by itself. */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCRIPT_LIMITS } from '../bench/figures.ts';
import { builtExtension } from './chromium.ts';

const dir = builtExtension();
const pages = globSync('*.html', { cwd: dir }).toSorted();
const read = (name: string) => readFileSync(join(dir, name), 'utf8');

it('there are three pages', () => {
  expect(pages).toEqual(['options.html', 'popup.html', 'sidepanel.html']);
});

it.each(pages)('%s forbids itself the network before anything else of it runs', (name) => {
  const html = read(name);
  const policy = html.indexOf(
    `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'" />`,
  );
  expect(policy).toBeGreaterThan(0);
  expect(policy).toBeLessThan(html.search(/<script|<link/u));
});

it.each(pages)('%s names nothing outside of the extension', (name) => {
  const html = read(name);
  expect(html).not.toMatch(/\b(?:https?:)?\/\/[a-z\d]/iu);
  expect(html).not.toMatch(/rel="(?:prefetch|preconnect|dns-prefetch|prerender|preload)"/u);
});

it('the ordinary build may do nothing about proxies', () => {
  const { permissions, optional_permissions: optional = [] } = JSON.parse(read('manifest.json'));
  expect([...permissions, ...optional].join()).not.toMatch(/proxy|webRequest/iu);
});

it('the manifest lets nothing in but the extension’s own, and pictures as data', () => {
  const { content_security_policy: policies } = JSON.parse(read('manifest.json'));
  const rules = Object.fromEntries(
    String(policies.extension_pages)
      .split('; ')
      .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
  );
  expect(rules).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    // For the worker's fetches alone: the pages' own rule comes on top.
    'connect-src': "'self' https: http:",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
});

it('the worker’s script, which each start of the worker reads, keeps to its limit', () => {
  expect(statSync(join(dir, 'background.js')).size / 1000).toBeLessThanOrEqual(
    SCRIPT_LIMITS.worker,
  );
});
