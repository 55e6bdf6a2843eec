/** What is AUTOMATIC1111's own; what everything that makes pictures keeps is in `tests/picture-models.test.ts`. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { automatic1111 } from '@/lib/providers/automatic1111';
import type { ProviderContext } from '@/lib/provider';
import { png } from '../../fixtures/pictures';
import { answering, drawing, pictureAnswers, sentIn } from '../../picture-answers';

const address = 'http://localhost:7860';
const base64 = Buffer.from(png).toString('base64');
const [proper] = pictureAnswers('automatic1111').filter(({ name }) => name === 'picture');

function served(key = '') {
  if (!proper) throw new Error('no picture is recorded');
  return answering(proper, address, { key });
}

const list = (body: unknown) => {
  const context: ProviderContext = {
    settings: { address },
    key: '',
    fetch: () => Promise.resolve(Response.json(body)),
  };
  return automatic1111.listModels?.(context, new AbortController().signal);
};

/** A server that draws until told, and answers meanwhile how far it is. */
function drawingServer(answers: (() => Response)[]) {
  const finished = Promise.withResolvers<Response>();
  const asked: string[] = [];
  const told: number[] = [];
  const context: ProviderContext = {
    settings: { address },
    key: '',
    onProgress: (fraction) => told.push(fraction),
    fetch(url, { signal }) {
      const path = url.replace(`${address}/sdapi/v1/`, '');
      asked.push(path);
      if (path.startsWith('progress'))
        return Promise.resolve(answers.shift()?.() ?? new Response());
      if (path === 'interrupt') return Promise.resolve(new Response());
      signal?.addEventListener('abort', () => finished.reject(signal.reason));
      return finished.promise;
    },
  };
  const finish = () => finished.resolve(Response.json({ images: [base64] }));
  return { context, asked, told, finish };
}

const far = (progress: number) => () => Response.json({ progress, eta_relative: 1, state: {} });

describe('a request', () => {
  it('names the checkpoint, how many pictures and the size that it draws well', async () => {
    const { context, asked } = served();
    await automatic1111.imageModel('sdxl-base', context).doGenerate(drawing({ n: 2 }));
    expect(asked.map(({ url, init }) => [url, init.method])).toEqual([
      [`${address}/sdapi/v1/txt2img`, 'POST'],
    ]);
    expect(asked[0] && (await sentIn(asked[0]))).toEqual({
      prompt: 'cat',
      batch_size: 2,
      width: 1024,
      height: 1024,
      override_settings: { sd_model_checkpoint: 'sdxl-base' },
    });
  });

  it('takes the size that was chosen, and a picture that is to be changed', async () => {
    const { context, asked } = served();
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: png }];
    const options = drawing({ size: '768x512', files });
    await automatic1111.imageModel('v1-5', context).doGenerate(options);
    expect(asked[0]?.url).toBe(`${address}/sdapi/v1/img2img`);
    expect(asked[0] && (await sentIn(asked[0]))).toMatchObject({
      width: 768,
      height: 512,
      init_images: [base64],
      denoising_strength: 0.6,
    });
  });

  it('carries user and password where they are set', async () => {
    const { context, asked } = served('me:s3cret');
    await automatic1111.imageModel('v1-5', context).doGenerate(drawing());
    expect(new Headers(asked[0]?.init.headers).get('authorization')).toBe('Basic bWU6czNjcmV0');
  });
});

describe('the list of models', () => {
  it('has the checkpoints, with the sizes that each draws well', async () => {
    const models = await list([
      { title: 'v1-5.safetensors [6ce0]', model_name: 'v1-5', filename: '/m/v1-5.safetensors' },
      { title: 'sd_xl_base', model_name: 'sd_xl_base_1.0', filename: '/m/xl' },
      { title: 'nameless' },
    ]);
    expect(models?.map(({ id, sizes }) => [id, sizes?.[0]])).toEqual([
      ['v1-5', '512x512'],
      ['sd_xl_base_1.0', '1024x1024'],
    ]);
    expect(models?.[0]).toMatchObject({ output: 'image', seesImages: true, mostImages: 4 });
  });

  it('that is none fails in words', async () => {
    await expect(list({ detail: 'no' })).rejects.toMatchObject({ data: { kind: 'bad-reply' } });
  });
});

describe('while it draws', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('says each second how far it is, until the picture is there', async () => {
    const { context, asked, told, finish } = drawingServer([far(0), far(0.25), far(1.2)]);
    const drawn = automatic1111.imageModel('v1-5', context).doGenerate(drawing());
    await vi.advanceTimersByTimeAsync(3000);
    expect(told).toEqual([0.25, 1]);
    finish();
    expect((await drawn).images).toEqual([png]);
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(before);
    expect(asked.at(-1)).toBe('progress?skip_current_image=true');
  });

  it('needs no answer to that', async () => {
    const { context, told, finish } = drawingServer([() => new Response('no', { status: 404 })]);
    const drawn = automatic1111.imageModel('v1-5', context).doGenerate(drawing());
    await vi.advanceTimersByTimeAsync(5000);
    finish();
    expect((await drawn).images).toEqual([png]);
    expect(told).toEqual([]);
  });

  it('is told to stop when nobody waits any more', async () => {
    const { context, asked } = drawingServer([far(0.1)]);
    const controller = new AbortController();
    const model = automatic1111.imageModel('v1-5', context);
    const drawn = model.doGenerate(drawing({ abortSignal: controller.signal }));
    controller.abort();
    await expect(drawn).rejects.toMatchObject({ name: 'AbortError' });
    expect(asked).toContain('interrupt');
  });
});

it('cannot chat, and says so', async () => {
  const { context } = served();
  const chat = automatic1111.languageModel('v1-5', context).doStream({ prompt: [] });
  await expect(chat).rejects.toMatchObject({ data: { kind: 'unsupported' } });
});
