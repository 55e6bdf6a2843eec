/** Formulas, notes, tasks, details, tables and tags in what a model wrote. */
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Markdown } from '@/components/reading/markdown';
import { shownTextOf } from '@/lib/panel/find-in-messages';
import { textPlaces } from '@/lib/panel/text-places';
import { setUpPage, show } from '../../component';
import { NearObserver } from '../../near-observer';
import { reply } from '../../samples';

setUpPage();

beforeEach(() => void vi.stubGlobal('IntersectionObserver', NearObserver));

// KaTeX asks for a page in standards mode, which happy-dom has no word for.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });

function showText(text: string) {
  const shown = show(<Markdown text={text} />);
  return { ...shown, grow: (longer: string) => shown.rerender(<Markdown text={longer} />) };
}

describe('a formula', () => {
  it('is drawn, with its meaning for screen readers and its source for the clipboard', async () => {
    const { container } = showText('Energy $E = mc^2$ costs $5 and $10.');
    await waitFor(() => expect(container.querySelector('.formula math')).not.toBeNull());
    expect(container.querySelector('.formula')?.getAttribute('data-copy-text')).toBe('$E = mc^2$');
    expect(container.textContent).toContain('costs $5 and $10.');
  });

  it('is its source while it grows, and where it is wrong', async () => {
    const { container, grow } = showText('$$\n\\frac{a');
    expect(container.querySelector('pre')?.textContent).toBe('\\frac{a');
    grow('$$\n\\frac{a}{b}\n$$\n\n$$\n\\nothing\n$$');
    await waitFor(() => expect(container.querySelector('.formula-display math')).not.toBeNull());
    expect(container.querySelector('pre')?.textContent).toBe('$$\\nothing$$');
    expect(container.textContent).toContain('This formula could not be drawn.');
  });

  it('is not drawn again when the text goes on', async () => {
    const { container, grow } = showText('One $x$ and');
    await waitFor(() => expect(container.querySelector('.formula .katex')).not.toBeNull());
    const before = container.querySelector('.formula .katex');
    grow('One $x$ and two $y$.');
    await waitFor(() => expect(container.querySelectorAll('.formula .katex')).toHaveLength(2));
    expect(container.querySelector('.formula .katex')).toBe(before);
  });

  it('that is very long stays source', () => {
    const { container } = showText(`$$\n${'x + '.repeat(2000)}x\n$$`);
    expect(container.querySelector('pre')?.textContent).toContain('x + x');
    expect(container.querySelector('.formula')).toBeNull();
  });
});

describe('footnotes', () => {
  const text = 'One[^b], two[^a], again[^b], none[^c].\n\n[^a]: A *note*.\n[^b]: B.\n\nMore.';

  it('stand at the end, numbered as the text speaks of them', () => {
    const { container } = showText(text);
    const notes = within(screen.getByRole('region', { name: 'Footnotes' })).getAllByRole(
      'listitem',
    );
    expect(notes.map(({ textContent }) => textContent)).toEqual(['B.', 'A note.']);
    expect(container.querySelector('p')?.textContent).toBe('One1, two2, again1, none[^c].');
  });

  it('lead to the note and back to where one came from, without another address', async () => {
    const { user } = showText(text);
    Element.prototype.scrollIntoView = vi.fn<() => void>();
    const address = location.href;
    const [, second] = screen.getAllByRole('button', { name: 'Footnote 1' });
    if (second) await user.click(second);
    expect(document.activeElement?.textContent).toBe('B.');
    await user.click(screen.getByRole('button', { name: 'Back to the text of footnote 1' }));
    expect(document.activeElement).toBe(second);
    expect(location.href).toBe(address);
  });

  it('of two messages do not mix', async () => {
    const { user } = show(
      <>
        <Markdown text={'One[^1].\n\n[^1]: First.'} />
        <Markdown text={'Two[^1].\n\n[^1]: Second.'} />
      </>,
    );
    Element.prototype.scrollIntoView = vi.fn<() => void>();
    const [, second] = screen.getAllByRole('button', { name: 'Footnote 1' });
    if (second) await user.click(second);
    expect(document.activeElement?.textContent).toBe('Second.');
  });
});

it('tasks are boxes that say what they are and whether it is done', () => {
  showText('- [x] one **bold**\n- [ ] two\n  - [x] in two\n- none');
  expect(screen.getByRole('checkbox', { name: 'one bold' })).toHaveProperty('checked', true);
  expect(screen.getByRole('checkbox', { name: 'two' })).toHaveProperty('checked', false);
  expect(screen.getByRole('checkbox', { name: 'in two' })).toHaveProperty('disabled', true);
  expect(screen.getAllByRole('checkbox')).toHaveLength(3);
});

it('a long list has room for its longest number', () => {
  const { container } = showText('998. one\n999. two\n1000. three');
  expect(container.querySelector('ol')?.style.getPropertyValue('--digits')).toBe('4');
  expect(container.querySelector('ol')?.start).toBe(998);
});

describe('details', () => {
  it('fold Markdown away, with nothing of the author but whether they are open', () => {
    const { container } = showText(
      '<details onclick="x()" class="y">\n<summary>More</summary>\n\n**bold**\n\n</details>\n\n<details open>\n\nshown\n\n</details>',
    );
    const [first, second] = container.querySelectorAll('details');
    expect(first?.open).toBe(false);
    expect(first?.querySelector('summary')?.textContent).toBe('More');
    expect(first?.querySelector('strong')?.textContent).toBe('bold');
    expect(first?.getAttribute('onclick')).toBeNull();
    expect(first?.className).not.toContain('y');
    expect(second?.open).toBe(true);
    expect(second?.querySelector('summary')?.textContent).toBe('Details');
  });

  it('stay open while and after they are written', () => {
    const { container, grow } = showText('<details>\n<summary>A</summary>\n\none');
    expect(container.querySelector('details')?.open).toBe(true);
    grow('<details>\n<summary>A</summary>\n\none\n\n</details>\n\nafter');
    expect(container.querySelector('details')?.open).toBe(true);
  });
});

it('tags that are known are elements, with nothing in them', () => {
  const { container } = showText(
    'H<sub>2</sub>O, x<sup>2</sup>, <kbd>A</kbd>\n\n| a |\n|---|\n| b<br>c |\n\n<b>no</b>',
  );
  expect(container.querySelector('sub')?.textContent).toBe('2');
  expect(container.querySelector('sup')?.textContent).toBe('2');
  expect(container.querySelector('kbd')?.textContent).toBe('A');
  expect(container.querySelector('td br')).not.toBeNull();
  expect(container.textContent).toContain('<b>no</b>');
});

describe('a table', () => {
  const text = '| a | b |\n|:-:|--:|\n| 1, 2 | 3 |';

  it('is copied as Markdown and as CSV', async () => {
    const { user } = showText(text);
    await user.click(screen.getByRole('button', { name: 'Copy table as CSV' }));
    expect(await navigator.clipboard.readText()).toBe('a,b\r\n"1, 2",3\r\n');
    await user.click(screen.getByRole('button', { name: 'Copy table as Markdown' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toBe('| a | b |\n| :-: | --: |\n| 1, 2 | 3 |\n'),
    );
  });

  it('is a group with a name, set as its author says', () => {
    const { container } = showText(text);
    expect(screen.getByRole('group', { name: 'Table' }).tabIndex).toBe(0);
    expect(container.querySelector('th')?.className).toBe('text-center');
    expect(container.querySelector('td:last-child')?.className).toBe('text-right');
  });
});

it('a diagram that is not finished is code', () => {
  const { container } = showText('```mermaid\ngraph TD');
  expect(container.querySelector('pre > code')?.textContent).toBe('graph TD');
  expect(container.querySelector('[data-find-text]')).toBeNull();
});

it.each([
  'Energy $E$ is **bold** and \\(x\\)',
  'before\n\n$$\nx^2\n$$\n\nafter',
  '- [x] one\n- [ ] two\n\n  more',
  'One[^a] and two[^b].\n\n[^b]: B\n\n    more\n[^a]: A\n\nend',
  '<details>\n<summary>Sum</summary>\n\none\n\n- two\n\n</details>\n\nthree',
  '| a<br>b | c |\n|---|---|\n| H<sub>2</sub> | <kbd>x</kbd> $y$ |',
  '```mermaid\ngraph TD\n```\n\nafter',
  '$$\na\n$$\n\n\\[\nb\n\\]\n\n- $c$ and $$d$$ of it',
  'a  \nb\n\n<br>\n\n<div>c</div>',
])('find sees what is shown: %j', async (text) => {
  const { container } = showText(text);
  const formulas = text.match(/\$\$[^]*?\$\$|\$.*?\$|\\[([]/gu)?.length ?? 0;
  await waitFor(() => expect(container.querySelectorAll('.katex')).toHaveLength(formulas));
  let shown = '';
  textPlaces(container, (found) => {
    shown = found;
    return [];
  });
  expect(shown).toBe(shownTextOf(reply('r', 'p', { parts: [{ type: 'text', text }] })).text);
});
