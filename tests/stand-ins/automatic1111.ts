/** A stand-in for AUTOMATIC1111's web UI on 127.0.0.1: flat pictures, drawn at once or when told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { encodePng } from './png.ts';

export const CHECKPOINTS = ['v1-5-pruned-emaonly', 'sd_xl_base_1.0'];

/** A running stand-in. */
export interface Automatic1111StandIn {
  readonly port: number;
  /** `METHOD path` of each request, in the order of arrival. */
  readonly asked: readonly string[];
  /** The bodies of what was to be drawn. */
  readonly drawings: readonly Drawing[];
  /** From now on it draws until told to finish. */
  hold(): void;
  /** How far it says that it is, from 0 to 1. */
  setProgress(fraction: number): void;
  /** Ends what is being drawn, and draws at once again. */
  finish(): void;
  /** What the next drawing gets in place of pictures. */
  failNext(status: number, body: unknown): void;
  close(): Promise<void>;
}

export interface Drawing {
  prompt: string;
  batch_size: number;
  width: number;
  height: number;
  init_images?: string[];
  override_settings: { sd_model_checkpoint: string };
}

interface State {
  asked: string[];
  drawings: Drawing[];
  progress: number;
  failures: { status: number; body: unknown }[];
  held: PromiseWithResolvers<void> | undefined;
  drawn: number;
}

/** Starts it on any free port. */
export async function startAutomatic1111(): Promise<Automatic1111StandIn> {
  const state: State = {
    asked: [],
    drawings: [],
    progress: 0,
    failures: [],
    held: undefined,
    drawn: 0,
  };
  const server = createServer((request, response) => {
    answer(request, response, state).catch((error: unknown) => {
      send(response, 500, { error: 'Error', errors: String(error) });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    asked: state.asked,
    drawings: state.drawings,
    hold: () => void (state.held = Promise.withResolvers()),
    setProgress: (fraction) => void (state.progress = fraction),
    finish() {
      state.held?.resolve();
      state.held = undefined;
    },
    failNext: (status, body) => void state.failures.push({ status, body }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  state: State,
): Promise<void> {
  const path = (request.url ?? '').replace(/\?.*/u, '');
  state.asked.push(`${request.method} ${request.url}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  switch (path) {
    case '/sdapi/v1/sd-models':
      return send(response, 200, CHECKPOINTS.map(toModel));
    case '/sdapi/v1/progress':
      return send(response, 200, { progress: state.progress, eta_relative: 1, state: {} });
    case '/sdapi/v1/interrupt':
      return send(response, 200, {});
    case '/sdapi/v1/txt2img':
    case '/sdapi/v1/img2img':
      return draw(JSON.parse(Buffer.concat(chunks).toString()), response, state);
    default:
      return send(response, 404, { detail: 'Not Found' });
  }
}

async function draw(drawing: Drawing, response: ServerResponse, state: State): Promise<void> {
  state.drawings.push(drawing);
  const failure = state.failures.shift();
  if (failure) return send(response, failure.status, failure.body);
  await state.held?.promise;
  const images = Array.from({ length: drawing.batch_size }, () => {
    state.drawn += 1;
    return flatPicture(drawing, state.drawn).toString('base64');
  });
  send(response, 200, { images, parameters: {}, info: '{}' });
}

/** Each of another colour: the same bytes would be one picture. */
function flatPicture({ width, height }: Drawing, number: number): Buffer {
  const rgb = new Uint8Array(width * height * 3).fill((number * 53) % 256);
  return encodePng(width, height, rgb);
}

function toModel(name: string) {
  return { title: `${name}.safetensors [abc]`, model_name: name, filename: `/models/${name}` };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
