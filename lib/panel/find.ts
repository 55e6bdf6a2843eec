/** Find in conversation, for React: what is typed, the hits and the one that is looked at. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Message } from '../conversation';
import { findAnywhere } from '../search-terms';
import { findInMessages, type FindHit } from './find-in-messages';
import type { MessageView } from './message-view';
import { keepMarked, markRanges, messageRanges } from './text-ranges';

/** A growing reply is searched again after so long, in milliseconds. */
const REFRESH = 150;

export function useFind({
  view,
  messages,
  list,
}: {
  view: MessageView;
  messages: Message[];
  list: RefObject<Element | null>;
}) {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const [hits, setHits] = useState<FindHit[]>([]);
  const [current, setCurrent] = useState<FindHit>();
  const searched = useRef({ query: '', current });
  const words = isOpen ? query : '';

  useEffect(() => {
    if (!words && !searched.current.query) return undefined;
    const stop = new AbortController();
    const isSame = searched.current.query === words;
    const search = async () => {
      const found = await findInMessages(messages, words, stop.signal);
      if (stop.signal.aborted) return;
      const before = isSame ? searched.current.current : undefined;
      const kept = found.find((hit) => isSameHit(hit, before));
      const next = kept ?? firstFrom(found, messages, view.firstInView);
      searched.current = { query: words, current: next };
      setHits(found);
      setCurrent(next);
      if (next && !isSame) revealHit(view, next, words);
    };
    const timer = setTimeout(() => void search(), isSame ? REFRESH : 0);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [view, messages, words]);

  useEffect(() => {
    const all = list.current;
    if (!isOpen || !all) return undefined;
    return keepMarked(all, () => markHits(all, words, current));
  }, [isOpen, list, words, current]);
  useEffect(() => (isOpen ? unmarkHits : undefined), [isOpen]);

  const index = hits.findIndex((hit) => isSameHit(hit, current));
  return {
    isOpen,
    open: () => setOpen(true),
    close: () => setOpen(false),
    query,
    setQuery,
    index,
    count: hits.length,
    /** To the next hit (1) or the one before (-1), around the ends. */
    step: (by: 1 | -1) => {
      const next = hits[(index + by + hits.length) % hits.length];
      if (!next) return;
      searched.current.current = next;
      setCurrent(next);
      revealHit(view, next, words);
    },
  };
}

function isSameHit(one: FindHit, other: FindHit | undefined): boolean {
  return one.messageId === other?.messageId && one.nth === other.nth;
}

/** The first hit in this message or behind it, else the first of all. */
function firstFrom(
  hits: FindHit[],
  messages: Message[],
  messageId: string | undefined,
): FindHit | undefined {
  const start = messages.findIndex(({ id }) => id === messageId);
  const behind = new Set(messages.slice(Math.max(start, 0)).map(({ id }) => id));
  return hits.find((hit) => behind.has(hit.messageId)) ?? hits[0];
}

function revealHit(view: MessageView, { messageId, nth }: FindHit, query: string): void {
  view.reveal(messageId, (article) => {
    const ranges = messageRanges(article, (text) => findAnywhere(text, query));
    const range = ranges[nth] ?? ranges.at(-1);
    const element = range?.startContainer.parentElement;
    const fold = element?.closest('details');
    if (fold) fold.open = true;
    // As the browser's own search tells it: long code unfolds.
    element?.dispatchEvent(new Event('beforematch', { bubbles: true }));
    (element ?? article).scrollIntoView({ block: 'center' });
    // A paragraph may be higher than the view.
    if (range) view.scrollToRange(range);
  });
}

function markHits(list: Element, query: string, current: FindHit | undefined): void {
  const all: Range[] = [];
  const chosen: Range[] = [];
  for (const article of list.querySelectorAll('article')) {
    const ranges = messageRanges(article, (text) => findAnywhere(text, query));
    all.push(...ranges);
    if (article.getAttribute('data-message-id') !== current?.messageId) continue;
    const range = ranges[current?.nth ?? 0] ?? ranges.at(-1);
    if (range) chosen.push(range);
  }
  markRanges('find', all);
  markRanges('find-current', chosen);
}

function unmarkHits(): void {
  markRanges('find', []);
  markRanges('find-current', []);
}
