import { expect, it } from 'vitest';
import { builtIn } from '@/lib/providers/built-in';
import { errorDataOf } from '@/lib/provider-error';
import { bytesOf } from '../../fake-body';
import { hello } from '../../fake-context';
import { downloadedBuiltIn, fakeBuiltIn } from '../../fake-built-in';

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

/** Asks one that tells how far its download is; answers what was handed on of it. */
async function seenOf(availability: string): Promise<number[]> {
  const { model, tell, finish } = downloadedBuiltIn('x');
  const seen: number[] = [];
  const context = {
    ...nowhere,
    builtIn: { ...model, availability: () => Promise.resolve(availability) },
    onProgress: (fraction: number) => seen.push(fraction),
  };
  const asked = builtIn.languageModel('on-device', context).doGenerate({ prompt: hello });
  await new Promise(setImmediate);
  for (const loaded of [0, 0.5, 1]) tell(loaded);
  finish();
  await asked;
  return seen;
}

it.each(['downloadable', 'downloading'])('tells how far its download has come: %s', async (how) => {
  expect(await seenOf(how)).toEqual([0, 0.5, 1]);
});

it('speaks of no download where the model is there, as Chrome does', async () => {
  expect(await seenOf('available')).toEqual([]);
});

it('says so where the browser has none', async () => {
  const asked = builtIn.languageModel('on-device', nowhere).doGenerate({ prompt: hello });
  const error: unknown = await Promise.resolve(asked).catch((thrown: unknown) => thrown);
  expect(errorDataOf(error).kind).toBe('unsupported');
});
