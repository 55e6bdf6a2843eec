import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Highlighter } from '@/lib/panel/highlight/highlighter';
import { installExtension } from '../../../fake-extension';
import { FakeThread } from '../../../fake-thread';

let reports: unknown[];

beforeEach(() => {
  reports = [];
  installExtension().onMessage.addListener((message, _, answer) => {
    reports.push(message);
    answer({});
    return true;
  });
});

const failure = (error: string) =>
  expect.objectContaining({ type: 'reportHighlightFailure', data: { error } });

function highlighterWith(thread = new FakeThread()) {
  const start = vi.fn<() => FakeThread>(() => thread);
  return { thread, start, highlighter: new Highlighter(start) };
}

describe('the thread', () => {
  it('is started by the first code, and once', () => {
    const { start, highlighter } = highlighterWith();
    const block = highlighter.open(() => undefined);
    expect(start).not.toHaveBeenCalled();
    highlighter.sendLines(block, 'css', ['a {']);
    highlighter.sendLines(block, 'css', ['}']);
    expect(start).toHaveBeenCalledOnce();
  });

  it('tells each block its colours, and none that is gone', () => {
    const { thread, highlighter } = highlighterWith();
    const told: string[] = [];
    const one = highlighter.open((from) => told.push(`one ${from}`));
    const two = highlighter.open((from) => told.push(`two ${from}`));
    highlighter.sendLines(one, 'css', ['a']);
    highlighter.sendLines(two, 'css', ['b', 'c']);
    highlighter.close(one);
    thread.answer();
    expect(told).toEqual(['two 0']);
    expect(thread.requests).toContainEqual({ type: 'close', block: one });
  });

  it('that does not start leaves code plain, and is not tried again', async () => {
    const start = vi.fn<() => FakeThread>(() => {
      throw new RangeError('no');
    });
    const highlighter = new Highlighter(start);
    const block = highlighter.open(() => undefined);
    highlighter.sendLines(block, 'css', ['a']);
    highlighter.sendTail(block, 'css', 'b');
    expect(start).toHaveBeenCalledOnce();
    await expect.poll(() => reports).toEqual([failure('RangeError')]);
  });

  it('that fails is ended, and noted in the log by its kind alone', async () => {
    const { thread, highlighter } = highlighterWith();
    const block = highlighter.open(() => undefined);
    highlighter.sendLines(block, 'css', ['secret']);
    thread.fail();
    highlighter.sendLines(block, 'css', ['more']);
    expect(thread.isTerminated).toBe(true);
    expect(thread.requests.filter(({ type }) => type === 'lines')).toHaveLength(1);
    await expect.poll(() => reports).toEqual([failure('ErrorEvent')]);
    expect(JSON.stringify(reports)).not.toContain('secret');
  });

  it('that hangs in a grammar is ended', async () => {
    vi.useFakeTimers();
    const { thread, highlighter } = highlighterWith();
    highlighter.sendLines(
      highlighter.open(() => undefined),
      'css',
      ['a'],
    );
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(thread.isTerminated).toBe(true);
    await expect.poll(() => reports).toEqual([failure('TimeoutError')]);
  });

  it('that answers goes on, however long nothing is asked', () => {
    vi.useFakeTimers();
    const { thread, highlighter } = highlighterWith();
    highlighter.sendLines(
      highlighter.open(() => undefined),
      'css',
      ['a'],
    );
    thread.answer();
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(thread.isTerminated).toBe(false);
  });
});
