/** The list of conversations as plain data: its order, its groups, and what of it a person asked for. */
import { CLOCK_STEP } from '../conversation';
import { t } from '../i18n';
import type { ConversationSummary, WorkerMessage } from '../messages';
import { foldText } from '../search-terms';
import { formatDay } from './dates';

/** Conversations under one heading. */
export interface HistoryGroup {
  heading: string;
  /** Whether the heading tells the day of what is under it. */
  isDay: boolean;
  summaries: ConversationSummary[];
}

/**
 * Pinned ones first, then the one that changed last. What lies ahead, after the clock was set back,
 * counts as today (`formatDay`), and stands below what was used today. `now` in milliseconds since the epoch.
 */
export function sortSummaries(
  summaries: ConversationSummary[],
  now = Date.now(),
): ConversationSummary[] {
  const today = new Date(now).setHours(0, 0, 0, 0);
  const placeOf = ({ updatedAt }: ConversationSummary) =>
    updatedAt > now + CLOCK_STEP ? today : updatedAt;
  return summaries.toSorted(
    (one, other) =>
      Number(other.isPinned) - Number(one.isPinned) ||
      placeOf(other) - placeOf(one) ||
      other.updatedAt - one.updatedAt ||
      // Equal times must not change places at each update.
      (one.id < other.id ? -1 : 1),
  );
}

/** The sorted list after a message of the worker; the same list when it is none of its business. */
export function applyToList(
  summaries: ConversationSummary[],
  message: WorkerMessage,
): ConversationSummary[] {
  if (message.type === 'summary') {
    const { summary } = message;
    return sortSummaries([...summaries.filter(({ id }) => id !== summary.id), summary]);
  }
  if (message.type !== 'conversations-gone' || !message.ids) return summaries;
  const gone = new Set(message.ids);
  return summaries.filter(({ id }) => !gone.has(id));
}

/** The names of all folders, in the order of the alphabet. */
export function foldersOf(summaries: ConversationSummary[]): string[] {
  const names = new Set(summaries.map(({ folder }) => folder).filter(Boolean));
  return [...names].toSorted((one, other) =>
    one.localeCompare(other, undefined, { numeric: true }),
  );
}

const foldedTitles = new WeakMap<ConversationSummary, string>();

/** Those whose title holds every word of the query, in any case and with or without accents. */
export function findByTitle(
  summaries: ConversationSummary[],
  query: string,
): ConversationSummary[] {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  return summaries.filter((summary) => {
    const title = foldedTitles.get(summary) ?? foldText(summary.title);
    foldedTitles.set(summary, title);
    return words.every((word) => title.includes(word));
  });
}

/** The sorted list cut into what is pinned and days; `now` in milliseconds since the epoch. */
export function groupSummaries(summaries: ConversationSummary[], now = Date.now()): HistoryGroup[] {
  const groups = Map.groupBy(summaries, ({ isPinned, updatedAt }) =>
    isPinned ? '' : formatDay(updatedAt, now),
  );
  return [...groups].map(([day, list]) => ({
    heading: day || t('pinned'),
    isDay: day !== '',
    summaries: list,
  }));
}
