import { Download, Folder, Pencil, Pin, Trash2 } from 'lucide-react';
import { memo, useId, type ComponentProps, type ReactNode } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { Outcome } from '@/lib/message-reply';
import type { ConversationSummary, SearchHit } from '@/lib/messages';
import { formatDateTime, formatWhen } from '@/lib/panel/dates';
import { deleteConversation } from '@/lib/panel/deletion';
import { attempt, pinConversation } from '@/lib/panel/history-store';
import { findMarks } from '@/lib/search-terms';
import type { ExportFormat } from '@/lib/transfer';
import { HistoryEditor, type HistoryEdit } from './history-editor';
import { Marked } from './marked';
import { IconButton } from './ui/button';
import { Menu } from './ui/menu';

/** What is off the screen is neither laid out nor painted until it comes near. */
const ROW = 'relative [contain-intrinsic-size:auto_54px] [content-visibility:auto]';

const outcomeTexts: Record<Exclude<Outcome['kind'], 'image'>, MessageKey> = {
  stopped: 'stoppedNote',
  interrupted: 'replyCutOff',
  failed: 'replyFailed',
};

/** Characters of a title that can ever be seen; the rest would only slow the list. */
const TITLE_SHOWN = 1000;

const OPENER =
  'grid w-full grid-cols-[minmax(0,1fr)_auto] gap-x-2 rounded-[9px] px-2 py-[7px] text-start hover:bg-raised focus-visible:bg-raised focus-visible:outline-offset-[-2px] min-[360px]:px-3';

interface RowProps {
  summary: ConversationSummary;
  /** Whether it is the conversation that the page shows. */
  isShown: boolean;
  /** Whether a heading above tells its day. */
  isDayTold: boolean;
  /** What the person searches for; its words are marked in the title. */
  query: string;
  /** What is being written about it; null when it is not being edited. */
  edit: HistoryEdit | null;
  onOpen: (id: string) => void;
  onEdit: (edit: HistoryEdit | null) => void;
  onExport: (id: string, format: ExportFormat) => void;
}

/** One conversation in the list: a click opens it, its buttons appear beside its second line. */
export const HistoryRow = memo(function HistoryRow(props: RowProps) {
  const { summary, isShown, isDayTold, query, edit, onOpen, onEdit } = props;
  const titleId = useId();
  return (
    <li data-row={summary.id} className={`group/row ${ROW}`}>
      {edit ? (
        <HistoryEditor summary={summary} edit={edit} onEdit={onEdit} />
      ) : (
        <>
          <button
            type="button"
            data-control="open"
            aria-current={isShown}
            className={`${OPENER} group-hover/row:bg-raised group-has-[:focus-visible]/row:bg-raised group-has-data-[state=open]/row:bg-raised aria-[current=true]:bg-raised`}
            onClick={() => onOpen(summary.id)}
          >
            <RowTitle titleId={titleId} title={summary.title} query={query}>
              {summary.isUnread && (
                <span className="ms-1.5 size-[7px] flex-none rounded-full bg-accent">
                  <span className="sr-only">{t('unread')}</span>
                </span>
              )}
            </RowTitle>
            <When time={summary.updatedAt} isDayTold={isDayTold} />
            <SecondLine summary={summary} />
          </button>
          <RowActions {...props} titleId={titleId} />
        </>
      )}
    </li>
  );
});

/** A message that a search found; a click opens its conversation there. */
export const HitRow = memo(function HitRow({
  hit,
  query,
  onOpen,
}: {
  hit: SearchHit;
  query: string;
  onOpen: (hit: SearchHit, query: string) => void;
}) {
  return (
    <li data-row={hit.messageId} className={ROW}>
      <button
        type="button"
        data-control="open"
        className={OPENER}
        onClick={() => onOpen(hit, query)}
      >
        <RowTitle title={hit.title} query={query} />
        <When time={hit.createdAt} isDayTold={false} />
        <span className="col-span-2 line-clamp-2 text-[12.5px] text-ink-2">
          {hit.role === 'user' && <span className="text-ink-3">{t('you')} </span>}
          <bdi>
            <Marked text={hit.excerpt} marks={hit.marks} />
          </bdi>
        </span>
      </button>
    </li>
  );
});

function RowTitle({
  titleId,
  title,
  query,
  children,
}: {
  titleId?: string;
  title: string;
  query: string;
  children?: ReactNode;
}) {
  const shown = title.slice(0, TITLE_SHOWN);
  return (
    <span className="flex min-w-0 items-center">
      <span id={titleId} dir="auto" className="truncate font-[550]">
        {shown.trim() ? (
          <Marked text={shown} marks={query ? findMarks(shown, query) : []} />
        ) : (
          t('newChat')
        )}
      </span>
      {children}
    </span>
  );
}

function When({ time, isDayTold }: { time: number; isDayTold: boolean }) {
  return (
    <span title={formatDateTime(time)} className="self-center text-xs text-ink-3">
      {formatWhen(time, isDayTold)}
    </span>
  );
}

function SecondLine({
  summary: { isRunning, preview, outcome, folder },
}: {
  summary: ConversationSummary;
}) {
  return (
    <span className="col-span-2 flex h-5 min-w-0 items-center gap-1.5 text-[12.5px] text-ink-2 [@media(hover:none)]:pe-32">
      {folder && (
        <span className="flex max-w-[45%] flex-none items-center gap-1 rounded-md bg-sunk px-1.5 text-[11.5px] leading-[18px]">
          <Folder size={11} aria-hidden className="flex-none" />
          <span className="truncate">{folder}</span>
        </span>
      )}
      {isRunning ? (
        <span className="truncate text-accent">{t('answering')}</span>
      ) : (
        <span dir="auto" className="truncate">
          {preview || (outcome && outcomeText(outcome))}
        </span>
      )}
    </span>
  );
}

function outcomeText(outcome: Outcome): string {
  if (outcome.kind !== 'image') return t(outcomeTexts[outcome.kind]);
  return outcome.page ? t('pictureFromPage', { title: outcome.page }) : t('picture');
}

/**
 * Always in the page, for keyboards and screen readers; seen when the row is pointed at or has the
 * focus, and always where nothing can point. They lie over the end of the preview and move nothing.
 */
function RowActions({ summary, titleId, onEdit, onExport }: RowProps & { titleId: string }) {
  const { id, isPinned } = summary;
  const shown =
    'group-hover/row:opacity-100 group-has-[:focus-visible]/row:opacity-100 group-has-data-[state=open]/row:opacity-100 [@media(hover:none)]:opacity-100';
  return (
    <span
      className={`absolute end-1 bottom-[3px] flex rounded-lg bg-raised text-ink-3 opacity-0 before:absolute before:inset-y-0 before:end-full before:w-6 before:bg-linear-to-l before:from-raised min-[360px]:end-2 [@media(hover:none)]:bg-transparent [@media(hover:none)]:before:hidden ${shown}`}
    >
      <RowButton
        icon={Pencil}
        label={t('rename')}
        data-control="rename"
        aria-describedby={titleId}
        onClick={() => onEdit({ id })}
      />
      <RowButton
        icon={Pin}
        label={t('pin')}
        data-control="pin"
        aria-describedby={titleId}
        aria-pressed={isPinned}
        onClick={() => void pinConversation(id, !isPinned)}
      />
      <Menu
        items={[
          { value: 'markdown', text: t('exportMarkdown') },
          { value: 'markdown-inline', text: t('exportMarkdownInline') },
          { value: 'html', text: t('exportHtml') },
          { value: 'json', text: t('exportJson') },
        ]}
        onSelect={(format) => onExport(id, format)}
        trigger={
          <RowButton
            icon={Download}
            label={t('export')}
            data-control="export"
            aria-describedby={titleId}
          />
        }
      />
      <RowButton
        icon={Trash2}
        label={t('delete')}
        data-control="delete"
        aria-describedby={titleId}
        onClick={() => void attempt('deleteFailed', deleteConversation(id))}
      />
    </span>
  );
}

function RowButton(props: ComponentProps<typeof IconButton>) {
  return (
    <IconButton
      className="hover:bg-sunk focus-visible:outline-offset-[-2px] aria-pressed:text-accent aria-pressed:[&>svg]:fill-current"
      {...props}
    />
  );
}
