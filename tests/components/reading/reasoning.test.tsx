import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MessageList } from '@/components/message-list';
import type { Message, Part } from '@/lib/conversation';
import { setConversation, setUpPage, show, speak } from '../../component';
import { prompt, reply } from '../../samples';

setUpPage();

const thought = (changes: Partial<Part & { type: 'reasoning' }> = {}): Part => ({
  type: 'reasoning',
  text: 'First **this**.',
  startedAt: 1000,
  endedAt: 13_000,
  ...changes,
});
const running = (secondsAgo: number, text = 'First'): Part => ({
  type: 'reasoning',
  text,
  startedAt: Date.now() - secondsAgo * 1000,
});
const answer: Part = { type: 'text', text: 'The answer.' };

function setReply(parts: Part[], state: Message['state'] = 'done'): void {
  setConversation([prompt('p'), reply('r', 'p', { parts, state })]);
}

function showReply(...of: Parameters<typeof setReply>) {
  setReply(...of);
  return show(<MessageList />);
}

const line = (name: RegExp | string) => screen.getByRole('button', { name });
const isOpen = (button: HTMLElement) => button.getAttribute('aria-expanded') === 'true';
const textsIn = (container: Element) =>
  [...container.querySelectorAll('[data-message-role="assistant"] [data-message-text]')].map(
    ({ textContent }) => textContent,
  );

describe('while a model thinks', () => {
  it('one reads for how long, and waits for nothing else', () => {
    showReply([running(12)], 'streaming');
    expect(line('Thinking · 12 s')).toBeTruthy();
    expect(screen.queryByText(/Waiting for/u)).toBeNull();
    expect(screen.queryByText('First')).toBeNull();
  });

  it('one can unfold what it thinks as it grows, also by keyboard', async () => {
    const { user } = showReply([running(12)], 'streaming');
    line('Thinking · 12 s').focus();
    await user.keyboard('{Enter}');
    expect(isOpen(line(/Thinking/u))).toBe(true);
    act(() => setReply([running(12, 'First, second')], 'streaming'));
    expect(screen.getByText('First, second')).toBeTruthy();
  });

  it('without a word there is nothing to unfold', () => {
    showReply([running(3, '')], 'streaming');
    expect(line('Thinking · 3 s')).toHaveProperty('disabled', true);
  });
});

describe('what a model thought', () => {
  it('is folded, with its time, before the answer and no part of it', () => {
    const { container } = showReply([thought(), answer]);
    expect(isOpen(line('Thought for 12 s'))).toBe(false);
    expect(textsIn(container)).toEqual(['The answer.']);
  });

  it.each([
    [400, 'Thought for 0.4 s'],
    [20, 'Thoughts'],
  ])('in %i ms says no more of the time than there is to say', (time, words) => {
    showReply([thought({ startedAt: 1000, endedAt: 1000 + time }), answer]);
    expect(line(words)).toBeTruthy();
  });

  it('unfolds as Markdown and folds again', async () => {
    const { user, container } = showReply([thought(), answer]);
    await user.click(line('Thought for 12 s'));
    expect(screen.getByText('this').tagName).toBe('STRONG');
    expect(textsIn(container)).toEqual(['The answer.']);
    await user.click(line('Thought for 12 s'));
    expect(screen.queryByText('this')).toBeNull();
  });

  it('stays unfolded when the answer starts, if the person unfolded it', async () => {
    const { user } = showReply([running(1)], 'streaming');
    await user.click(line(/Thinking/u));
    act(() => setReply([thought(), { type: 'text', text: 'The' }], 'streaming'));
    expect(isOpen(line('Thought for 12 s'))).toBe(true);
  });

  it('stands where it was thought, between the texts', () => {
    const { container } = showReply([
      thought({ text: 'a' }),
      answer,
      thought({ text: 'b', endedAt: 3000 }),
      { type: 'text', text: 'More.' },
    ]);
    expect(textsIn(container)).toEqual(['The answer.', 'More.']);
    const [first, second] = screen.getAllByRole('button', { name: /Thought/u });
    const [one, two] = container.querySelectorAll(
      '[data-message-role="assistant"] [data-message-text]',
    );
    const order = [first, one, second, two];
    for (const [index, before] of order.slice(0, -1).entries()) {
      expect(before?.compareDocumentPosition(order[index + 1] ?? document)).toBe(
        Node.DOCUMENT_POSITION_FOLLOWING,
      );
    }
  });

  it('has no time where nobody saw its end', () => {
    showReply([{ type: 'reasoning', text: 'a', startedAt: 1000 }], 'interrupted');
    expect(line('Thoughts')).toBeTruthy();
  });

  it('is not mentioned where it was nothing', () => {
    showReply([thought({ text: '\n\n' }), answer]);
    expect(screen.queryByRole('button', { name: /Thought/u })).toBeNull();
  });

  it('is not copied with the answer', async () => {
    const { user } = showReply([thought(), answer]);
    await user.click(line('Copy'));
    expect(await navigator.clipboard.readText()).toBe('The answer.');
  });

  it('is named in Russian where the interface is', async () => {
    await speak('ru');
    showReply([thought(), answer]);
    expect(line('Размышление: 12 с')).toBeTruthy();
  });
});

it('a reply that was stopped while the model thought offers to be made again, not to go on', () => {
  showReply([thought()], 'stopped');
  expect(line('Regenerate')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull();
});
