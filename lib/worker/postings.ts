/**
 * How postings are packed. A row for each term costs the database more than what is in it, so the
 * terms of a segment lie in blocks, by their first letter: one block has all that begin alike.
 */
import type { PostingRow } from './database';

/** Prime: scripts whose letters follow on each other at powers of two do not pile up. */
const BLOCKS = 61;
/** Between terms; no term has it. */
const SEPARATOR = '\n';

/** The block of the terms with this beginning, which is not empty. */
export function blockOf(beginning: string): number {
  return beginning.charCodeAt(0) % BLOCKS;
}

/** The offsets of the messages that have a term with this beginning; some more than once. */
export function offsetsOf({ terms, ends, offsets }: PostingRow, beginning: string): number[] {
  return terms
    .split(SEPARATOR)
    .flatMap((term, index) =>
      term.startsWith(beginning) ? [...offsets.subarray(ends[index - 1] ?? 0, ends[index])] : [],
    );
}

/** What a block holds, by term. */
export function unpack({ terms, ends, offsets }: PostingRow): Map<string, number[]> {
  return new Map(
    terms
      .split(SEPARATOR)
      .map((term, index) => [term, [...offsets.subarray(ends[index - 1] ?? 0, ends[index])]]),
  );
}

/** The row of a block that holds these. */
export function pack(segment: number, block: number, postings: Map<string, number[]>): PostingRow {
  let end = 0;
  return {
    segment,
    block,
    terms: [...postings.keys()].join(SEPARATOR),
    ends: Uint32Array.from(postings.values(), (offsets) => (end += offsets.length)),
    offsets: Uint16Array.from([...postings.values()].flat()),
  };
}
