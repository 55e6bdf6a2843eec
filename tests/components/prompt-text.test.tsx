/** Long prompts are folded, and nothing of them is lost by it. */
import { act, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { setConversation, setUpPage, show } from '../component';
import { prompt } from '../samples';

setUpPage();
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Nothing is laid out here: the text is that many times as high as what a fold shows of it. */
function showPrompt(text: string, times = 4) {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(400 * times);
  setConversation([prompt('p', { parts: [{ type: 'text', text }] })]);
  const shown = show(<MessageList />);
  const words = () => shown.container.querySelector('[data-message-text]');
  return { ...shown, words, isFolded: () => words()?.closest('[data-folded]') !== null };
}

const long = (name: string) => `${name} `.repeat(300).trim();

it('a long prompt is folded at first, unfolds and folds again, all of it in the document', async () => {
  const { user, words, isFolded } = showPrompt(long('one'));
  expect(isFolded()).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Show all', expanded: false }));
  expect(isFolded()).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Show less', expanded: true }));
  expect(isFolded()).toBe(true);
  expect(words()?.textContent).toBe(long('one'));
});

it.each([
  ['that is little higher than a fold', long('two'), 1.4],
  ['of few words', 'Hello', 4],
])('a prompt %s is shown whole', (_, text, times) => {
  expect(showPrompt(text, times).isFolded()).toBe(false);
  expect(screen.queryByRole('button', { name: /^Show/u })).toBeNull();
});

it('one that fits once the panel is wider is shown whole, without a button', () => {
  const observers: (() => void)[] = [];
  vi.stubGlobal(
    'ResizeObserver',
    class extends ResizeObserver {
      constructor(callback: ResizeObserverCallback) {
        super(callback);
        observers.push(() => callback([], this));
      }
    },
  );
  const { isFolded } = showPrompt(long('six'));
  expect(isFolded()).toBe(true);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(400);
  act(() => observers.forEach((tell) => tell()));
  expect(isFolded()).toBe(false);
  expect(screen.queryByRole('button', { name: /^Show/u })).toBeNull();
});

it('many short lines make a long prompt, too', () => {
  expect(showPrompt('a\n'.repeat(40)).isFolded()).toBe(true);
});

it('unfolds at once for what is looked for in it', () => {
  const { words, isFolded } = showPrompt(long('three'));
  act(() => {
    words()?.dispatchEvent(new Event('beforematch', { bubbles: true }));
    expect(isFolded()).toBe(false);
  });
  expect(isFolded()).toBe(false);
  expect(screen.getByRole('button', { name: 'Show less' })).toBeTruthy();
});

it('is copied and edited whole', async () => {
  const { user } = showPrompt(long('four'));
  await user.click(screen.getByRole('button', { name: 'Copy prompt' }));
  expect(await navigator.clipboard.readText()).toBe(long('four'));
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  const box = screen.getByRole<HTMLTextAreaElement>('textbox');
  expect(box.value).toBe(long('four'));
  // Where the caret is.
  expect(box.scrollTop).toBe(1600);
});

it('stays as the person chose when it is drawn anew', async () => {
  const { user, unmount } = showPrompt(long('five'));
  await user.click(screen.getByRole('button', { name: 'Show all' }));
  unmount();
  expect(showPrompt(long('five')).isFolded()).toBe(false);
  expect(screen.getByRole('button', { name: 'Show less' })).toBeTruthy();
});
