import { expect, it, vi } from 'vitest';
import { keepMarked } from '@/lib/panel/text-ranges';

it('marks are made again when what they lie on has changed, until they are not wanted', async () => {
  const code = document.createElement('code');
  code.append('let a;');
  const mark = vi.fn<() => void>();
  const stop = keepMarked(code, mark);
  expect(mark).toHaveBeenCalledOnce();
  code.replaceChildren(document.createElement('span'));
  await expect.poll(() => mark.mock.calls.length).toBe(2);
  stop();
  code.replaceChildren('let b;');
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  expect(mark).toHaveBeenCalledTimes(2);
});
