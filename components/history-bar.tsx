import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { IconButton } from './ui/button';
import { Select } from './ui/select';

/** A search of the usual length is nobody's business; only a long one is told. */
const TOLD_AFTER = 300;

/** The search box of the history, and beside it the folder to look in, where there are folders. */
export function HistoryBar({
  text,
  onType,
  isSearching,
  folder,
  folders,
  onSelectFolder,
}: {
  text: string;
  onType: (text: string) => void;
  isSearching: boolean;
  /** Null for all. */
  folder: string | null;
  folders: string[];
  onSelectFolder: (folder: string | null) => void;
}) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const clear = () => {
    onType('');
    box.current?.focus();
  };
  return (
    <div className="flex flex-none gap-1 px-2 pt-2.5 pb-1 min-[360px]:px-3">
      <div className="flex min-h-[37px] min-w-0 flex-1 items-center gap-2 rounded-[10px] border border-line ps-2.5 pe-1 focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)]">
        <Search size={16} strokeWidth={1.75} aria-hidden className="flex-none text-ink-3" />
        <input
          ref={box}
          type="search"
          aria-label={t('searchConversations')}
          placeholder={t('searchPlaceholder')}
          dir="auto"
          value={text}
          onChange={({ target }) => onType(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // It has cleared the box and shall close nothing.
            event.stopPropagation();
            clear();
          }}
          className="min-w-0 flex-1 outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
        {isSearching && <Searching key={text} />}
        {text && <IconButton icon={X} label={t('clear')} className="text-ink-3" onClick={clear} />}
      </div>
      {folders.length > 0 && (
        <Select
          label={t('folderShown')}
          value={folder === null ? ALL : IN + folder}
          options={[
            { value: ALL, text: t('allFolders') },
            ...folders.map((name) => ({ value: IN + name, text: name })),
          ]}
          onChange={(value) => onSelectFolder(value === ALL ? null : value.slice(IN.length))}
          className="max-w-[40%] flex-none"
        />
      )}
    </div>
  );
}

/** Values of the list of folders; a folder may have any name. */
const ALL = 'all';
const IN = 'in:';

function Searching() {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), TOLD_AFTER);
    return () => clearTimeout(timer);
  }, []);
  return (
    <span role="status" className="flex-none text-xs text-ink-3">
      {isLong && t('searching')}
    </span>
  );
}
