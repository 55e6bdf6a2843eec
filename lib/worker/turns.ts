/** Changes that read, wait and write what they read: one must be over before the next begins. */

/** Runs what it is given, one after the other; a failure is told to its caller alone. */
export type InTurn = <Value>(change: () => Promise<Value>) => Promise<Value>;

export function createTurns(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (change) => {
    const changed = last.then(change);
    last = changed.catch(() => undefined);
    return changed;
  };
}
