import { useEffect, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { browser } from 'wxt/browser';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { ADD_SECTION, providerSection } from '@/lib/panel/open-settings';
import { followProviders } from '@/lib/panel/provider-list';
import { hasWords } from '@/lib/panel/settings-search';
import { AddProvider } from './add-provider';
import { useAskedSection } from './asked-section';
import { BackupSection } from './backup-section';
import { Diagnostics } from './diagnostics';
import { GeneralSection } from './general-section';
import { HostsSection } from './hosts-section';
import { KeysSection } from './keys-section';
import { Mark } from './mark';
import { ModelsSection } from './models-section';
import { ProviderSection } from './provider-section';
import { ReadingSection } from './reading-section';
import { SettingsFileSection } from './settings-file-section';
import { StorageSection } from './storage-section';
import { SearchInput } from './ui/search-input';

interface Entry {
  id: string;
  title: string;
  /** Other words by which it is searched for. */
  words?: string;
  content: ReactNode;
}

export function Options() {
  const [query, setQuery] = useState('');
  const entries = useEntries(query);
  const [isNoneFound, setNoneFound] = useState(false);
  const ids = entries.map(({ id }) => id);
  const search = (text: string) => {
    // The list of providers opens by it: only then is there what can be found.
    flushSync(() => setQuery(text));
    setNoneFound(filterSections(text, ids));
  };
  useAskedSection(ids, ({ hidden }) => {
    if (!hidden) return;
    setQuery('');
    setNoneFound(filterSections('', ids));
  });
  useEffect(() => {
    document.title = t('settingsTitle');
    followProviders();
  }, []);
  return (
    <div className="mx-auto max-w-[920px] px-4 min-[820px]:grid min-[820px]:grid-cols-[176px_minmax(0,1fr)] min-[820px]:gap-x-10">
      <header className="flex items-center gap-3 pt-8 pb-3 min-[820px]:col-span-2 min-[820px]:pb-6">
        <Mark className="size-9" />
        <div>
          <h1 className="text-[19px] leading-6 font-semibold tracking-[-0.01em]">
            {t('settingsTitle')}
          </h1>
          <p className="text-xs text-ink-3">
            {t('version', { version: browser.runtime.getManifest().version })}
          </p>
        </div>
      </header>
      <div className="sticky top-0 z-10 -mx-4 grid grid-cols-[minmax(0,1fr)] gap-2 border-b border-line bg-ground px-4 py-2 min-[820px]:mx-0 min-[820px]:max-h-dvh min-[820px]:content-start min-[820px]:gap-3 min-[820px]:self-start min-[820px]:overflow-y-auto min-[820px]:border-0 min-[820px]:px-0.5">
        <div role="search">
          <SearchInput label={t('searchSettings')} value={query} onChange={search} />
        </div>
        <Contents entries={entries} />
      </div>
      <main className="grid grid-cols-[minmax(0,1fr)] gap-8 pt-6 pb-16 min-[820px]:pt-2 [&_.grid]:grid-cols-[minmax(0,1fr)] [&>[hidden]]:hidden max-[819px]:[&_:is(a,button,input,textarea)]:scroll-mt-24">
        {entries.map(({ id, words, content }) => (
          <div key={id} id={id} data-words={words} className="scroll-mt-24 min-[820px]:scroll-mt-4">
            {content}
          </div>
        ))}
        <p role="status" className="text-ink-2">
          {isNoneFound && t('nothingFound', { query })}
        </p>
      </main>
    </div>
  );
}

/** All sections in their order; each provider in use has one. */
function useEntries(query: string): Entry[] {
  const providers = useChat((state) => state.providers);
  const active = providers.filter(({ isActive }) => isActive);
  return [
    { id: 'section-general', title: t('general'), content: <GeneralSection /> },
    { id: 'section-models', title: t('models'), content: <ModelsSection /> },
    {
      id: 'section-reading',
      title: t('reading'),
      words: t('wordsReading'),
      content: <ReadingSection />,
    },
    ...active.map((provider) => ({
      id: providerSection(provider.id),
      title: provider.name,
      content: <ProviderSection provider={provider} isOnly={active.length === 1} />,
    })),
    {
      id: ADD_SECTION,
      title: t('addProvider'),
      content: <AddProvider query={query} />,
    },
    { id: 'section-hosts', title: t('hosts'), words: t('wordsHosts'), content: <HostsSection /> },
    { id: 'section-keys', title: t('keys'), words: t('wordsKeys'), content: <KeysSection /> },
    {
      id: 'section-backup',
      title: t('backup'),
      words: t('wordsBackup'),
      content: <BackupSection />,
    },
    {
      id: 'section-storage',
      title: t('storage'),
      words: t('wordsStorage'),
      content: <StorageSection />,
    },
    { id: 'section-file', title: t('settingsFile'), content: <SettingsFileSection /> },
    {
      id: 'section-diagnostics',
      title: t('diagnostics'),
      words: t('wordsDiagnostics'),
      content: <Diagnostics />,
    },
  ];
}

/** The way to each section: a column beside them, in a narrow window a row that one pushes along. */
function Contents({ entries }: { entries: Entry[] }) {
  return (
    <nav aria-label={t('sections')}>
      <ul className="-mx-4 flex gap-1 overflow-x-auto px-1.5 [scrollbar-width:none] min-[820px]:mx-0 min-[820px]:grid min-[820px]:px-0">
        {entries.map(({ id, title }) => (
          <li key={id} className="flex-none">
            <a
              href={`#${id}`}
              className="flex min-h-7 items-center rounded-lg px-2.5 text-[13px] whitespace-nowrap text-ink-2 hover:bg-raised hover:text-ink min-[820px]:whitespace-normal"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Hides the sections that do not have the words, by what stands in them; answers whether none has. */
function filterSections(query: string, ids: string[]): boolean {
  const sections = ids.flatMap((id) => document.getElementById(id) ?? []);
  for (const section of sections) section.hidden = !hasWords(section, query);
  return sections.every(({ hidden }) => hidden);
}
