import { useEffect, useMemo, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import type { ConversationSummary, SearchHit } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { findByTitle, foldersOf } from '@/lib/panel/history-list';
import { followHistory, loadHistory, useHistory } from '@/lib/panel/history-store';
import { useMessageSearch } from '@/lib/panel/message-search';
import type { ExportFormat } from '@/lib/transfer';
import { HistoryBar } from './history-bar';
import type { HistoryEdit } from './history-editor';
import { useListFocus } from './history-focus';
import { DayList, FoundList } from './history-list';
import { HistoryRow, HitRow } from './history-row';
import { Button } from './ui/button';

interface HistoryProps {
  onOpen: (id: string) => void;
  /** Opens a conversation at a message that the query found. */
  onOpenHit: (hit: SearchHit, query: string) => void;
  onExport: (id: string, format: ExportFormat) => void;
}

/** All conversations, the pinned and the newest on top, and a search in them. */
export function History({ onOpen, onOpenHit, onExport }: HistoryProps) {
  const region = useRef<HTMLElement>(null);
  const listFocus = useListFocus(region);
  const all = useHistory((state) => state.summaries);
  const shown = useChat((state) => state.conversation?.id);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [edit, setEdit] = useState<HistoryEdit | null>(null);
  useEffect(followHistory, []);

  const query = text.trim();
  const search = useMessageSearch(query);
  const folders = useMemo(() => foldersOf(all ?? []), [all]);
  // The last conversation may have left the folder meanwhile.
  const folder = chosen !== null && folders.includes(chosen) ? chosen : null;
  const inFolder = useMemo(
    () => (all ?? []).filter((summary) => folder === null || summary.folder === folder),
    [all, folder],
  );
  const titles = useMemo(() => findByTitle(inFolder, query), [inFolder, query]);
  const hits = useMemo(() => {
    const ids = new Set(inFolder.map(({ id }) => id));
    return search.hits.filter(({ conversationId }) => ids.has(conversationId));
  }, [inFolder, search.hits]);

  const renderRow = (summary: ConversationSummary, isDayTold: boolean) => (
    <HistoryRow
      key={summary.id}
      summary={summary}
      isShown={summary.id === shown}
      isDayTold={isDayTold}
      query={query}
      edit={edit?.id === summary.id ? edit : null}
      onOpen={onOpen}
      onEdit={setEdit}
      onExport={onExport}
    />
  );
  return (
    <section
      ref={region}
      aria-label={t('history')}
      className="flex min-h-0 flex-1 flex-col"
      {...listFocus}
    >
      <HistoryBar
        text={text}
        onType={setText}
        isSearching={search.isPending}
        folder={folder}
        folders={folders}
        onSelectFolder={setChosen}
      />
      {query ? (
        <FoundList
          key={folder}
          query={query}
          summaries={titles}
          hits={hits}
          renderRow={renderRow}
          renderHit={(hit) => (
            <HitRow key={hit.messageId} hit={hit} query={query} onOpen={onOpenHit} />
          )}
        >
          <SearchEnd search={search} query={query} count={titles.length + hits.length} />
        </FoundList>
      ) : (
        all && <DayList key={folder} summaries={inFolder} renderRow={renderRow} />
      )}
      <Failures />
    </section>
  );
}

/** What could not be read or done; below the list, so that nothing in it moves. */
function Failures() {
  const isLoadFailed = useHistory((state) => state.isLoadFailed);
  const failure = useHistory((state) => state.failure);
  return (
    <>
      {isLoadFailed && <Failure text={t('historyFailed')} onTryAgain={() => void loadHistory()} />}
      {failure && <Failure text={t(failure)} />}
    </>
  );
}

function Failure({ text, onTryAgain }: { text: string; onTryAgain?: () => void }) {
  return (
    <div
      role="alert"
      className="mx-2 my-1 flex flex-none flex-wrap items-center gap-2 rounded-xl bg-warn-soft px-3 py-2 text-[13px] min-[360px]:mx-3"
    >
      <span className="flex-1">{text}</span>
      {onTryAgain && <Button onClick={onTryAgain}>{t('tryAgain')}</Button>}
    </div>
  );
}

/** Says how a search ended. */
function SearchEnd({
  search,
  query,
  count,
}: {
  search: ReturnType<typeof useMessageSearch>;
  query: string;
  count: number;
}) {
  if (search.isPending) return null;
  if (search.isFailed) return <Failure text={t('searchFailed')} onTryAgain={search.tryAgain} />;
  return (
    <p role="status" className={count > 0 ? 'sr-only' : 'px-4 py-4 text-ink-2'}>
      {count > 0 ? t('foundCount', { count }) : t('nothingFound', { query })}
    </p>
  );
}
