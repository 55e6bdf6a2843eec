import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { setConversation, setUpPage, show } from '../component';
import { prompt, reply } from '../samples';

setUpPage();

const markdown = '# Title\n\n- **one**\n- [two](https://x.org/)\n\n```js\na < b\n```\n';

function showReply(text = markdown) {
  setConversation([prompt('p'), reply('r', 'p', { parts: [{ type: 'text', text }] })]);
  return show(<MessageList />);
}

async function choose(name: string, { user }: ReturnType<typeof showReply>) {
  await user.click(screen.getByRole('button', { name: 'More ways to copy' }));
  await user.click(await screen.findByRole('menuitem', { name }));
}

/** What is on the clipboard, by its type. */
async function clipboard(): Promise<Record<string, string>> {
  const items = await navigator.clipboard.read();
  const forms = items.flatMap((item) =>
    item.types.map(async (type) => [type, await (await item.getType(type)).text()] as const),
  );
  return Object.fromEntries(await Promise.all(forms));
}

describe('a reply is copied', () => {
  it('as plain text, without the marks of Markdown and without buttons', async () => {
    await choose('Copy as plain text', showReply());
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(await clipboard()).toEqual({ 'text/plain': 'Title\n\n- one\n- two\n\na < b' });
  });

  it('as rich text, with the plain one beside it', async () => {
    await choose('Copy as rich text', showReply());
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(await clipboard()).toEqual({
      'text/plain': 'Title\n\n- one\n- two\n\na < b',
      'text/html':
        '<h2>Title</h2><ul><li><strong>one</strong></li><li><a href="https://x.org/">two</a></li></ul><pre><code>a &lt; b</code></pre>',
    });
  });

  it('as Markdown, to the character', async () => {
    await choose('Copy as Markdown', showReply());
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toBe(markdown);
  });

  it('by keyboard, and the focus is back on the button', async () => {
    const { user } = showReply();
    const button = screen.getByRole('button', { name: 'More ways to copy' });
    button.focus();
    await user.keyboard('{Enter}{Enter}');
    expect(await screen.findByText('Copied')).toBeTruthy();
    expect(await navigator.clipboard.readText()).toContain('- one');
    expect(document.activeElement).toBe(button);
  });

  it('or it is said that it could not be', async () => {
    const shown = showReply();
    vi.spyOn(navigator.clipboard, 'write').mockRejectedValue(new Error('denied'));
    await choose('Copy as rich text', shown);
    expect(await screen.findByText('Could not copy')).toBeTruthy();
  });

  it('only where it has a text', () => {
    setConversation([prompt('p'), reply('r', 'p', { parts: [] })]);
    show(<MessageList />);
    expect(screen.queryByRole('button', { name: 'More ways to copy' })).toBeNull();
  });
});

it('a prompt is copied as it was typed', async () => {
  const text = '  **as** typed\n';
  setConversation([prompt('p', { parts: [{ type: 'text', text }] })]);
  const { user } = show(<MessageList />);
  const article = within(screen.getByRole('article'));
  await user.click(article.getByRole('button', { name: 'Copy prompt' }));
  expect(await navigator.clipboard.readText()).toBe(text);
  expect(await screen.findByText('Copied')).toBeTruthy();
});
