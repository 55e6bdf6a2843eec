/** ComfyUI: flat pictures, drawn at once, or after the works of others. */
import { sendWhole, type Exchange } from './exchange.ts';
import { sendJson, startModelService, type ModelStandIn } from './model-server.ts';
import { encodePng } from './png.ts';

export const CHECKPOINT = 'v1-5-pruned-emaonly.safetensors';

/** A running stand-in, and what it is told. */
export interface ComfyStandIn extends ModelStandIn {
  /** From now on so many works of others come before each new one. */
  queueBehind(works: number): void;
  /** Ends all works. */
  finish(): void;
}

/** The width and height that it draws in, whatever it is asked for. */
const SIDE = 64;

/** Starts it on any free port. */
export async function startComfyUI(): Promise<ComfyStandIn> {
  let others = 0;
  const waiting = new Set<string>();
  let drawn = 0;
  const tells: Record<string, unknown> = {
    'GET /object_info/CheckpointLoaderSimple': {
      CheckpointLoaderSimple: { input: { required: { ckpt_name: [[CHECKPOINT]] } } },
    },
    get 'GET /queue'() {
      const works = Array.from({ length: others }, (_, index) => [index, `other-${index}`]);
      const own = [...waiting].map((id) => [others, id]);
      return { queue_running: works.slice(0, 1), queue_pending: [...own, ...works.slice(1)] };
    },
    'POST /queue': {},
    'POST /interrupt': {},
  };

  function draw(exchange: Exchange): void {
    if (exchange.request.path.startsWith('/view')) {
      drawn += 1;
      sendWhole(exchange, 200, { 'content-type': 'image/png' }, flatPicture(drawn));
      return;
    }
    const id = crypto.randomUUID();
    if (others > 0) waiting.add(id);
    Object.defineProperty(tells, `GET /history/${id}`, {
      get: () => (waiting.has(id) ? {} : { [id]: DONE }),
    });
    sendJson(exchange, 200, { prompt_id: id, number: others, node_errors: {} });
  }

  const service = await startModelService(
    {
      folder: 'comfyui',
      tells,
      prompts: [{ at: /^POST \/prompt$|^GET \/view$/u, usual: 'picture' }],
      refuses: ({ headers: { origin, host } }) =>
        origin === undefined || URL.parse(origin)?.host === host ? undefined : 'foreign-origin',
      nowhere: '404',
    },
    { always: draw },
  );
  return {
    ...service,
    queueBehind: (works) => void (others = works),
    finish() {
      others = 0;
      waiting.clear();
    },
  };
}

const DONE = {
  outputs: { shown: { images: [{ filename: 'drawn.png', subfolder: '', type: 'temp' }] } },
  status: { status_str: 'success', completed: true, messages: [] },
};

/** Each of another colour: the same bytes would be one picture. */
function flatPicture(number: number): Buffer {
  return encodePng(SIDE, SIDE, new Uint8Array(SIDE * SIDE * 3).fill((number * 53) % 256));
}
