/** What is ComfyUI's own; what everything that makes pictures keeps is in `tests/picture-models.test.ts`. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProviderContext } from '@/lib/provider';
import { comfyUI } from '@/lib/providers/comfyui';
import { png } from '../../fixtures/pictures';
import { drawing, sentIn, type Asked } from '../../picture-answers';

const address = 'http://localhost:8188';

/** A server that answers each path as told. */
function server(answers: Record<string, () => Response>) {
  const asked: Asked[] = [];
  const context: ProviderContext = {
    settings: { address },
    key: '',
    fetch(url, init) {
      init.signal?.throwIfAborted();
      asked.push({ url: url.replace(address, ''), init });
      const path = new URL(url).pathname;
      return Promise.resolve(answers[path]?.() ?? new Response('', { status: 404 }));
    },
  };
  return { context, asked };
}

const queued = () => Response.json({ prompt_id: 'p', number: 1, node_errors: {} });
const done = () =>
  Response.json({
    p: {
      outputs: { shown: { images: [{ filename: 'a b.png', subfolder: 'x', type: 'temp' }] } },
      status: { status_str: 'success', completed: true, messages: [] },
    },
  });
const picture = () => new Response(png);
const all = { '/prompt': queued, '/history/p': done, '/view': picture };

/** A work of somebody else, as the queue has it. */
function another(number: number): unknown[] {
  return [number, `other-${number}`, {}];
}

async function workflowOf(changes: Parameters<typeof drawing>[0], checkpoint = 'v1-5') {
  const { context, asked } = server({
    ...all,
    '/upload/image': () => Response.json({ name: 'up.png', subfolder: '', type: 'temp' }),
  });
  await comfyUI.imageModel(checkpoint, context).doGenerate(drawing(changes));
  const request = asked.find(({ url }) => url === '/prompt');
  return { sent: request && (await sentIn(request)), asked };
}

const list = (ckptName: unknown) => {
  const about = { CheckpointLoaderSimple: { input: { required: { ckpt_name: ckptName } } } };
  const { context } = server({
    '/object_info/CheckpointLoaderSimple': () => Response.json(about),
  });
  return comfyUI.listModels?.(context, new AbortController().signal);
};

describe('a workflow', () => {
  it('draws so many pictures of the prompt, in the size and with the steps that suit the checkpoint', async () => {
    const { sent } = await workflowOf({ n: 3, seed: 7 }, 'flux1-dev.safetensors');
    expect(sent).toMatchObject({
      prompt: {
        checkpoint: { inputs: { ckpt_name: 'flux1-dev.safetensors' } },
        prompt: { inputs: { text: 'cat' } },
        start: {
          class_type: 'EmptyLatentImage',
          inputs: { width: 1024, height: 1024, batch_size: 3 },
        },
        drawn: { inputs: { seed: 7, cfg: 1, denoise: 1 } },
      },
    });
  });

  it('links only to nodes that are in it', async () => {
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: png }];
    for (const changes of [{}, { files }]) {
      const text = JSON.stringify((await workflowOf(changes)).sent);
      const links = [...text.matchAll(/\["(\w+)",\d\]/gu)].map(([, id]) => id);
      expect(links.length).toBeGreaterThan(7);
      for (const id of links) expect(text).toContain(`"${id}":{"class_type"`);
    }
  });

  it('takes the picture that is to be changed, which is sent before', async () => {
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: png }];
    const { sent, asked } = await workflowOf({ files });
    expect(asked.map(({ url }) => url).slice(0, 2)).toEqual(['/upload/image', '/prompt']);
    expect(asked[0] && (await sentIn(asked[0]))).toMatchObject({ type: 'temp' });
    expect(sent).toMatchObject({
      prompt: {
        source: { class_type: 'LoadImage', inputs: { image: 'up.png [temp]' } },
        drawn: { inputs: { denoise: 0.6 } },
      },
    });
  });

  it('is a new one each time', async () => {
    const [one, other] = [await workflowOf({}), await workflowOf({})];
    expect(one.sent).not.toEqual(other.sent);
  });
});

describe('while it draws', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks each second whether it is done, then fetches the picture', async () => {
    let isDone = false;
    const { context, asked } = server({
      ...all,
      '/history/p': () => (isDone ? done() : Response.json({})),
    });
    const drawn = comfyUI.imageModel('v1-5', context).doGenerate(drawing());
    await vi.advanceTimersByTimeAsync(2500);
    expect(asked.map(({ url }) => url)).toEqual(['/prompt', ...Array(3).fill('/history/p')]);
    isDone = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await drawn).images).toEqual([png]);
    expect(asked.at(-1)?.url).toBe('/view?filename=a+b.png&subfolder=x&type=temp');
  });

  it('tells how many works come before, until it is its turn, and asks no more then', async () => {
    const queues = [
      { queue_running: [another(1)], queue_pending: [another(2), another(9), [4, 'p', {}]] },
      { queue_running: [another(2)], queue_pending: [[4, 'p', {}], another(9)] },
      { queue_running: [[4, 'p', {}]], queue_pending: [another(9)] },
    ];
    const { context, asked } = server({
      ...all,
      '/history/p': () => Response.json({}),
      '/queue': () => Response.json(queues.shift()),
    });
    const seen: number[] = [];
    context.onTurn = (before) => seen.push(before);
    void comfyUI.imageModel('v1-5', context).doGenerate(drawing());
    await vi.advanceTimersByTimeAsync(5500);
    expect(seen).toEqual([2, 1, 0]);
    expect(asked.filter(({ url }) => url === '/queue')).toHaveLength(3);
  });

  it('draws also where the server does not tell its queue', async () => {
    let isDone = false;
    const { context } = server({
      ...all,
      '/history/p': () => (isDone ? done() : Response.json({})),
    });
    const seen: number[] = [];
    context.onTurn = (before) => seen.push(before);
    const drawn = comfyUI.imageModel('v1-5', context).doGenerate(drawing());
    await vi.advanceTimersByTimeAsync(500);
    isDone = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await drawn).images).toEqual([png]);
    expect(seen).toEqual([]);
  });

  it.each([
    ['interrupted, when it runs', [[1, 'p', {}]], ['/queue', '/queue', '/interrupt']],
    ['left alone, when it is the work of another', [[1, 'q', {}]], ['/queue', '/queue']],
  ])('is taken out of the queue when nobody waits any more, and %s', async (_, running, paths) => {
    const { context, asked } = server({
      ...all,
      '/history/p': () => Response.json({}),
      '/queue': () => Response.json({ queue_running: running, queue_pending: [] }),
      '/interrupt': () => new Response(),
    });
    const controller = new AbortController();
    const model = comfyUI.imageModel('v1-5', context);
    const drawn = model.doGenerate(drawing({ abortSignal: controller.signal }));
    await Promise.all([
      expect(drawn).rejects.toMatchObject({ name: 'AbortError' }),
      vi.advanceTimersByTimeAsync(1500).then(() => controller.abort()),
    ]);
    await vi.advanceTimersByTimeAsync(0);
    const after = asked.filter(({ url }) => !/prompt|history/u.test(url));
    expect(after.map(({ url }) => url)).toEqual(paths);
    expect(after[0] && (await sentIn(after[0]))).toEqual({ delete: ['p'] });
  });
});

describe('the list of models', () => {
  it.each([
    ['as older servers tell', [['sd15.safetensors', 'xl/sdxl.safetensors'], {}]],
    ['as newer servers tell', ['COMBO', { options: ['sd15.safetensors', 'xl/sdxl.safetensors'] }]],
  ])('has the checkpoints, %s', async (_, ckptName) => {
    const models = await list(ckptName);
    expect(models?.map(({ id, sizes }) => [id, sizes?.[0]])).toEqual([
      ['sd15.safetensors', '512x512'],
      ['xl/sdxl.safetensors', '1024x1024'],
    ]);
  });

  it('that is none fails in words', async () => {
    await expect(list(7)).rejects.toMatchObject({ data: { kind: 'bad-reply' } });
  });
});
