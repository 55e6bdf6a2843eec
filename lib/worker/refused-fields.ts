/**
 * Fields of a request that a service refused and that one can do without: only the first prompt pays
 * for finding out. In session storage, since a worker is ended between two prompts.
 */
import { storage } from '@wxt-dev/storage';
import { errorDataOf } from '../provider-error';
import { log } from '../log';
import type { RefusedFields } from '../provider';
import { sha256 } from './transfer/bytes';

/** Milliseconds after which it is tried with all fields again: an organisation may be verified later. */
const DAY = 24 * 60 * 60 * 1000;

interface Refusals {
  /** Milliseconds since the epoch. */
  at: number;
  fields: string[][];
}

/** By the digest of address, key and model: with another key or address nothing is known. */
const refusals = storage.defineItem<Record<string, Refusals>>('session:refusedFields', {
  fallback: {},
});

/** What the model at the address refused to the key within the last day. */
export async function refusedFields(
  address: string,
  key: string,
  modelId: string,
): Promise<RefusedFields> {
  const id = await sha256(new TextEncoder().encode(JSON.stringify([address, key, modelId])));
  return {
    fields: (await recentRefusals())[id]?.fields ?? [],
    async add(field) {
      const all = await recentRefusals();
      const { at, fields } = all[id] ?? { at: Date.now(), fields: [] };
      // What cannot be remembered is found out again.
      await refusals
        .setValue({ ...all, [id]: { at, fields: [...fields, field] } })
        .catch(logFailure);
    },
  };
}

/** By the clock as it is now, which may have been set back. */
async function recentRefusals(): Promise<Record<string, Refusals>> {
  // Where it cannot be read nothing is known, and the prompt goes on.
  const all = Object.entries((await refusals.getValue().catch(logFailure)) ?? {});
  return Object.fromEntries(all.filter(([, { at }]) => Math.abs(Date.now() - at) < DAY));
}

function logFailure(error: unknown): void {
  log({ level: 'warn', event: 'storage-failed', error: errorDataOf(error).kind });
}
