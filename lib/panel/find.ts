/** Find in conversation, for React: what is typed, the hits and the one that is looked at. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Message } from '../conversation';
import { findAnywhere } from '../search-terms';
import { findInMessages, type FindHit } from './find-in-messages';
import type { MessageView } from './message-view';
import { keepMarked, markPlaces, messagePlaces, type Place } from './text-places';

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
    const places = placesOf(article, query);
    leadToPlace(view, article, places[nth] ?? places.at(-1));
  });
}

function placesOf(article: Element, query: string): Place[] {
  return messagePlaces(article, (text) => findAnywhere(text, query));
}

/** Shows a place in the message, unfolded; without one, the message. */
export function leadToPlace(view: MessageView, article: Element, place: Place = []): void {
  const [piece] = place;
  const element = piece instanceof Range ? piece.startContainer.parentElement : piece;
  const fold = element?.closest('details');
  if (fold) fold.open = true;
  // As the browser's own search tells it: long code unfolds.
  element?.dispatchEvent(new Event('beforematch', { bubbles: true }));
  (element ?? article).scrollIntoView({ block: 'center' });
  // A paragraph may be higher than the view.
  if (piece) view.scrollToPiece(piece);
}

function markHits(list: Element, query: string, current: FindHit | undefined): void {
  const all: Place[] = [];
  const chosen: Place[] = [];
  for (const article of list.querySelectorAll('article')) {
    const places = placesOf(article, query);
    all.push(...places);
    if (article.getAttribute('data-message-id') !== current?.messageId) continue;
    const place = places[current?.nth ?? 0] ?? places.at(-1);
    if (place) chosen.push(place);
  }
  markPlaces('find', all);
  markPlaces('find-current', chosen);
}

function unmarkHits(): void {
  markPlaces('find', []);
  markPlaces('find-current', []);
}
