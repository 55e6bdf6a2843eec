/** Another try, while nothing of the reply has come: after that it is for Continue. */
import { pause } from '../stream/pause';
import type { Retry } from '../message-reply';
import type { ErrorData, ErrorKind } from '../errors';
import type { ProviderDescription } from '../provider';
import { errorDataOf } from '../provider-error';

/** Milliseconds before the second and the third try, unless the service names a time. */
const BACK_OFF = [1000, 3000];
/** Seconds; who asks for more is not asked again, and the notice tells the time. */
const LONGEST_RETRY_AFTER = 30;

/** The service refused the prompt, so that asking again asks once. */
const refused: ErrorKind[] = ['rate-limited', 'overloaded'];
/** What passes, too, where words are cheap: for a picture it would be drawn twice. */
const passing: ErrorKind[] = [...refused, 'server-fault', 'connection-lost'];
/** Of a server on this computer it says that it does not run, or thinks. */
const distant: ErrorKind[] = [...passing, 'offline', 'timeout'];

/** Whom and what a reply is asked for. */
export interface Asked {
  kind: ProviderDescription['kind'];
  isPicture: boolean;
  /** Whether the browser has a network at all. */
  isOnline: boolean;
}

/** Milliseconds until the next try after this many; undefined when there is none. */
export function retryDelay(
  { kind, retryAfter }: ErrorData,
  tries: number,
  asked: Asked,
): number | undefined {
  const backOff = BACK_OFF[tries - 1];
  if (backOff === undefined || !kindsFor(asked).includes(kind)) return undefined;
  if (retryAfter === undefined) return backOff;
  if (retryAfter > LONGEST_RETRY_AFTER) return undefined;
  return Math.max(retryAfter * 1000, BACK_OFF[0] ?? 0);
}

function kindsFor({ kind, isPicture, isOnline }: Asked): ErrorKind[] {
  if (!isOnline && kind !== 'local') return [];
  if (isPicture) return refused;
  return kind === 'local' || kind === 'browser' ? passing : distant;
}

export interface Tries {
  asked: () => Asked;
  /** Whether something of the reply has come, or was waited for long enough. */
  isOver: () => boolean;
  onRetry: (retry: Retry) => void;
  /** Ends it all, a wait at once. */
  signal: AbortSignal;
}

/** Tries up to three times; throws what the last try threw. */
export async function withRetries(
  { asked, isOver, onRetry, signal }: Tries,
  tryOnce: () => Promise<void>,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryOnce();
    } catch (thrown) {
      if (signal.aborted || isOver()) throw thrown;
      const error = errorDataOf(thrown);
      const delay = retryDelay(error, tries, asked());
      if (delay === undefined) throw thrown;
      onRetry({ attempt: tries + 1, at: Date.now() + delay, kind: error.kind });
      await pause(delay, signal);
    }
  }
}
