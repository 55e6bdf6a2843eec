/** Counts what is asked of each provider, for the sums in Settings: numbers alone. */
import { log } from '../log';
import type { TokenUse } from '../message-reply';
import { monthOf } from '../month';
import { monthlyUse } from '../settings';

const MONTHS = 12;

let counting = Promise.resolve();

/** Adds a reply and its tokens; one after the other, since two replies may end at once. */
export function countUse(provider: string, usage: TokenUse = {}): Promise<void> {
  counting = counting
    .then(() => add(provider, usage))
    // A reply is not lost for want of a number.
    .catch((error: unknown) => {
      const name = error instanceof Error ? error.name : 'unknown';
      log({ level: 'warn', event: 'count-failed', provider, error: name });
    });
  return counting;
}

async function add(provider: string, { input = 0, output = 0 }: TokenUse): Promise<void> {
  const all = await monthlyUse.getValue();
  const month = monthOf(Date.now());
  const before = all[month]?.[provider] ?? { replies: 0, input: 0, output: 0 };
  const sum = {
    replies: before.replies + 1,
    input: before.input + input,
    output: before.output + output,
  };
  const months = Object.entries({ ...all, [month]: { ...all[month], [provider]: sum } });
  const newest = months.toSorted(([one], [other]) => (one < other ? 1 : -1)).slice(0, MONTHS);
  await monthlyUse.setValue(Object.fromEntries(newest));
}
