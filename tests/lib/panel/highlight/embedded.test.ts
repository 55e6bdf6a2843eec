import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { withoutUnused } from '@/lib/panel/highlight/embedded';

const require = createRequire(import.meta.url);

/** What a module of the package brings along, in a bundle. */
function importsOf(name: string): string[] {
  const code = withoutUnused(name, readFileSync(require.resolve(`@shikijs/langs/${name}`), 'utf8'));
  const imports = [...code.matchAll(/^import (\w+) from '\.\/([\w-]+)\.mjs'/gmu)];
  const spread = [...code.matchAll(/^\.\.\.(\w+),$/gmu)].map(([, variable]) => variable);
  expect(spread).toEqual(imports.map(([, variable]) => variable));
  return imports.map(([, , file]) => file ?? '');
}

describe('the bundle of a grammar', () => {
  it.each([
    ['ruby', []],
    ['cpp', []],
    ['xml', []],
    ['graphql', []],
    ['typescript', []],
    ['php', ['sql']],
    ['html', ['javascript', 'css']],
    ['scss', ['css']],
  ])('of %s brings along %j', (name, files) => {
    expect(importsOf(name)).toEqual(files);
  });
});
