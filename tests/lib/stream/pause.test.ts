import { expect, it, vi } from 'vitest';
import { pause } from '@/lib/stream/pause';

it('a pause ends after its time, and not before', async () => {
  vi.useFakeTimers();
  let isOver = false;
  const over = pause(1000, undefined).then(() => (isOver = true));
  await vi.advanceTimersByTimeAsync(999);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await over;
  vi.useRealTimers();
});

it('a pause that is broken off throws why', async () => {
  const controller = new AbortController();
  const waiting = pause(1_000_000, controller.signal);
  controller.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(pause(1, controller.signal)).rejects.toThrow('enough');
});
