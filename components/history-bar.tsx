import { useEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { SearchInput } from './ui/search-input';
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
  return (
    <div className="flex flex-none gap-1 px-2 pt-2.5 pb-1 min-[360px]:px-3">
      <SearchInput
        ref={box}
        label={t('searchConversations')}
        placeholder={t('searchPlaceholder')}
        value={text}
        onChange={onType}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // It clears the box and shall close nothing.
          event.stopPropagation();
          onType('');
        }}
        className="flex-1"
      >
        {isSearching && <Searching key={text} />}
      </SearchInput>
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
