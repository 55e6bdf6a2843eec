/**
 * A stand-in for AI-Chats.org on 127.0.0.1, for practice and for tests. It speaks the service's
 * protocol as far as that is known, and misbehaves on demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Behaviour, PictureBehaviour } from './behaviours.ts';
import { makeCertificate, type Certificate } from './certificate.ts';
import { isHuman, performChat } from './chat-behaviour.ts';
import { CHAT_PATH, IMAGE_HOST, sendWhole, type Exchange } from './exchange.ts';
import { performPicture } from './picture-behaviour.ts';
import { sendPassed, sendSite } from './practice-pages.ts';
import { RequestLog, type RecordedRequest } from './request-log.ts';

export type { Behaviour, PictureBehaviour, RawChunk, TextOptions } from './behaviours.ts';
export type { RecordedRequest } from './request-log.ts';
export { CHAT_PATH, IMAGE_HOST } from './exchange.ts';
export { frame } from './frame.ts';
export { stepped, type SteppedText } from './stepped.ts';

/** The site's own host. */
export const SITE_HOST = 'ai-chats.org';

/** How the stand-in is started. */
export interface AiChatsOptions {
  /** Any free port unless told. */
  port?: number;
  /** False for plain http. */
  tls?: boolean;
  /** Silence between the words of the practice answer: 20 ms unless told. */
  gapMs?: number;
  /** Pass the human check by a button on the site's page (as told nothing) or by opening it. */
  humanCheck?: 'button' | 'visit';
}

/** A running stand-in. */
export interface AiChatsStandIn {
  readonly port: number;
  /** PEM of the self-signed certificate; undefined without TLS. */
  readonly certificate: string | undefined;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** What the next POSTs to /chat/send2/ get, one each. */
  answerNext(...behaviours: Behaviour[]): void;
  /** What they get when nothing is queued. */
  answerAlways(behaviour: Behaviour): void;
  /** What the next requests to the image host get, one each. */
  pictureNext(...behaviours: PictureBehaviour[]): void;
  /** What they get when nothing is queued. */
  pictureAlways(behaviour: PictureBehaviour): void;
  /** The first request, past or to come, of which this is true; asked again as its fields change. */
  waitForRequest(
    predicate: (request: RecordedRequest) => boolean,
    timeoutMs?: number,
  ): Promise<RecordedRequest>;
  /** Stops, destroying open connections. */
  close(): Promise<void>;
}

/** A behaviour for now, and those that come before it. */
class Plan<T> {
  readonly next: T[] = [];
  always: T;

  constructor(always: T) {
    this.always = always;
  }

  take(): T {
    return this.next.shift() ?? this.always;
  }
}

interface Service {
  log: RequestLog;
  chat: Plan<Behaviour>;
  picture: Plan<PictureBehaviour>;
  gapMs: number;
  scheme: 'http' | 'https';
  passesByVisit: boolean;
}

async function record(
  request: IncomingMessage,
  response: ServerResponse,
  service: Service,
): Promise<Exchange> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const recorded: RecordedRequest = {
    at: Date.now(),
    host: (request.headers.host ?? '').replace(/:\d+$/u, ''),
    method: request.method ?? '',
    path: request.url ?? '/',
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
  const over = new AbortController();
  // Node tells a broken connection from a client that left in no other way (behaviour "cut").
  let isOurs = false;
  const destroy = response.destroy.bind(response);
  response.destroy = (error) => {
    isOurs = true;
    return destroy(error);
  };
  response.once('finish', () => (recorded.answeredAt = Date.now()));
  response.once('close', () => {
    if (recorded.answeredAt === undefined && !isOurs) recorded.closedByClientAt = Date.now();
    over.abort();
    service.log.changed(recorded);
  });
  service.log.add(recorded);
  const { gapMs, scheme } = service;
  return { request: recorded, response, signal: over.signal, gapMs, scheme };
}

async function handle(exchange: Exchange, service: Service): Promise<void> {
  const { host, method, path } = exchange.request;
  const where = path.replace(/\?.*/u, '');
  // Clients that cannot choose their Host header reach both hosts at 127.0.0.1, by the path.
  const isLocal = host === '127.0.0.1' || host === 'localhost';
  if (host === IMAGE_HOST || (isLocal && where.startsWith('/pictures/'))) {
    return performPicture(service.picture.take(), exchange);
  }
  if (!isLocal && host !== SITE_HOST && !host.endsWith(`.${SITE_HOST}`)) {
    return sendWhole(exchange, 421, {}, `No such host here: ${host}`);
  }
  if (method === 'POST' && where === CHAT_PATH) return performChat(service.chat.take(), exchange);
  const secure = service.scheme === 'https';
  if (method === 'POST' && where === '/human/') return sendPassed(exchange.response, secure);
  if (method === 'GET' && ['/', '/chat/', '/image/'].includes(where)) {
    const passesNow = service.passesByVisit;
    const known = passesNow || isHuman(exchange);
    return sendSite(exchange.response, { secure, isHuman: known, passesNow });
  }
  sendWhole(exchange, method === 'GET' ? 404 : 405, {}, 'Not found');
}

/** Starts the stand-in on 127.0.0.1. */
export async function startAiChats(options: AiChatsOptions = {}): Promise<AiChatsStandIn> {
  const { port = 0, tls = true, gapMs = 20, humanCheck = 'button' } = options;
  const service: Service = {
    log: new RequestLog(),
    chat: new Plan<Behaviour>({ kind: 'default' }),
    picture: new Plan<PictureBehaviour>({ kind: 'default' }),
    gapMs,
    scheme: tls ? 'https' : 'http',
    passesByVisit: humanCheck === 'visit',
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    record(request, response, service)
      .then((exchange) => handle(exchange, service))
      .catch((error: unknown) => {
        // A client that goes away while it is being answered is one of the cases under test.
        if (response.destroyed) return;
        console.error('The stand-in failed', error);
        response.destroy();
      });
  };
  let certificate: Certificate | undefined;
  if (tls) certificate = await makeCertificate([SITE_HOST, `*.${SITE_HOST}`, IMAGE_HOST]);
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  await listening;
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    certificate: certificate?.cert,
    requests: service.log.requests,
    answerNext: (...behaviours) => void service.chat.next.push(...behaviours),
    answerAlways: (behaviour) => void (service.chat.always = behaviour),
    pictureNext: (...behaviours) => void service.picture.next.push(...behaviours),
    pictureAlways: (behaviour) => void (service.picture.always = behaviour),
    waitForRequest: (predicate, timeoutMs = 10_000) => service.log.waitFor(predicate, timeoutMs),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
