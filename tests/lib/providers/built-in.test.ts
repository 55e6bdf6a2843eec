import { expect, it } from 'vitest';
import type { BuiltInModel } from '@/lib/provider';
import { builtIn } from '@/lib/providers/built-in';
import { errorDataOf } from '@/lib/provider-error';
import { bytesOf } from '../../fake-body';
import { hello } from '../../fake-context';
import { fakeBuiltIn } from '../../fake-built-in';

const nowhere = { settings: {}, key: '', fetch: () => Promise.reject(new Error('no network')) };

it('is given what was said before, the system prompt first, and asked the last of it', async () => {
  const { model, created, prompts } = fakeBuiltIn({ body: bytesOf('Blue.') }, {}, []);
  const { content } = await builtIn
    .languageModel('on-device', { ...nowhere, builtIn: model })
    .doGenerate({
      prompt: [
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        { role: 'system', content: 'Be brief.' },
        { role: 'assistant', content: [{ type: 'text', text: 'Hello!' }] },
        { role: 'user', content: [{ type: 'text', text: 'Why?' }] },
      ],
    });
  expect(content).toEqual([{ type: 'text', text: 'Blue.' }]);
  expect(created[0]?.initialPrompts).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello!' },
  ]);
  expect(prompts).toEqual(['Why?']);
});

it('tells how far its download has come', async () => {
  const { model } = fakeBuiltIn({ body: bytesOf('x') }, {}, []);
  const downloading: BuiltInModel = {
    ...model,
    create(options) {
      const monitor = new EventTarget();
      options.monitor(monitor);
      for (const loaded of [0, 0.5, 1]) {
        monitor.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded }));
      }
      return model.create(options);
    },
  };
  const seen: number[] = [];
  const context = {
    ...nowhere,
    builtIn: downloading,
    onProgress: (fraction: number) => seen.push(fraction),
  };
  await builtIn.languageModel('on-device', context).doGenerate({ prompt: hello });
  expect(seen).toEqual([0, 0.5, 1]);
});

it('says so where the browser has none', async () => {
  const asked = builtIn.languageModel('on-device', nowhere).doGenerate({ prompt: hello });
  const error: unknown = await Promise.resolve(asked).catch((thrown: unknown) => thrown);
  expect(errorDataOf(error).kind).toBe('unsupported');
});
