import { describe, expect, it } from 'vitest';
import { kinds } from '@/lib/panel/highlight/kinds';
import { read } from '../../../source-files';

const css = read('components/reading/code-colours.css');
const theme = read('components/theme.css');
const designs = [
  ['light', ''],
  ['dark', '@media (prefers-color-scheme: dark)'],
] as const;

/** The first colour of this name behind a piece of the file. */
function colour(file: string, behind: string, name: string): string {
  const design = file.slice(file.indexOf(behind));
  return new RegExp(`--${name}: (#[0-9a-f]{6});`, 'u').exec(design)?.[1] ?? '';
}

/** By https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(designs)('in the %s design', (_, start) => {
  it.each(kinds.filter((kind) => kind !== 'plain'))('a %s can be read on its ground', (kind) => {
    const word = colour(css, start, `code-${kind}`);
    expect(contrast(word, colour(theme, start, 'code'))).toBeGreaterThan(4.5);
    expect(css).toContain(`.code-${kind} {\n  color: var(--code-${kind});`);
  });
});
