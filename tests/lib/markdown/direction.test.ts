import type { RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { directionOf } from '@/lib/markdown/direction';
import { parseMarkdown } from '@/lib/markdown/parse';

const firstBlock = (text: string): RootContent =>
  parseMarkdown(text).blocks[0]?.node ?? { type: 'text', value: '' };

describe('the direction of a block', () => {
  it.each([
    ['- one\n- two', 'ltr'],
    ['- مرحبا\n- two', 'rtl'],
    ['> שלום עולם', 'rtl'],
    ['1. (3) **ܫܠܡܐ**', 'rtl'],
    ['- `npm install` ثبّت', 'rtl'],
    ['- 日本語', 'ltr'],
    ['- Привет', 'ltr'],
    ['- «שלום»', 'rtl'],
    ['- 12 + 34', undefined],
    ['- `npm install`', undefined],
  ])('%j is %s', (text, direction) => {
    expect(directionOf(firstBlock(text))).toBe(direction);
  });
});
