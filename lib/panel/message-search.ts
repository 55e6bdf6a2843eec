/** Search in the texts of all messages while the person types. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { sendMessage, type SearchHit } from '../messages';

/** Milliseconds without a key before the worker is asked: keys that come in one go ask once. */
const PAUSE = 30;

interface Answer {
  /** What was asked for. */
  query: string;
  hits: SearchHit[];
  isFailed: boolean;
}

/** How a search stands. */
export interface MessageSearch {
  /** Of the query before as long as this one's have not come; none without a query. */
  hits: SearchHit[];
  isPending: boolean;
  isFailed: boolean;
  tryAgain: () => void;
}

const nothing: Answer = { query: '', hits: [], isFailed: false };

/** The messages that the query finds; an answer that was overtaken by another query is dropped. */
export function useMessageSearch(query: string): MessageSearch {
  const [answer, setAnswer] = useState(nothing);
  const wanted = useRef('');
  const ask = useCallback(async () => {
    const asked = await search(query);
    if (wanted.current === query) setAnswer(asked);
  }, [query]);
  useEffect(() => {
    wanted.current = query;
    const timer = query ? setTimeout(() => void ask(), PAUSE) : undefined;
    return () => {
      wanted.current = '';
      clearTimeout(timer);
    };
  }, [query, ask]);
  // A search after an empty box is a new one: what the last one found is not shown until then.
  if (!query && answer !== nothing) setAnswer(nothing);
  const isPending = answer.query !== query;
  return {
    hits: query ? answer.hits : nothing.hits,
    isPending,
    isFailed: answer.isFailed && !isPending,
    tryAgain: () => void ask(),
  };
}

async function search(query: string): Promise<Answer> {
  try {
    return { query, hits: await sendMessage('searchMessages', { query }), isFailed: false };
  } catch {
    return { query, hits: [], isFailed: true };
  }
}
