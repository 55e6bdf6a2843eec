import { FakeEvent } from './fake-event';

/** Who is at the other end, as the browser tells. */
export interface Sender {
  id?: string;
  url?: string;
}

/** What crosses between contexts is JSON: no prototypes, no `undefined`. */
export function asSent<T>(message: T): T {
  return message === undefined ? message : JSON.parse(JSON.stringify(message));
}

/** One end of a port; messages arrive later and in order, and never after a disconnect. */
export class FakePort {
  readonly onMessage = new FakeEvent<[unknown]>();
  readonly onDisconnect = new FakeEvent<[FakePort]>();
  readonly name: string;
  readonly sender?: Sender;
  isClosed = false;
  #other: FakePort | undefined;
  /** Settles when the other end listens. */
  #isReady: Promise<unknown> = Promise.resolve();

  private constructor(name: string, sender?: Sender) {
    this.name = name;
    if (sender) this.sender = sender;
  }

  /** Both ends: the page's, and the worker's, which listens once `isReady` has settled. */
  static pair(name: string, sender: Sender, isReady: Promise<unknown>): [FakePort, FakePort] {
    const page = new FakePort(name);
    const worker = new FakePort(name, sender);
    page.#other = worker;
    worker.#other = page;
    page.#isReady = isReady;
    return [page, worker];
  }

  postMessage(message: unknown): void {
    if (this.isClosed) throw new Error('Attempting to use a disconnected port object');
    const sent = asSent(message);
    void this.#isReady.then(() =>
      setImmediate(() => {
        if (this.#other && !this.#other.isClosed) this.#other.onMessage.fire(sent);
      }),
    );
  }

  /** Ends the connection from outside: both ends are told. */
  break(): void {
    if (this.isClosed) return;
    this.disconnect();
    this.onDisconnect.fire(this);
  }

  /** Closes both ends; only the other one is told, as browsers do. */
  disconnect(): void {
    const other = this.#other;
    if (this.isClosed || !other) return;
    this.isClosed = true;
    other.isClosed = true;
    other.onDisconnect.fire(other);
  }
}
