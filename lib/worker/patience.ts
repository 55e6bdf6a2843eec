/** How long a reply is waited for. All numbers are milliseconds. */
import { ProviderError } from '../errors';
import type { ProviderDescription } from '../provider';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export interface Limits {
  /** Until the service answers at all. */
  connect: number;
  /** Silence at any time. */
  idle: number;
}

/** What the person allows by "Wait longer": still not for ever. */
const LONGEST_WAIT = 60 * MINUTE;

/** Silence after which a reply is given up. Slow models may think for minutes. */
const limits: Record<ProviderDescription['kind'], Limits> = {
  // Its answer begins with the first word, whenever that comes.
  free: { connect: 5 * MINUTE, idle: 5 * MINUTE },
  key: { connect: MINUTE, idle: 5 * MINUTE },
  // It loads the model first, and a slow computer thinks for long.
  local: { connect: 10 * MINUTE, idle: 10 * MINUTE },
  browser: { connect: 10 * MINUTE, idle: 10 * MINUTE },
};

/** Silence of a model that is known to think for long. */
const LONG_THOUGHT = 30 * MINUTE;

/** The limits of a reply; pictures are drawn before the service answers. */
export function limitsOf(
  kind: ProviderDescription['kind'],
  isPicture: boolean,
  thinksLong = false,
): Limits {
  const { connect, idle: usual } = limits[kind];
  const idle = thinksLong ? LONG_THOUGHT : usual;
  return { connect: isPicture ? Math.max(connect, idle) : connect, idle };
}

/** Waits for one reply, try by try, and gives a try up when its time is over. */
export class Patience {
  /** Whether a try was given up for silence: another one would be as silent. */
  isSpent = false;
  #limits: Limits | undefined;
  #isLifted = false;
  #connect: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #giveUp: () => void = () => undefined;

  /** One try, until it ends, `stop` is aborted, or its time is over: then it throws `timeout`. */
  async during(
    its: Limits,
    stop: AbortSignal,
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const late = new AbortController();
    const signal = AbortSignal.any([stop, late.signal]);
    this.#begin(its, () => late.abort(new ProviderError({ kind: 'timeout' })));
    try {
      await work(signal);
      signal.throwIfAborted();
    } catch (thrown) {
      // Why it was ended says more than what became of the request.
      signal.throwIfAborted();
      throw thrown;
    } finally {
      this.#end();
    }
  }

  /** The service answers: from now on only silence counts. */
  answered(): void {
    clearTimeout(this.#connect);
  }

  /** Something arrived: silence is measured anew. */
  heard(): void {
    this.answered();
    clearTimeout(this.#idle);
    this.#start();
  }

  /** The person waits longer, in this try and in those that follow. */
  lift(): void {
    this.#isLifted = true;
    this.heard();
  }

  #begin(its: Limits, giveUp: () => void): void {
    this.#limits = its;
    this.#giveUp = giveUp;
    this.#start();
    const { connect, idle } = its;
    if (connect < idle && !this.#isLifted) this.#connect = setTimeout(giveUp, connect);
  }

  #start(): void {
    if (!this.#limits) return;
    const spend = () => {
      this.isSpent = true;
      this.#giveUp();
    };
    this.#idle = setTimeout(spend, this.#isLifted ? LONGEST_WAIT : this.#limits.idle);
  }

  #end(): void {
    clearTimeout(this.#connect);
    clearTimeout(this.#idle);
    this.#limits = undefined;
  }
}
