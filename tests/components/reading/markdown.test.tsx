import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { setUpPage, show } from '../../component';
import { NearObserver } from '../../near-observer';

setUpPage();
beforeEach(() => void vi.stubGlobal('IntersectionObserver', NearObserver));

function showText(text: string) {
  const shown = show(<Markdown text={text} />);
  return { ...shown, grow: (longer: string) => shown.rerender(<Markdown text={longer} />) };
}

describe('Markdown is shown', () => {
  it.each([
    ['# One', 'h2', 'One'],
    ['###### Six', 'h6', 'Six'],
    ['*em*', 'p > em', 'em'],
    ['**strong**', 'strong', 'strong'],
    ['~~gone~~', 'del', 'gone'],
    ['`a < b`', 'p > code', 'a < b'],
    ['> quote', 'blockquote > p', 'quote'],
    ['- one', 'ul > li', 'one'],
    ['7. seven', 'ol[start="7"] > li', 'seven'],
    ['- [x] done', 'li.task', 'done'],
    ['a  \nb', 'p > br', ''],
    ['a\n\n---\n\nb', 'hr', ''],
  ])('%j as %s', (text, selector, shown) => {
    const { container } = showText(text);
    expect(container.querySelector(selector)?.textContent).toBe(shown);
  });

  it('as a table, with a head', () => {
    showText('| a | b |\n| - | - |\n| 1 | **2** |\n');
    expect(screen.getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual([
      'a',
      'b',
    ]);
    expect(screen.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual(['1', '2']);
  });

  it('as a block of code that can be copied exactly', async () => {
    const { user, container } = showText('```js\nif (a < b) {\n\n  run("<b>");\n}\n```');
    const code = 'if (a < b) {\n\n  run("<b>");\n}';
    expect(container.querySelector('pre > code')?.textContent).toBe(code);
    expect(screen.getByRole('figure', { name: 'Code, JavaScript' })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Copy code' }));
    expect(await navigator.clipboard.readText()).toBe(code);
  });

  it('with settled elements kept while it grows', () => {
    const { container, grow } = showText('first\n\n- a\n\nthird\n\nfo');
    const [first, list] = container.querySelectorAll('.prose > *');
    grow('first\n\n- a\n\nthird\n\nfourth\n\nfifth');
    const after = container.querySelectorAll('.prose > *');
    expect(after).toHaveLength(5);
    expect(after[0]).toBe(first);
    expect(after[1]).toBe(list);
  });
});

describe('HTML of the model', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x">bold</b> b',
    '<iframe src="https://x.org"></iframe>',
    '<style>* { display: none }</style>',
    '<form action="https://x.org"><input></form>',
  ])('is text: %s', (text) => {
    const { container } = showText(text);
    expect(container.textContent).toBe(text);
    expect(container.querySelector('script, img, b, iframe, style, form, input')).toBeNull();
  });
});

describe('a link', () => {
  it('leads where it says, in a tab of its own', () => {
    showText('[the page](https://x.org/a?b#c "title")');
    const link = screen.getByRole('link', { name: 'the page' });
    expect(link.getAttribute('href')).toBe('https://x.org/a?b#c');
    expect(link.getAttribute('target')).toBe('_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.title).toBe('https://x.org/a?b#c');
    expect(link.dataset['host']).toBe('x.org');
  });

  it('shows where it goes though its text says another address', () => {
    showText('[https://bank.example](https://evil.example/)');
    const link = screen.getByRole('link');
    expect(link.dataset['host']).toBe('evil.example');
  });

  it.each(['https://x.org/', 'mailto:me@x.org'])('is made of a bare address: %s', (address) => {
    showText(`see <${address}>`);
    expect(screen.getByRole('link').getAttribute('href')).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x.org/1',
    'chrome://settings',
    '/options.html',
    '#top',
  ])('to %s is its text alone', (url) => {
    const { container } = showText(`[click me](${url})`);
    expect(container.querySelector('a')).toBeNull();
    expect(container.textContent).toBe('click me');
  });
});

describe('a picture in the text', () => {
  it.each(['data:image/png;base64,AAAA', 'javascript:alert(1)'])('of %s is its text', (url) => {
    const { container } = showText(`![a cat](${url})`);
    expect(container.querySelector('img, a')).toBeNull();
    expect(container.textContent).toBe('a cat');
  });

  it('by reference does not vanish', () => {
    const { container } = showText('![a cat][1]\n\n[1]: https://x.org/cat.png');
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('a cat');
  });
});

it('nested without end, it is still shown', () => {
  const { container } = showText(`${'> '.repeat(5000)}deep`);
  expect(container.textContent).toContain('deep');
});

it.each([
  ['a text of its own', '[the museum](https://museum.ge/tickets)', 'museum.ge'],
  ['an address', 'https://museum.ge/tickets', undefined],
  ['a text that says where it goes', '[museum.ge, tickets](https://museum.ge/tickets)', undefined],
])('a link with %s shows its host once', (_, text, host) => {
  const { container } = showText(text);
  expect(container.querySelector('a')?.dataset['host']).toBe(host);
});

it('a long bare address is there whole, its middle without room', () => {
  const address = `https://example.org/${'long/'.repeat(20)}page?x=1`;
  const { container } = showText(`See ${address} there.`);
  const link = screen.getByRole('link');
  expect(link.getAttribute('href')).toBe(address);
  expect(link.title).toBe(address);
  expect(link.textContent).toBe(address);
  expect(container.querySelector('a > .text-\\[0px\\]')?.textContent).toContain('long/long/');
});
