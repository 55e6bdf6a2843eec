/** When a conversation changed last, by clocks that may be wrong. */

/** The start of 2026, before there was Aside: a clock that shows less is behind. */
const EARLIEST = 1_767_225_600_000;

/**
 * The time of the last change, after one now and one before, in milliseconds since the epoch. A time
 * from a clock that was ahead heals; a clock that is behind makes nothing older, which could be deleted
 * by its age.
 */
export function changedAt(before: number, now: number): number {
  return now < EARLIEST ? Math.max(before, now) : now;
}
