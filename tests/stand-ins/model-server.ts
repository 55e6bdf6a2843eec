/**
 * A service that answers with what is recorded of it in `fixtures/`, piece by piece, and misbehaves on
 * demand. What one has that others have not stands in a file of its own.
 */
import { recordedAnswers, type RecordedAnswer } from '../recorded.ts';
import { breakOff, pause, sendWhole, untilClosed, write, type Exchange } from './exchange.ts';
import type { RecordedRequest } from './request-log.ts';
import { Plan, startServer, type ServerOptions, type StandIn } from './server.ts';

/** The key that the services take. */
export const KEY = 'stand-in:0123456789wxyz';

/** What tells one service from the next. Requests are named by method and path, without the query. */
export interface ModelService {
  /** The host that it is in the world, reached by TLS; a program on this computer has none. */
  host?: string;
  /** Where its answers are, in `fixtures/`. */
  folder: string;
  /** What it tells without a prompt, as JSON. */
  tells: Record<string, unknown>;
  /** Where it takes prompts, with the answer that it usually gives, and where that is if elsewhere. */
  prompts: { at: RegExp; usual: string; folder?: string }[];
  /** The recorded answer to a request that it does not take. */
  refuses?: (request: RecordedRequest) => string | undefined;
  /** The recorded answer where it has nothing. */
  nowhere: string;
}

/** What a prompt gets. */
export type ModelBehaviour =
  | {
      /** Name of the recorded answer; the usual one unless told. */
      answer?: string;
      /** Headers beside the recorded ones, such as `retry-after`. */
      headers?: Record<string, string>;
      /** One that breaks off is silent before, until this settles or the client leaves. */
      breaksOff?: Promise<unknown>;
    }
  /** JSON of which nothing is recorded. */
  | { status: number; headers?: Record<string, string>; body: unknown }
  /** Whatever it does; the answer must be at its end when this is done. */
  | ((exchange: Exchange) => void | Promise<void>);

/** A running service, and what it is told. */
export interface ModelStandIn extends StandIn {
  /** What the next prompts get, one each. */
  answerNext(...behaviours: ModelBehaviour[]): void;
}

/** Starts it on 127.0.0.1; `always` is what prompts get of which nothing was told. */
export async function startModelService(
  service: ModelService,
  { always = {}, ...options }: ServerOptions & { always?: ModelBehaviour } = {},
): Promise<ModelStandIn> {
  const plan = new Plan<ModelBehaviour>(always);
  const hosts = service.host === undefined ? undefined : [service.host];
  const server = await startServer({ hosts, ...options }, (exchange) =>
    handle(exchange, service, plan),
  );
  return { ...server, answerNext: (...behaviours) => void plan.next.push(...behaviours) };
}

async function handle(
  exchange: Exchange,
  service: ModelService,
  plan: Plan<ModelBehaviour>,
): Promise<void> {
  const { request } = exchange;
  const name = `${request.method} ${request.path.replace(/\?.*/u, '')}`;
  const place = service.prompts.find(({ at }) => at.test(name));
  const refusal = service.refuses?.(request);
  if (refusal) return send(exchange, recorded(service.folder, refusal));
  const told = service.tells[name];
  if (told) return sendJson(exchange, 200, told);
  if (!place) return send(exchange, recorded(service.folder, service.nowhere));
  const behaviour = plan.take();
  if (typeof behaviour === 'function') return behaviour(exchange);
  if ('body' in behaviour) {
    return sendJson(exchange, behaviour.status, behaviour.body, behaviour.headers);
  }
  const { answer = place.usual, headers, breaksOff } = behaviour;
  const found = recorded(place.folder ?? service.folder, answer);
  return send(exchange, { ...found, headers: { ...found.headers, ...headers } }, breaksOff);
}

/** Sends a value as JSON, at once. */
export function sendJson(
  exchange: Exchange,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  const type = { 'content-type': 'application/json' };
  sendWhole(exchange, status, { ...type, ...headers }, JSON.stringify(value));
}

/** The answer as it was recorded: the story compares with what it is known to say. */
export function recorded(folder: string, name: string): RecordedAnswer {
  const found = recordedAnswers(folder).find((answer) => answer.name === name);
  if (!found) throw new Error(`No answer ${folder}/${name} is recorded`);
  return found;
}

/** Event by event, as services do. */
async function send(
  exchange: Exchange,
  { status, headers, body, isCut }: RecordedAnswer,
  breaksOff?: Promise<unknown>,
): Promise<void> {
  const { response, signal, gapMs } = exchange;
  response.writeHead(status, headers).flushHeaders();
  const pieces = Buffer.from(body)
    .toString('latin1')
    .split(/(?<=\n\n)/u);
  for (const piece of pieces) {
    if (!(await write(exchange, Buffer.from(piece, 'latin1')))) return;
    if (!(await pause(gapMs, signal))) return;
  }
  if (!isCut) return void response.end();
  await Promise.race([breaksOff, untilClosed(signal)]);
  return breakOff(exchange);
}
