/** The contract that everything that makes pictures keeps, over answers as public documents have them. */
import type { ImageModelV4 } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { chatImageModel } from '@/lib/protocols/chat-images';
import { geminiImageModel } from '@/lib/protocols/gemini-images';
import { settingsOf, type ProviderContext } from '@/lib/provider';
import { providers } from '@/lib/providers';
import { settle } from './fake-context';
import { png } from './fixtures/pictures';
import { answering, drawing, pictureAnswers, type PictureAnswer } from './picture-answers';
import { isRecorded, recordsWords } from './recorded';

type Make = (modelId: string, context: ProviderContext) => ImageModelV4;

/** Where a provider's answers with pictures are: in its own folder, unless it also chats. */
const ofProviders = providers.flatMap((provider): [string, string, Make][] => {
  const { id } = provider.description;
  const address = settingsOf(provider.description)['address'] ?? '';
  const folders = [`${id}-images`, ...(recordsWords(id) ? [] : [id])];
  return folders
    .filter(isRecorded)
    .map((folder) => [folder, address, (...about) => provider.imageModel(...about)]);
});

const makers: [string, string, Make][] = [
  ...ofProviders,
  [
    'gemini-images',
    'https://generativelanguage.googleapis.com/v1beta',
    (...about) => geminiImageModel('x', ...about),
  ],
  ['chat-images', 'https://openrouter.ai/api/v1', (...about) => chatImageModel('x', ...about)],
];

describe.each(makers)('pictures of %s', (folder, address, make) => {
  const answers = pictureAnswers(folder);
  const named = answers.map((answer): [string, PictureAnswer] => [answer.about, answer]);
  const [proper] = answers.filter(({ error }) => !error);
  if (!proper) throw new Error(`no proper answer of ${folder} is recorded`);

  describe.each(named)('%s', (_, answer) => {
    it.each([
      ['whole', Infinity],
      ['cut at every byte', 1],
    ])('come, or it is said why not, %s', async (__, size) => {
      const { context, asked } = answering(answer, address, { size });
      const model = make(answer.model, context);
      const drawn = await settle(model.doGenerate(drawing({ n: answer.count ?? 1 })));
      expect(drawn).toMatchObject(
        answer.error
          ? { error: answer.error }
          : { result: { images: Array.from({ length: answer.images ?? 1 }, () => png) } },
      );
      const fetched = asked.filter(({ url }) => answer.pictures?.includes(url));
      expect(fetched.map(({ url }) => url)).toEqual(answer.error ? [] : (answer.pictures ?? []));
      expect(fetched.every(({ init }) => !new Headers(init.headers).has('authorization'))).toBe(
        true,
      );
    });

    it('follow a public document', () => {
      expect(URL.canParse(answer.source)).toBe(true);
    });
  });

  it('are never asked for when they were stopped before', async () => {
    const { context, asked } = answering(proper, address);
    const abortSignal = AbortSignal.abort();
    const drawn = make(proper.model, context).doGenerate(drawing({ abortSignal }));
    await expect(drawn).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked.filter(({ url }) => !/interrupt/u.test(url))).toEqual([]);
  });

  it('of a model that names itself, and says how many it makes at once', () => {
    const { context } = answering(proper, address);
    const model = make(proper.model, context);
    expect(model).toMatchObject({ specificationVersion: 'v4', modelId: proper.model });
    expect(model.maxImagesPerCall).toBeGreaterThan(0);
  });
});
