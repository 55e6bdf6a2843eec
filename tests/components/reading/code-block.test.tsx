import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CodeBlock } from '@/components/reading/code-block';
import { Highlighter } from '@/lib/panel/highlight/highlighter';
import { setUpPage, show, speak } from '../../component';
import { FakeThread } from '../../fake-thread';
import { NearObserver } from '../../near-observer';

setUpPage();

let thread: FakeThread;
let highlighter: Highlighter;

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', NearObserver);
  thread = new FakeThread();
  highlighter = new Highlighter(() => thread);
});

function showCode(code: string, info = 'ts', { meta = '', state = 'done' } = {}) {
  const element = (text: string) => (
    <article data-message-state={state}>
      <CodeBlock info={info} meta={meta} code={text} highlighter={highlighter} />
    </article>
  );
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const shown = show(element(code));
  // In a reply that streams, a block has to stay near for a moment.
  act(() => {
    vi.advanceTimersByTime(150);
  });
  vi.useRealTimers();
  return {
    ...shown,
    grow: (longer: string) => shown.rerender(element(longer)),
    text: () => shown.container.querySelector('pre > code')?.textContent,
    keywords: () =>
      [...shown.container.querySelectorAll('.code-keyword')].map(({ textContent }) => textContent),
    isFolded: () => shown.container.querySelector('figure')?.hasAttribute('data-folded'),
  };
}

const answer = () => act(() => thread.answer());
const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `const a${index} = ${index};`).join('\n');
const sentLines = () =>
  thread.requests.flatMap((request) => (request.type === 'lines' ? request.lines : []));

describe('the header', () => {
  it.each([
    ['ts', '', 'TypeScript', 'Code, TypeScript'],
    ['ts', 'title="src/a.ts"', 'a.ts', 'Code, TypeScript'],
    ['brainfuck', '', 'brainfuck', 'Code, brainfuck'],
    ['', '', 'Code', 'Code'],
  ])('of %j %j says %j to the eye and %j to screen readers', (info, meta, text, name) => {
    const { container } = showCode('a', info, { meta });
    const label = container.querySelector('figcaption > span');
    expect(label?.textContent).toBe(text);
    expect(label?.getAttribute('aria-hidden')).toBe('true');
    expect(label?.getAttribute('data-copy')).toBe('none');
    expect(screen.getByRole('figure', { name })).toBeDefined();
  });

  it('copies the code exactly, also what is folded', async () => {
    const code = `${lines(100)}\n\n  "<b>" \t`;
    const { user } = showCode(code);
    await user.click(screen.getByRole('button', { name: 'Copy code' }));
    expect(await navigator.clipboard.readText()).toBe(code);
  });

  it('saves the code as a file with a name that fits', async () => {
    const saved: { name: string; text: Promise<string> }[] = [];
    const urls = new Map<string, Blob>();
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) urls.set('blob:1', blob);
      return 'blob:1';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push({ name: this.download, text: urls.get(this.href)?.text() ?? Promise.resolve('') });
    });
    const { user } = showCode('let a;\nlet b;', 'ts', { meta: 'title="src/a.ts"' });
    await user.click(screen.getByRole('button', { name: 'Save as file' }));
    expect(saved.map(({ name }) => name)).toEqual(['a.ts']);
    expect(await saved[0]?.text).toBe('let a;\nlet b;\n');
  });

  it('wraps long lines and back, with the same text', async () => {
    const code = 'if (a) {\n\n\tb();\n}';
    const { user, text, container } = showCode(code);
    const button = screen.getByRole('button', { name: 'Wrap long lines', pressed: false });
    await user.click(button);
    expect(button.getAttribute('aria-pressed')).toBe('true');
    expect(text()).toBe(code);
    const boxes = [...container.querySelectorAll<HTMLElement>('code > span')];
    expect(boxes.map(({ style }) => style.paddingInlineStart)).toEqual([
      '2ch',
      '2ch',
      '6ch',
      '2ch',
    ]);
    await user.click(button);
    expect(container.querySelector('code > span')).toBeNull();
    expect(text()).toBe(code);
  });
});

describe('colours', () => {
  it('arrive later, and change nothing of the text', () => {
    const code = 'let a;\n\n  let "<b>";\n';
    const { text, keywords } = showCode(code);
    expect(keywords()).toEqual([]);
    answer();
    expect(keywords()).toEqual(['let', 'let']);
    expect(text()).toBe(code);
  });

  it('of a growing block are asked for line by line, each once', () => {
    const code = lines(120);
    const { grow, text, keywords } = showCode('', 'ts', { state: 'streaming' });
    for (let end = 0; end <= code.length; end += 7) grow(code.slice(0, end));
    grow(`${code}\n`);
    expect(sentLines().join('\n')).toBe(code);
    answer();
    expect(text()).toBe(`${code}\n`);
    expect(keywords()).toHaveLength(120);
  });

  it('of lines that are whole stay the same elements while more come', () => {
    const { grow, container } = showCode('let a;\nlet b', 'ts', { state: 'streaming' });
    answer();
    const [first] = container.querySelectorAll('.code-keyword');
    grow('let a;\nlet b;\nlet c');
    answer();
    expect(container.querySelector('.code-keyword')).toBe(first);
  });

  it('stay when the fence closes and takes the last line end', () => {
    const { grow, keywords } = showCode('let a;\nlet b;\n``', 'ts', { state: 'streaming' });
    answer();
    grow('let a;\nlet b;');
    expect(keywords()).toEqual(['let', 'let']);
    expect(thread.requests.filter(({ type }) => type === 'close')).toEqual([]);
  });

  it('begin anew with other code', () => {
    const { grow, text, keywords } = showCode('let a;\nlet b;\n');
    answer();
    grow('var x;\nvar y;\n');
    expect(text()).toBe('var x;\nvar y;\n');
    expect(keywords()).toEqual([]);
    answer();
    expect(keywords()).toEqual(['var', 'var']);
  });

  it.each([
    ['no language', 'let a;\n', ''],
    ['an unknown language', 'let a;\n', 'brainfuck'],
    ['more than 200 kB', 'let a;\n'.repeat(30_000), 'ts'],
  ])('of code with %s are not asked for', (_, code, info) => {
    const { text } = showCode(code, info);
    expect(thread.requests).toEqual([]);
    expect(text()).toBe(code);
  });

  it('are given up when the block goes', () => {
    const { unmount } = showCode('let a;\n');
    unmount();
    expect(thread.requests.at(-1)?.type).toBe('close');
  });

  it('that never come leave the code as it is', () => {
    const { text } = showCode('let a;\n');
    act(() => thread.fail());
    expect(text()).toBe('let a;\n');
  });
});

describe('a long block', () => {
  it('is folded at first, unfolds and folds again, all its text in the document', async () => {
    const code = lines(31);
    const { user, text, isFolded } = showCode(code);
    expect(isFolded()).toBe(true);
    expect(text()).toBe(code);
    await user.click(screen.getByRole('button', { name: 'Show all 31 lines', expanded: false }));
    expect(isFolded()).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Show fewer lines', expanded: true }));
    expect(isFolded()).toBe(true);
    expect(text()).toBe(code);
  });

  it.each([
    [31, 'Показать все строки: 31'],
    [42, 'Показать все 42 строки'],
    [50, 'Показать все 50 строк'],
  ])('of %i lines says so in Russian', async (count, name) => {
    await speak('ru');
    showCode(lines(count).replace('a0', `ru${count}`));
    expect(screen.getByRole('button', { name })).toBeDefined();
  });

  it('of 30 lines is shown whole', () => {
    expect(showCode(lines(30)).isFolded()).toBe(false);
    expect(screen.queryByRole('button', { name: /lines$/u, expanded: false })).toBeNull();
  });

  it('that the person saw growing does not fold under their eyes', () => {
    const { grow, isFolded } = showCode(lines(31), 'ts', { state: 'streaming' });
    expect(isFolded()).toBe(false);
    grow(lines(60));
    expect(isFolded()).toBe(false);
    expect(screen.queryByRole('button', { expanded: true })).toBeNull();
  });

  it('unfolds when it goes on growing', () => {
    const { grow, isFolded } = showCode(`${lines(40)}\nlet more`);
    grow(`${lines(40)}\nlet more = 1`);
    expect(isFolded()).toBe(false);
  });

  it('unfolds at once for a line in it that is looked for', () => {
    const { container, isFolded } = showCode(lines(45));
    act(() => {
      container.querySelector('code')?.dispatchEvent(new Event('beforematch', { bubbles: true }));
      expect(isFolded()).toBe(false);
    });
    expect(isFolded()).toBe(false);
  });

  it('stays as the person chose when it is drawn anew', async () => {
    const code = lines(33);
    const { user, unmount } = showCode(code);
    await user.click(screen.getByRole('button', { name: 'Show all 33 lines' }));
    await user.click(screen.getByRole('button', { name: 'Wrap long lines' }));
    unmount();
    const { isFolded } = showCode(code);
    expect(isFolded()).toBe(false);
    expect(screen.getByRole('button', { name: 'Wrap long lines', pressed: true })).toBeDefined();
  });
});
