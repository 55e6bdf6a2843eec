/** The time that a service asks to wait counts down. */
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ErrorText } from '@/components/error-text';
import type { ErrorKind } from '@/lib/errors';
import { setUpPage, show } from '../component';
import { providerInfo, reply } from '../samples';

setUpPage();

const ended = new Date('2026-05-01T12:00:00Z').getTime();
const told = () => screen.getByText(/AI-Chats\.org/u, { selector: 'p' }).textContent;

function showWait(kind: ErrorKind, retryAfter: number) {
  const error = { kind, retryAfter };
  const message = reply('r', 'p', { state: 'failed', error, endedAt: ended });
  show(<ErrorText message={message} error={error} provider={providerInfo()} />);
}
const pass = (seconds: number) =>
  act(() => {
    vi.advanceTimersByTime(seconds * 1000);
  });

beforeEach(() => {
  vi.useFakeTimers({ now: ended });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['quota', 'It asks to wait 1 min 10 s', 'It asks to wait 9 s'],
  ['rate-limited', 'Try again in 1 min 10 s', 'Try again in 9 s'],
  ['overloaded', 'It asks to wait 1 min 10 s', 'It asks to wait 9 s'],
] as const)('of "%s" counts down to its end', (kind, first, later) => {
  showWait(kind, 70);
  expect(told()).toContain(first);
  pass(61);
  expect(told()).toContain(later);
  pass(9);
  expect(told()).toBe('AI-Chats.org asked you to wait. You can try again now.');
  expect(vi.getTimerCount()).toBe(0);
});

it('is over for whoever opens the conversation a day later', () => {
  vi.setSystemTime(ended + 24 * 60 * 60_000);
  showWait('rate-limited', 70);
  expect(told()).toContain('You can try again now.');
});

it('does not grow when the clock is set back', () => {
  vi.setSystemTime(ended - 60 * 60_000);
  showWait('rate-limited', 70);
  expect(told()).toContain('Try again in 1 min 10 s');
});

it('counts down also where the clock that told it was a day ahead', () => {
  vi.setSystemTime(ended - 24 * 60 * 60_000);
  showWait('rate-limited', 70);
  pass(61);
  expect(told()).toContain('Try again in 9 s');
  pass(9);
  expect(told()).toContain('You can try again now.');
  expect(vi.getTimerCount()).toBe(0);
});

it('is read out as it first was, not at each second', () => {
  showWait('rate-limited', 70);
  const heard = screen.getByText(/AI-Chats\.org/u, { ignore: '[aria-hidden="true"]' });
  const first = heard.textContent;
  expect(first).toContain('Try again in 1 min 10 s');
  pass(30);
  expect(told()).toContain('Try again in 40 s');
  expect(heard.textContent).toBe(first);
});
