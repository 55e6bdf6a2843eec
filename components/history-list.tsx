import { useEffect, useEffectEvent, useId, useRef, useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import type { ConversationSummary, SearchHit } from '@/lib/messages';
import { groupSummaries } from '@/lib/panel/history-list';

/** Rows at the start: about a screenful, so that the first of them are there at once. */
const FIRST = 24;

/** How many more come each time the person nears the end. */
const STEP = 60;

/** How far below the screen rows are ready, as CSS has it. */
const AHEAD = '0px 0px 600px 0px';

type RenderRow = (summary: ConversationSummary, isDayTold: boolean) => ReactNode;

/** Conversations under the headings of their days. */
export function DayList({
  summaries,
  renderRow,
}: {
  summaries: ConversationSummary[];
  renderRow: RenderRow;
}) {
  const [count, setCount] = useState(FIRST);
  return (
    <Scroller count={count} total={summaries.length} onNearEnd={setCount}>
      {groupSummaries(summaries.slice(0, count)).map(({ heading, isDay, summaries: list }) => (
        <Group key={heading} heading={heading}>
          {list.map((summary) => renderRow(summary, isDay))}
        </Group>
      ))}
      {summaries.length === 0 && <p className="px-3 py-4 text-ink-2">{t('historyEmpty')}</p>}
    </Scroller>
  );
}

/** What a search found: conversations by their titles, then messages. Each query begins at the top. */
export function FoundList({
  query,
  summaries,
  hits,
  renderRow,
  renderHit,
  children,
}: {
  query: string;
  summaries: ConversationSummary[];
  hits: SearchHit[];
  renderRow: RenderRow;
  renderHit: (hit: SearchHit) => ReactNode;
  /** Stands below what was found. */
  children: ReactNode;
}) {
  // By the query, so that rows that both queries find stay as they are: that is faster than new ones.
  const [grown, setGrown] = useState({ query, count: FIRST });
  const count = grown.query === query ? grown.count : FIRST;
  const titles = summaries.slice(0, count);
  const messages = hits.slice(0, count - titles.length);
  return (
    <Scroller
      query={query}
      count={count}
      total={summaries.length + hits.length}
      onNearEnd={(next) => setGrown({ query, count: next })}
    >
      {titles.length > 0 && (
        <Group heading={t('conversations')}>
          {titles.map((summary) => renderRow(summary, false))}
        </Group>
      )}
      {messages.length > 0 && <Group heading={t('messages')}>{messages.map(renderHit)}</Group>}
      {children}
    </Scroller>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <h2 id={id} className="px-2 pt-3 pb-1 text-xs font-[550] text-ink-3 min-[360px]:px-3">
        {heading}
      </h2>
      <ul aria-labelledby={id}>{children}</ul>
    </>
  );
}

function Scroller({
  query,
  count,
  total,
  onNearEnd,
  children,
}: {
  query?: string;
  count: number;
  total: number;
  /** Gets how many rows there shall be now. */
  onNearEnd: (count: number) => void;
  children: ReactNode;
}) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto px-1 pb-3">
      <div key={query} ref={scrollToTop} />
      {children}
      {/* A new one for each step: it also tells when the step did not fill the screen. */}
      {count < total && <End key={count} onNear={() => onNearEnd(count + STEP)} />}
    </div>
  );
}

function scrollToTop(top: HTMLElement | null): void {
  top?.parentElement?.scrollTo(0, 0);
}

function End({ onNear }: { onNear: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const tellNear = useEffectEvent(onNear);
  useEffect(() => {
    if (!end.current) return undefined;
    const observer = new IntersectionObserver(
      // More than one when the person scrolls faster than the page draws; the last counts.
      (entries) => entries.at(-1)?.isIntersecting && tellNear(),
      { root: end.current.parentElement, rootMargin: AHEAD },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={end} className="h-px" />;
}
