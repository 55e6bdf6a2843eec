import { useId, type ComponentProps, type KeyboardEvent } from 'react';
import { t } from '@/lib/i18n';
import type { ConversationSummary } from '@/lib/messages';
import { foldersOf } from '@/lib/panel/history-list';
import { moveConversation, renameConversation, useHistory } from '@/lib/panel/history-store';
import { Button } from './ui/button';

/** What a person has written about one conversation; what is not there was left as it is. */
export interface HistoryEdit {
  id: string;
  title?: string;
  folder?: string;
}

/** Changes a conversation's title and folder in its row: Enter saves, Escape leaves it as it was. */
export function HistoryEditor({
  summary,
  edit,
  onEdit,
}: {
  summary: ConversationSummary;
  edit: HistoryEdit;
  onEdit: (edit: HistoryEdit | null) => void;
}) {
  const summaries = useHistory((state) => state.summaries);
  const folders = useId();
  const save = async () => {
    const title = edit.title?.trim();
    const folder = edit.folder?.trim() ?? summary.folder;
    // Without a title it keeps the one that it has.
    const isNamed =
      !title || title === summary.title || (await renameConversation(summary.id, title));
    if (!isNamed) return;
    if (folder === summary.folder || (await moveConversation(summary.id, folder))) onEdit(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onEdit(null);
  };
  return (
    <form
      className="grid gap-2 rounded-[9px] bg-raised p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label={t('title')}
        value={edit.title ?? summary.title}
        placeholder={summary.title || t('newChat')}
        ref={selectOnce}
        onKeyDown={onKeyDown}
        onChange={({ target }) => onEdit({ ...edit, title: target.value })}
      />
      <Field
        label={t('folder')}
        value={edit.folder ?? summary.folder}
        placeholder={t('noFolder')}
        list={folders}
        onKeyDown={onKeyDown}
        onChange={({ target }) => onEdit({ ...edit, folder: target.value })}
      />
      <datalist id={folders}>
        {foldersOf(summaries ?? []).map((folder) => (
          <option key={folder}>{folder}</option>
        ))}
      </datalist>
      <div className="flex gap-2 pt-1">
        <Button type="submit" look="primary" data-control="rename" onKeyDown={onKeyDown}>
          {t('save')}
        </Button>
        <Button
          look="quiet"
          data-control="rename"
          onKeyDown={onKeyDown}
          onClick={() => onEdit(null)}
        >
          {t('cancel')}
        </Button>
      </div>
    </form>
  );
}

/** A new title mostly replaces the old one. A row that only moved must not take the focus from elsewhere. */
function selectOnce(field: HTMLInputElement | null): void {
  if (document.activeElement !== document.body) return;
  field?.focus();
  field?.select();
}

function Field({ label, ...props }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2">
      <span className="min-w-16 text-xs text-ink-2">{label}</span>
      <input
        dir="auto"
        // Its successor in the row, once the editor is closed, is the button that opened it.
        data-control="rename"
        className="min-h-8 rounded-lg border border-line bg-ground px-2 text-[13px] placeholder:text-ink-3"
        {...props}
      />
    </label>
  );
}
