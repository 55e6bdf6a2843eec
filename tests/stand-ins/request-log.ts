import type { IncomingHttpHeaders } from 'node:http';

/** What is kept of a request; times in milliseconds since 1970. */
export interface RecordedRequest {
  at: number;
  /** The Host header without the port. */
  host: string;
  method: string;
  /** With the query. */
  path: string;
  /** Names in lower case; `origin`, `referer` and `cookie` among them when they were sent. */
  headers: IncomingHttpHeaders;
  body: string;
  /** The status of the answer, once its head was sent. */
  readonly status?: number | undefined;
  /** When the whole answer had been handed to the network. */
  answeredAt?: number;
  /** When the client closed before the answer was complete. */
  closedByClientAt?: number;
}

interface Waiter {
  predicate: (request: RecordedRequest) => boolean;
  resolve: (request: RecordedRequest) => void;
  timer: NodeJS.Timeout;
}

/** The list of requests, and who waits for one. */
export class RequestLog {
  readonly requests: RecordedRequest[] = [];
  readonly #waiters = new Set<Waiter>();

  add(request: RecordedRequest): void {
    this.requests.push(request);
    this.changed(request);
  }

  /** To be called whenever a field of a request has changed. */
  changed(request: RecordedRequest): void {
    for (const waiter of this.#waiters) {
      if (!waiter.predicate(request)) continue;
      clearTimeout(waiter.timer);
      this.#waiters.delete(waiter);
      waiter.resolve(request);
    }
  }

  waitFor(predicate: Waiter['predicate'], timeoutMs: number): Promise<RecordedRequest> {
    const found = this.requests.find((request) => predicate(request));
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        const seen = this.requests.map((one) => `${one.method} ${one.host}${one.path}`);
        reject(new Error(`No such request in ${timeoutMs} ms; seen: ${seen.join(', ') || 'none'}`));
      }, timeoutMs);
      const waiter: Waiter = { predicate, resolve, timer };
      this.#waiters.add(waiter);
    });
  }
}
