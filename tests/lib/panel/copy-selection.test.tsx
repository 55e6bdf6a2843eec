/** What is shown, as it reads elsewhere: as text and as rich text. */
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MessageList } from '@/components/message-list';
import { Markdown } from '@/components/reading/markdown';
import { copied, copiedRange } from '@/lib/panel/copy-selection';
import { setConversation, setUpPage, show } from '../../component';
import { prompt, reply } from '../../samples';

setUpPage();

function showText(text: string): HTMLElement {
  return show(
    <div data-message-text>
      <Markdown text={text} />
    </div>,
  ).container;
}

function copiedHtml(html: string) {
  const { container } = show(<div data-message-text />);
  const box = container.firstElementChild ?? container;
  box.innerHTML = html;
  return copied(container);
}

/** Marks from the start of one text to the end of another. */
function mark(container: Element, from: string, to = from): Range {
  const range = document.createRange();
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.textContent?.indexOf(from) ?? -1;
    const end = node.textContent?.indexOf(to) ?? -1;
    if (start >= 0) range.setStart(node, start);
    if (end >= 0) range.setEnd(node, end + to.length);
  }
  return range;
}

/** Copies as Ctrl+C does there; `isOurs` says that the browser leaves it to us. */
function copyBy(target: Element): { isOurs: boolean; text: string; html: string } {
  const clipboardData = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
  target.dispatchEvent(event);
  const [text, html] = ['text/plain', 'text/html'].map((type) => clipboardData.getData(type));
  return { isOurs: event.defaultPrevented, text: text ?? '', html: html ?? '' };
}

describe('a message is copied', () => {
  it.each([
    ['one\n\ntwo', 'one\n\ntwo', '<p>one</p><p>two</p>'],
    ['one\ntwo', 'one\ntwo', '<p>one<br>two</p>'],
    ['one  \ntwo', 'one\ntwo', '<p>one<br>two</p>'],
    ['# Title\n\ntext', 'Title\n\ntext', '<h2>Title</h2><p>text</p>'],
    [
      '**b** *i* ~~d~~ `a < b`',
      'b i d a < b',
      '<p><strong>b</strong> <em>i</em> <del>d</del> <code>a &lt; b</code></p>',
    ],
    ['- a\n- b', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['3. a\n4. b', '3. a\n4. b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['1. a\n2. b', '1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    [
      '- a\n  1. b\n  2. c\n- d',
      '- a\n  1. b\n  2. c\n- d',
      '<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>',
    ],
    ['- a\n\n  b\n- c', '- a\n\n  b\n- c', '<ul><li><p>a</p><p>b</p></li><li>c</li></ul>'],
    [
      '- [x] done\n- [ ] open',
      '- [x] done\n- [ ] open',
      '<ul><li>[x] done</li><li>[ ] open</li></ul>',
    ],
    ['> a\n>\n> b', '> a\n>\n> b', '<blockquote><p>a</p><p>b</p></blockquote>'],
    ['a\n\n---\n\nb', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
    [
      '| a | b |\n| - | - |\n| 1 | **2** |',
      'a\tb\n1\t2',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>',
    ],
    [
      '```js\nif (a < b) {\n\n  run();\n}\n```',
      'if (a < b) {\n\n  run();\n}',
      '<pre><code>if (a &lt; b) {\n\n  run();\n}</code></pre>',
    ],
    [
      '[the page](https://x.org/a?b#c "t")',
      'the page',
      '<p><a href="https://x.org/a?b#c">the page</a></p>',
    ],
    ['<me@x.org>', 'me@x.org', '<p><a href="mailto:me@x.org">me@x.org</a></p>'],
    ['[text](javascript:alert(1))', 'text', '<p>text</p>'],
    [
      '![a cat](https://x.org/cat.png)',
      'a cat',
      '<p><a href="https://x.org/cat.png">a cat</a></p>',
    ],
    [
      '![](https://x.org/cat.png)',
      'https://x.org/cat.png',
      '<p><a href="https://x.org/cat.png">https://x.org/cat.png</a></p>',
    ],
    [
      '[![badge](https://x.org/b.png)](https://y.org/)',
      'badge',
      '<p><a href="https://y.org/">badge</a></p>',
    ],
    [
      '<b onclick="x">no HTML</b>',
      '<b onclick="x">no HTML</b>',
      '<p>&lt;b onclick="x"&gt;no HTML&lt;/b&gt;</p>',
    ],
  ])('%j', (markdown, text, html) => {
    expect(copied(showText(markdown))).toEqual({ text, html });
  });
});

describe('of the page, a copy has', () => {
  it.each([
    ['no button', '<p>a<button>Copy</button></p>', 'a', '<p>a</p>'],
    ['no icon', '<p>a<svg><title>x</title></svg></p>', 'a', '<p>a</p>'],
    ['nothing hidden', '<p>a<span aria-hidden="true">b</span><i hidden>c</i></p>', 'a', '<p>a</p>'],
    ['nothing for screen readers alone', '<p>a<span class="sr-only">b</span></p>', 'a', '<p>a</p>'],
    ['nothing that says so', '<p>a<span data-copy="none">b</span></p>', 'a', '<p>a</p>'],
    [
      'no classes, styles and data',
      '<p class="x" style="color:red" data-a="1" id="i" dir="auto">a</p>',
      'a',
      '<p>a</p>',
    ],
    ['no boxes', '<div><figure><div><p>a</p></div></figure>b</div>', 'a\n\nb', '<p>a</p>b'],
    [
      'formulas as they were written',
      '<p>so <span data-copy-text="x^2 < y"><b>x²</b></span></p>',
      'so x^2 < y',
      '<p>so x^2 &lt; y</p>',
    ],
    [
      'the names of pictures',
      '<div><img src="data:image/png;base64,AA" alt="a cat"><button>Save</button></div>',
      'a cat',
      '<p>a cat</p>',
    ],
    [
      'boxes of tasks',
      '<ul><li><input type="checkbox" checked><p>a</p></li></ul>',
      '- [x] a',
      '<ul><li>[x] a</li></ul>',
    ],
    [
      'no links within the page',
      '<p>a<sup><a href="#fn1">1</a></sup></p>',
      'a[1]',
      '<p>a<sup>1</sup></p>',
    ],
    [
      'the numbers of footnotes, which are buttons',
      '<p>a<sup><button aria-label="Footnote 1">1</button></sup></p>',
      'a[1]',
      '<p>a<sup>1</sup></p>',
    ],
    [
      'tasks in boxes of their own',
      '<ul><li><input type="checkbox" checked><div><p>a</p></div><div><ul><li><p>b</p></li></ul></div></li></ul>',
      '- [x] a\n  - b',
      '<ul><li>[x] a<ul><li>b</li></ul></li></ul>',
    ],
    [
      'diagrams as they were written',
      '<p>so</p><div data-copy-text="```mermaid\na\n  b\n```"><svg></svg><p>drawn</p></div>',
      'so\n\n```mermaid\na\n  b\n```',
      '<p>so</p><pre><code>```mermaid\na\n  b\n```</code></pre>',
    ],
    ['no empty blocks', '<p>a</p><p><button>x</button></p>', 'a', '<p>a</p>'],
    [
      'no line numbers',
      '<pre><code><span><i aria-hidden="true">1</i>a\n</span><span><i aria-hidden="true">2</i>  b</span></code></pre>',
      'a\n  b',
      '<pre><code>a\n  b</code></pre>',
    ],
  ])('%s', (_, html, text, clean) => {
    expect(copiedHtml(html)).toEqual({ text, html: clean });
  });
});

describe('what is marked', () => {
  it('in a line is that piece of it', () => {
    const container = showText('one **two** three');
    expect(copiedRange(mark(container, 'two'))).toEqual({
      text: 'two',
      html: '<strong>two</strong>',
    });
    expect(copiedRange(mark(container, 'wo', ' thr'))).toEqual({
      text: 'wo thr',
      html: '<strong>wo</strong> thr',
    });
  });

  it('in a block of code is the code, with its lines and their indentation', () => {
    const container = showText('```\none\n  two\n\nthree\n```');
    expect(copiedRange(mark(container, '  two', 'three'))).toEqual({
      text: '  two\n\nthree',
      html: '<pre>  two\n\nthree</pre>',
    });
  });

  it('in a list keeps its numbers', () => {
    const container = showText('1. one\n2. two\n3. three\n4. four');
    expect(copiedRange(mark(container, 'two', 'three'))).toEqual({
      text: '2. two\n3. three',
      html: '<ol start="2"><li>two</li><li>three</li></ol>',
    });
  });

  it('from the middle of a list on keeps them too', () => {
    const container = showText('before\n\n1. one\n2. two\n   1. deep\n   2. deeper\n\nafter');
    expect(copiedRange(mark(container, 'two', 'after'))?.text).toBe(
      '2. two\n   1. deep\n   2. deeper\n\nafter',
    );
    expect(copiedRange(mark(container, 'deeper', 'after'))?.text).toBe('2. 2. deeper\n\nafter');
    expect(copiedRange(mark(container, 'before', 'one'))?.text).toBe('before\n\n1. one');
  });

  it('in a table stays one', () => {
    const container = showText('| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |');
    expect(copiedRange(mark(container, '1', '4'))).toEqual({
      text: '1\t2\n3\t4',
      html: '<table><tbody><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></tbody></table>',
    });
    expect(copiedRange(mark(container, '3', '4'))?.text).toBe('3\t4');
    expect(copiedRange(mark(container, '4'))).toEqual({ text: '4', html: '4' });
  });

  it('of a formula is the whole of it', () => {
    const { container } = show(<div data-message-text />);
    const box = container.firstElementChild ?? container;
    box.innerHTML = '<p>so <span data-copy-text="\\frac12"><i>one</i><i>half</i></span></p>';
    expect(copiedRange(mark(container, 'half'))?.text).toBe('\\frac12');
    expect(copiedRange(mark(container, 'o ', 'one'))?.text).toBe('o \\frac12');
  });

  it('over several messages is what they say, without what stands around it', () => {
    const text = '  a\n  <b>b</b>';
    const asked = prompt('p', { parts: [{ type: 'text', text }] });
    setConversation([asked, reply('r', 'p'), prompt('q', { parentId: 'r' })]);
    show(<MessageList />);
    const all = document.createRange();
    all.selectNodeContents(document.body);
    expect(copiedRange(all)).toEqual({
      text: '  a\n  <b>b</b>\n\nreply r\n\nprompt q',
      html: '<p>  a<br>  &lt;b&gt;b&lt;/b&gt;</p><p>reply r</p><p>prompt q</p>',
    });
  });

  it('outside of the messages’ texts is none of ours', () => {
    setConversation([prompt('p'), reply('r', 'p')]);
    show(<MessageList />);
    expect(copiedRange(mark(document.body, 'AI-Chats.org'))).toBeUndefined();
  });
});

describe('Ctrl+C', () => {
  it('copies what is marked in both forms', () => {
    setConversation([
      prompt('p'),
      reply('r', 'p', { parts: [{ type: 'text', text: '**bold** cat' }] }),
    ]);
    show(<MessageList />);
    getSelection()?.removeAllRanges();
    getSelection()?.addRange(mark(document.body, 'bold', ' cat'));
    expect(copyBy(screen.getByRole('log'))).toEqual({
      isOurs: true,
      text: 'bold cat',
      html: '<strong>bold</strong> cat',
    });
  });

  it('is the browser’s in a box that one writes in, and where nothing is marked', async () => {
    setConversation([prompt('p'), reply('r', 'p')]);
    const { user, unmount } = show(<MessageList />);
    getSelection()?.removeAllRanges();
    expect(copyBy(screen.getByRole('log')).isOurs).toBe(false);
    const edit = screen.getByRole('button', { name: 'Edit' });
    await user.click(edit);
    getSelection()?.addRange(mark(document.body, 'reply r'));
    expect(copyBy(screen.getByRole('textbox')).isOurs).toBe(false);
    unmount();
    expect(copyBy(document.body).isOurs).toBe(false);
  });
});
