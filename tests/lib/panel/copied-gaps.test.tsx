/** What is copied of messages that do not stand in the document. */
import { expect, it } from 'vitest';
import { copiedRange } from '@/lib/panel/copy-selection';
import { setUpPage } from '../../component';

setUpPage();

function messages() {
  const list = document.createElement('div');
  list.innerHTML =
    '<div data-message-text>one two</div><div data-gap="g"></div><div data-message-text>three four</div>';
  const [first = list, gap = list, last = list] = list.children;
  return { first, gap, last };
}

function between(): HTMLElement {
  const drawn = document.createElement('div');
  drawn.innerHTML = '<div data-message-text><p>in between</p></div>';
  return drawn;
}

function copiedFrom(start: Node, at: number, end: Node, to: number): string | undefined {
  const range = document.createRange();
  range.setStart(start, at);
  range.setEnd(end, to);
  return copiedRange(range, between)?.text;
}

it('what a gap between stands for is copied', () => {
  const { first, last } = messages();
  expect(copiedFrom(first.childNodes[0] ?? first, 4, last.childNodes[0] ?? last, 5)).toBe(
    'two\n\nin between\n\nthree',
  );
});

it('a mark that ends or begins at the edge of a gap has nothing of it', () => {
  const { first, gap, last } = messages();
  expect(copiedFrom(first.childNodes[0] ?? first, 4, gap, 0)).toBe('two');
  expect(copiedFrom(gap, 0, last.childNodes[0] ?? last, 5)).toBe('three');
});
