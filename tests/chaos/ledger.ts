/** Keeps account of what was shown, and of what a kill may take from it. */
import type { Stored, StoredMessage } from './database.ts';
import type { ShownMessage, Sight } from './observer.ts';

/** What a kill of worker or browser may take: what was first shown in so many milliseconds before it. */
export const WINDOW = 500;

/** A message as the ledger knows it. Lengths are characters without white space. */
export interface Entry {
  id: string;
  role: string;
  state: string;
  firstShownAt: number;
  /** The longest text that was shown, ever. */
  longest: string;
  /** What no kill may take any more. */
  promised: number;
  /** Each growth since the last kill. */
  growth: { at: number; length: number }[];
  /** Its reply was running in a worker that was killed: what pages still show of it does not count. */
  isOrphan: boolean;
}

/** What kills took of what was shown, all of it allowed. */
export interface Losses {
  words: number;
  /** How long before its kill the oldest lost word was shown, in milliseconds. */
  oldest: number;
}

export class Ledger {
  readonly entries = new Map<string, Entry>();
  /** What should not have happened, a sentence each. */
  readonly violations: string[] = [];
  /** Messages that stood in a page together, by their ids with a space between. */
  readonly together = new Set<string>();
  readonly losses: Losses = { words: 0, oldest: 0 };
  /** How many replies went on after they had broken off. */
  revived = 0;
  /** Growths so far: a measure of how much happens. */
  progress = 0;
  /** What each page last showed of a message. */
  readonly #inPage = new Map<string, { length: number; kills: number }>();
  /** Replies that were complained of: each of their words would repeat it. */
  readonly #disordered = new Set<string>();
  #kills = 0;

  /** Takes in what a page shows. */
  note(page: string, { at, ids, changed }: Sight): void {
    this.together.add(ids.join(' '));
    for (const message of changed) {
      const entry = this.#entryOf(message, at);
      if (message.role === 'assistant') this.#noteReply(page, at, message, entry);
    }
  }

  /** Worker or browser is about to be killed. */
  kill(at: number): void {
    this.#kills += 1;
    for (const entry of this.entries.values()) {
      const safe = entry.growth.findLast((one) => one.at <= at - WINDOW);
      entry.promised = Math.max(entry.promised, safe?.length ?? 0);
      entry.isOrphan ||= entry.state === 'streaming';
    }
  }

  /** Compares what is stored after the kill with what may not be lost. */
  settle(at: number, { messages }: Pick<Stored, 'messages'>): void {
    // What came between the two is of the dead worker, too.
    this.#kills += 1;
    const stored = new Map(messages.map((message) => [message.id, message]));
    for (const entry of this.entries.values()) this.#settleEntry(at, entry, stored.get(entry.id));
    for (const { id, role, state, text } of messages) {
      if (role !== 'assistant' || (state !== 'streaming' && state !== 'interrupted')) continue;
      this.#entryOf({ id, role, state, text: withoutSpace(text) }, at).isOrphan = true;
    }
  }

  /** A reply is about to go on: from now on its words count again. */
  revive(id: string): void {
    const entry = this.entries.get(id);
    if (entry) entry.isOrphan = false;
    this.revived += 1;
  }

  #settleEntry(at: number, entry: Entry, stored: StoredMessage | undefined): void {
    const left = withoutSpace(stored?.text ?? '');
    if (!stored && entry.firstShownAt > at - WINDOW) {
      this.entries.delete(entry.id);
    } else if (!stored) {
      this.violations.push(`${entry.role} message ${entry.id} was shown and is lost after a kill`);
    } else if (entry.role === 'assistant' && left.length < entry.promised) {
      this.violations.push(
        `reply ${entry.id}: of ${entry.promised} characters shown ${WINDOW} ms before a kill ` +
          `only ${left.length} are stored`,
      );
    }
    const lost = entry.growth.filter(({ length }) => length > left.length);
    if (entry.role === 'assistant' && lost[0]) {
      const seen = entry.longest.slice(0, lost.at(-1)?.length);
      this.losses.words += countWords(seen) - countWords(left);
      this.losses.oldest = Math.max(this.losses.oldest, at - lost[0].at);
    }
    entry.growth = [];
    entry.longest = left.length < entry.longest.length ? left : entry.longest;
  }

  #entryOf({ id, role, state }: ShownMessage, at: number): Entry {
    const entry: Entry = this.entries.get(id) ?? {
      id,
      role,
      state,
      firstShownAt: at,
      longest: '',
      promised: 0,
      growth: [],
      isOrphan: false,
    };
    this.entries.set(id, entry);
    return entry;
  }

  #noteReply(page: string, at: number, { id, state, text }: ShownMessage, entry: Entry): void {
    if (!isCounted(text) && !this.#disordered.has(id)) {
      this.#disordered.add(id);
      this.violations.push(`reply ${id} was shown out of order: …${text.slice(-80)}`);
    }
    if (entry.isOrphan && state === 'streaming') return;
    const key = `${page} ${id}`;
    const before = this.#inPage.get(key);
    if (before && before.kills === this.#kills && text.length < before.length) {
      this.violations.push(
        `reply ${id} (${state}): ${page} took back ${before.length - text.length} characters`,
      );
    }
    this.#inPage.set(key, { length: text.length, kills: this.#kills });
    entry.state = state;
    if (text.length > (entry.growth.at(-1)?.length ?? 0)) {
      entry.growth.push({ at, length: text.length });
      this.progress += 1;
    }
    if (text.length > entry.longest.length) entry.longest = text;
  }
}

/** How many characters of a reply have to be there now. */
export function mustHave({ promised, growth }: Pick<Entry, 'promised' | 'growth'>): number {
  return Math.max(promised, growth.at(-1)?.length ?? 0);
}

export function withoutSpace(text: string): string {
  return text.replaceAll(/\s/gu, '');
}

/** Whole words of a counted text. */
export function countWords(text: string): number {
  return text.match(/w\d+/gu)?.length ?? 0;
}

const counted = new Map<string, string>();

/** Whether a text without white space counts from one on, without a gap, a repetition or a stranger. */
export function isCounted(text: string): boolean {
  const tag = /^p\d+(?=w)/u.exec(text)?.[0];
  if (tag === undefined) return /^(?:p\d*)?$/u.test(text);
  let all = counted.get(tag) ?? '';
  for (let n = countWords(all) + 1; all.length < text.length; n += 1) all += `${tag}w${n}`;
  counted.set(tag, all);
  return all.startsWith(text);
}
