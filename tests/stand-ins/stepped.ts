import type { ServerResponse } from 'node:http';
import { frame, words } from './frame.ts';

/**
 * A text reply that a test lets out piece by piece, so that it waits for events and never sleeps.
 * Each object answers one request.
 */
export class SteppedText {
  readonly kind = 'stepped';
  readonly #left: string[];
  readonly #response = Promise.withResolvers<ServerResponse>();
  readonly #closed = Promise.withResolvers<void>();

  constructor(text: string) {
    this.#left = words(text);
  }

  /** Settles when a request has arrived and the headers are on their way. */
  get started(): Promise<void> {
    return this.#response.promise.then(() => undefined);
  }

  /** Settles when the reply is over, whoever ended it. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  /** Called by the server with the reply to write to. */
  attach(response: ServerResponse): Promise<void> {
    response.once('close', () => this.#closed.resolve());
    response.flushHeaders();
    this.#response.resolve(response);
    return this.closed;
  }

  /** Lets out the next words; false when the client has gone. Waits for the request. */
  async release(count = 1): Promise<boolean> {
    const text = this.#left.splice(0, count).join('');
    const response = await this.#response.promise;
    if (response.destroyed || response.writableEnded) return false;
    if (text === '') return true;
    return new Promise((resolve) => {
      response.write(frame(text), (error) => resolve(!error));
    });
  }

  /** Lets out everything that is left. */
  releaseAll(): Promise<boolean> {
    return this.release(this.#left.length);
  }

  /** Ends the reply without what is left of the text. */
  async end(): Promise<void> {
    const response = await this.#response.promise;
    response.end();
    await this.closed;
  }

  /** Breaks the connection. */
  async cut(): Promise<void> {
    const response = await this.#response.promise;
    response.destroy();
    await this.closed;
  }
}

/** A reply to be released by hand; hand it to `answerNext`. */
export function stepped(text: string): SteppedText {
  return new SteppedText(text);
}
