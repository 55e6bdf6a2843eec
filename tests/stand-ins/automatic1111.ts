/** AUTOMATIC1111's web UI: flat pictures, drawn at once or when told. */
import { untilClosed, type Exchange } from './exchange.ts';
import { sendJson, startModelService, type ModelStandIn } from './model-server.ts';
import { encodePng } from './png.ts';

export const CHECKPOINTS = ['v1-5-pruned-emaonly', 'sd_xl_base_1.0'];

/** A running stand-in, and what it is told. */
export interface Automatic1111StandIn extends ModelStandIn {
  /** The bodies of what it drew or draws. */
  readonly drawings: readonly Drawing[];
  /** From now on it draws until told to finish. */
  hold(): void;
  /** How far it says that it is, from 0 to 1. */
  setProgress(fraction: number): void;
  /** Ends what is being drawn, and draws at once again. */
  finish(): void;
}

export interface Drawing {
  prompt: string;
  batch_size: number;
  width: number;
  height: number;
  init_images?: string[];
  override_settings: { sd_model_checkpoint: string };
}

/** Starts it on any free port; with a `key` (user:password), as with `--api-auth`. */
export async function startAutomatic1111({
  key,
}: { key?: string } = {}): Promise<Automatic1111StandIn> {
  const drawings: Drawing[] = [];
  const expected = key === undefined ? undefined : `Basic ${btoa(key)}`;
  let progress = 0;
  let held: PromiseWithResolvers<void> | undefined;
  let drawn = 0;

  async function draw(exchange: Exchange): Promise<void> {
    const drawing: Drawing = JSON.parse(exchange.request.body);
    drawings.push(drawing);
    await Promise.race([held?.promise, untilClosed(exchange.signal)]);
    if (exchange.signal.aborted) return;
    const images = Array.from({ length: drawing.batch_size }, () => {
      drawn += 1;
      return flatPicture(drawing, drawn).toString('base64');
    });
    sendJson(exchange, 200, { images, parameters: {}, info: '{}' });
  }

  const service = await startModelService(
    {
      folder: 'automatic1111',
      tells: {
        'GET /sdapi/v1/sd-models': CHECKPOINTS.map(toModel),
        get 'GET /sdapi/v1/progress'() {
          return { progress, eta_relative: 1, state: {} };
        },
        'POST /sdapi/v1/interrupt': {},
      },
      prompts: [{ at: /^POST \/sdapi\/v1\/(?:txt|img)2img$/u, usual: 'picture' }],
      refuses: ({ headers }) =>
        expected === undefined || headers.authorization === expected ? undefined : 'password',
      nowhere: 'no-api',
    },
    { always: draw },
  );
  return {
    ...service,
    drawings,
    hold: () => void (held = Promise.withResolvers()),
    setProgress: (fraction) => void (progress = fraction),
    finish() {
      held?.resolve();
      held = undefined;
    },
  };
}

/** Each of another colour: the same bytes would be one picture. */
function flatPicture({ width, height }: Drawing, number: number): Buffer {
  const rgb = new Uint8Array(width * height * 3).fill((number * 53) % 256);
  return encodePng(width, height, rgb);
}

function toModel(name: string) {
  return { title: `${name}.safetensors [abc]`, model_name: name, filename: `/models/${name}` };
}
