/** What all stand-ins have in common: they listen on 127.0.0.1, keep each request, and are told how to answer. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { makeCertificate } from './certificate.ts';
import type { Exchange } from './exchange.ts';
import { RequestLog, type RecordedRequest } from './request-log.ts';

/** How a stand-in is started. */
export interface ServerOptions {
  /** Any free port unless told. */
  port?: number;
  /** Names that its certificate is for; plain http without. */
  hosts?: readonly string[] | undefined;
  /** Silence between two pieces of an answer, in milliseconds (0 unless told). */
  gapMs?: number;
}

/** A running stand-in. */
export interface StandIn {
  readonly port: number;
  /** PEM of the self-signed certificate; undefined without TLS. */
  readonly certificate: string | undefined;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** The first request, past or to come, of which this is true; asked again as its fields change. */
  waitForRequest(
    predicate: (request: RecordedRequest) => boolean,
    timeoutMs?: number,
  ): Promise<RecordedRequest>;
  /** Stops, destroying open connections. */
  close(): Promise<void>;
}

/** A behaviour for now, and those that come before it. */
export class Plan<T> {
  readonly next: T[] = [];
  always: T;

  constructor(always: T) {
    this.always = always;
  }

  take(): T {
    return this.next.shift() ?? this.always;
  }
}

/** Starts a stand-in; an answer must be at its end when `answer` is done. */
export async function startServer(
  { port = 0, hosts, gapMs = 0 }: ServerOptions,
  answer: (exchange: Exchange) => void | Promise<void>,
): Promise<StandIn> {
  const log = new RequestLog();
  const scheme = hosts ? 'https' : 'http';
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    record(request, response, log)
      .then((recorded) => answer({ ...recorded, response, gapMs, scheme }))
      .catch((error: unknown) => {
        // A client that goes away while it is being answered is one of the cases under test.
        if (response.destroyed) return;
        console.error('The stand-in failed', error);
        response.destroy();
      });
  };
  const certificate = hosts && (await makeCertificate(hosts));
  const server = certificate ? createTlsServer(certificate, listener) : createServer(listener);
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  await listening;
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    certificate: certificate?.cert,
    requests: log.requests,
    waitForRequest: (predicate, timeoutMs = 30_000) => log.waitFor(predicate, timeoutMs),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function record(
  request: IncomingMessage,
  response: ServerResponse,
  log: RequestLog,
): Promise<Pick<Exchange, 'request' | 'signal'>> {
  const body = await buffer(request);
  const recorded: RecordedRequest = {
    at: Date.now(),
    host: (request.headers.host ?? '').replace(/:\d+$/u, ''),
    method: request.method ?? '',
    path: request.url ?? '/',
    headers: request.headers,
    body: body.toString('utf8'),
    get status() {
      return response.headersSent ? response.statusCode : undefined;
    },
  };
  const over = new AbortController();
  // Node tells a broken connection from a client that left in no other way (behaviour "cut").
  let isOurs = false;
  const destroy = response.destroy.bind(response);
  response.destroy = (error) => {
    isOurs = true;
    return destroy(error);
  };
  response.once('finish', () => {
    recorded.answeredAt = Date.now();
  });
  response.once('close', () => {
    if (recorded.answeredAt === undefined && !isOurs) recorded.closedByClientAt = Date.now();
    over.abort();
    log.changed(recorded);
  });
  log.add(recorded);
  return { request: recorded, signal: over.signal };
}
