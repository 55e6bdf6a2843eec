import { describe, expect, it } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { setUpPage, show } from '../../component';

setUpPage();

const directions = (text: string, selector: string) =>
  [...show(<Markdown text={text} />).container.querySelectorAll(selector)].map((element) =>
    element.getAttribute('dir'),
  );

describe('the direction', () => {
  it.each([
    ['a paragraph', 'one', 'p', ['auto']],
    ['a paragraph without a letter', '- שלום\n\n  1\n\n  `two`', 'p', ['auto', null, null]],
    ['a heading', '# one', 'h2', ['auto']],
    ['a cell', '| a | ب |\n| - | - |\n| c | d |', 'th, td', ['auto', 'auto', 'auto', 'auto']],
    ['what is shown as it came', `${'> '.repeat(60)}deep`, '[data-plain]', ['auto']],
  ])('of %s is that of its own text', (_, text, selector, expected) => {
    expect(directions(text, selector)).toEqual(expected);
  });

  it.each([
    ['a list and of each item', '- واحد\n- two\n- `3`', 'ul, li', ['rtl', 'rtl', 'ltr', null]],
    ['a list with numbers', '1. שלום', 'ol, li', ['rtl', 'rtl']],
    ['a quote', '> مرحبا\n>\n> hello', 'blockquote', ['rtl']],
    ['a table', '| اسم | b |\n| - | - |\n| c | d |', 'table', ['rtl']],
    ['a list in a list', '- one\n  - שלום', 'ul, li', ['ltr', 'ltr', 'rtl', 'rtl']],
  ])('of %s is that of the first letter in it', (_, text, selector, expected) => {
    expect(directions(text, selector)).toEqual(expected);
  });

  it('of code is left to right, whatever is around it', () => {
    expect(directions('مرحبا `npm i`\n\n```\nب\n```', 'p > code, pre')).toEqual(['ltr', 'ltr']);
  });
});
