/**
 * ComfyUI: a workflow is queued, and its pictures are fetched once it is done.
 * https://docs.comfy.org/development/comfyui-server/comms_routes
 */
import type { ImageModelV4, ImageModelV4File } from '@ai-sdk/provider';
import { ProviderError } from '../errors';
import { drawingWorkflow } from '../protocols/comfy-workflow';
import { sizesOf } from '../protocols/diffusion';
import { noChat } from '../protocols/no-chat';
import type { Provider, ProviderContext, ProviderDescription } from '../provider';
import { decodeImage, downloadImage } from '../stream/image';
import { isObject, readJson } from '../stream/json';
import { listAt, numberAt, textAt } from '../stream/json-fields';
import { pause } from '../stream/pause';

/** Milliseconds between two questions whether the workflow is done. */
const ASK_EVERY = 1000;
const MOST = 4;

const description: ProviderDescription = {
  id: 'comfyui',
  name: 'ComfyUI',
  kind: 'local',
  homePage: 'https://docs.comfy.org',
  models: [],
  hosts: [],
  usesCookies: false,
  fields: [{ id: 'address', default: 'http://localhost:8188' }],
  headerRules: [],
};

export const comfyUI: Provider = {
  description,

  languageModel: (modelId) => noChat(description.id, modelId),

  imageModel(modelId, context): ImageModelV4 {
    return {
      specificationVersion: 'v4',
      provider: description.id,
      modelId,
      maxImagesPerCall: MOST,
      async doGenerate({ prompt = '', n, size, seed, files, abortSignal }) {
        const timestamp = new Date();
        const [file] = files ?? [];
        const [width = 0, height = 0] = (size ?? sizesOf(modelId)[0] ?? '').split('x').map(Number);
        const workflow = drawingWorkflow({
          checkpoint: modelId,
          prompt,
          seed: seed ?? Math.floor(Math.random() * 2 ** 48),
          count: n,
          width,
          height,
          ...(file && { source: await upload(context, file, abortSignal) }),
        });
        return {
          images: await draw(context, workflow, abortSignal),
          warnings: [],
          response: { timestamp, modelId, headers: undefined },
        };
      },
    };
  },

  async listModels(context, signal) {
    const answer = await readJson(
      await ask(context, '/object_info/CheckpointLoaderSimple', { signal }),
    );
    return checkpointsIn(answer).map((id) => ({
      id,
      output: 'image',
      sizes: sizesOf(id),
      mostImages: MOST,
      seesImages: true,
    }));
  },
};

/** Queues the workflow and waits for its pictures. Aborted, it takes it out of the queue again. */
async function draw(
  context: ProviderContext,
  workflow: unknown,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const queued = await readJson(
    await ask(context, '/prompt', {
      method: 'POST',
      body: JSON.stringify({ prompt: workflow }),
      ...(signal && { signal }),
    }),
  );
  const id = isObject(queued) ? queued['prompt_id'] : undefined;
  if (typeof id !== 'string') {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(queued) });
  }
  try {
    const places = await waitFor(context, id, signal);
    const images: Uint8Array[] = [];
    for (const place of places) {
      const url = `${context.settings['address']}/view?${new URLSearchParams(place).toString()}`;
      images.push(await downloadImage(context.fetch, url, signal));
    }
    return images;
  } catch (error) {
    // The server would draw on for nobody. Whether it hears of it changes nothing here.
    if (signal?.aborted) void cancel(context, id).catch(() => undefined);
    throw error;
  }
}

/**
 * Where the workflow's pictures lie, once it is done. How far a picture is, the server tells over a
 * socket alone, which it refuses to every Origin but its own (`create_origin_only_middleware` in
 * https://github.com/comfyanonymous/ComfyUI/blob/master/server.py); the rules that set Origin do not
 * reach an extension's sockets (measured in Chromium 156). So only its turn is told.
 */
async function waitFor(
  context: ProviderContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<Record<string, string>[]> {
  let hasMore = true;
  for (;;) {
    const history = await readJson(await ask(context, `/history/${id}`, signal ? { signal } : {}));
    const entry = isObject(history) ? history[id] : undefined;
    if (isObject(entry)) {
      const status = isObject(entry['status']) ? entry['status'] : {};
      if (status['status_str'] === 'error') throw troubleOf(status['messages']);
      return placesIn(entry['outputs']);
    }
    hasMore &&= await tellTurn(context, id, signal);
    await pause(ASK_EVERY, signal);
  }
}

/** Answers whether there is more to tell. What goes wrong here is no trouble of the picture. */
async function tellTurn(
  context: ProviderContext,
  id: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (!context.onTurn) return false;
  try {
    const before = placeIn(await readQueue(context, signal), id);
    context.onTurn(before);
    return before > 0;
  } catch {
    // The place of the picture goes on to say for how long it takes.
    return false;
  }
}

/** What the server does and what it will do, each as its number in the queue and its id. */
interface Queue {
  running: Queued[];
  pending: Queued[];
}
type Queued = [number: number, id: string];

async function readQueue(
  context: ProviderContext,
  signal: AbortSignal | undefined,
): Promise<Queue> {
  const queue = await readJson(await ask(context, '/queue', signal ? { signal } : {}));
  const listed = (name: string) =>
    listAt(queue, name).map((one): Queued => [numberAt(one, 0) ?? 0, textAt(one, 1)]);
  return { running: listed('queue_running'), pending: listed('queue_pending') };
}

/** How many come before the workflow. The server's list is a heap: its order says nothing. */
function placeIn({ running, pending }: Queue, id: string): number {
  const own = pending.find((one) => one[1] === id);
  return own ? running.length + pending.filter(([number]) => number < own[0]).length : 0;
}

/** A workflow that runs is interrupted only if it is this one: others may share the server. */
async function cancel(context: ProviderContext, id: string): Promise<void> {
  const post = (path: string, body: unknown) =>
    ask(context, path, { method: 'POST', body: JSON.stringify(body) });
  await post('/queue', { delete: [id] });
  const { running } = await readQueue(context, undefined);
  if (running.some((one) => one[1] === id)) await post('/interrupt', { prompt_id: id });
}

/** Gives the server a picture that is to be changed; answers its name there. */
async function upload(
  context: ProviderContext,
  file: ImageModelV4File,
  signal: AbortSignal | undefined,
): Promise<string> {
  const bytes =
    file.type === 'url'
      ? await downloadImage(context.fetch, file.url, signal)
      : typeof file.data === 'string'
        ? decodeImage(file.data)
        : new Uint8Array(file.data);
  const body = new FormData();
  body.append('image', new Blob([bytes]), `aside-${crypto.randomUUID()}.png`);
  body.append('type', 'temp');
  const answer = await readJson(
    await ask(context, '/upload/image', { method: 'POST', body, ...(signal && { signal }) }),
  );
  const name = isObject(answer) ? answer['name'] : undefined;
  if (typeof name !== 'string') {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(answer) });
  }
  return `${name} [temp]`;
}

function ask(
  { fetch, settings }: ProviderContext,
  path: string,
  init: RequestInit,
): Promise<Response> {
  const isJson = typeof init.body === 'string';
  return fetch(`${settings['address']}${path}`, {
    ...init,
    headers: { accept: 'application/json', ...(isJson && { 'content-type': 'application/json' }) },
  });
}

/** `{ CheckpointLoaderSimple: { input: { required: { ckpt_name: [["a.safetensors", …]] } } } }` */
function checkpointsIn(answer: unknown): string[] {
  let found: unknown = answer;
  for (const name of ['CheckpointLoaderSimple', 'input', 'required', 'ckpt_name']) {
    found = isObject(found) ? found[name] : undefined;
  }
  const names: unknown = Array.isArray(found) ? found[0] : undefined;
  // Newer servers: `["COMBO", { options: ["a.safetensors", …] }]`.
  const about: unknown = Array.isArray(found) ? found[1] : undefined;
  const list = names === 'COMBO' && isObject(about) ? about['options'] : names;
  if (!Array.isArray(list)) {
    throw new ProviderError({ kind: 'bad-reply', detail: JSON.stringify(answer) });
  }
  return list.filter((name) => typeof name === 'string');
}

/** What the server tells of a workflow that failed: pairs of an event and what it is about. */
function troubleOf(messages: unknown): ProviderError {
  const events: unknown[] = Array.isArray(messages) ? messages : [];
  const details = events.flatMap((event) => {
    const about: unknown = Array.isArray(event) ? event[1] : undefined;
    const words = isObject(about) ? about['exception_message'] : undefined;
    return typeof words === 'string' ? words : [];
  });
  const [detail] = details;
  return new ProviderError({ kind: 'server-fault', ...(detail && { detail }) });
}

/** `{ "7": { images: [{ filename, subfolder, type }] } }` */
function placesIn(outputs: unknown): Record<string, string>[] {
  const nodes = isObject(outputs) ? Object.values(outputs) : [];
  return nodes.flatMap((node) => {
    const images: unknown[] = isObject(node) && Array.isArray(node['images']) ? node['images'] : [];
    return images.flatMap((image) => {
      if (!isObject(image) || typeof image['filename'] !== 'string') return [];
      const { filename, subfolder = '', type = 'output' } = image;
      return { filename, subfolder: String(subfolder), type: String(type) };
    });
  });
}
