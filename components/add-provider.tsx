import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { hasBuiltInModel } from '@/lib/panel/first-run';
import { providerSection } from '@/lib/panel/open-settings';
import { activateProvider, isKeyOptional } from '@/lib/panel/provider-settings';
import { foldText } from '@/lib/search-terms';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';

/** What each kind of provider needs of the person. */
const kinds: { kind: ProviderInfo['kind']; heading: MessageKey; needs: MessageKey }[] = [
  { kind: 'key', heading: 'kindKey', needs: 'needsKey' },
  { kind: 'local', heading: 'kindLocal', needs: 'needsProgram' },
  { kind: 'browser', heading: 'kindBrowser', needs: 'needsNothing' },
  { kind: 'free', heading: 'kindFree', needs: 'needsNothing' },
];

/** The providers that are not in use, to choose from. `query` is what is searched for in all settings. */
export function AddProvider({ query }: { query: string }) {
  const all = useChat((state) => state.providers);
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  const others = all.filter(
    ({ isActive, kind }) => !isActive && (kind !== 'browser' || hasBuiltInModel()),
  );
  const add = async (id: string) => {
    setOpen(false);
    setSearch('');
    await activateProvider(id, true);
    location.hash = providerSection(id);
  };
  // What is searched for in all settings opens the list, where it names one of them.
  const named = query.trim() ? fitting(others, query) : [];
  const shown = isOpen ? fitting(others, search) : named;
  return (
    <section aria-labelledby="add-provider" className="grid gap-3">
      <h2 id="add-provider" tabIndex={-1} className="text-[15px] font-semibold outline-none">
        {t('addProvider')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('addProviderText')}</p>
      <Button
        className="flex w-fit items-center gap-1.5"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Plus size={15} aria-hidden />
        {t('chooseProvider')}
      </Button>
      {isOpen && (
        <TextInput
          ref={input}
          type="search"
          aria-label={t('searchProviders')}
          placeholder={t('searchProviders')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={({ key }) => key === 'Enter' && shown[0] && void add(shown[0].id)}
        />
      )}
      {kinds.map(({ kind, heading, needs }) => (
        <Group
          key={kind}
          heading={t(heading)}
          needs={t(needs)}
          providers={shown.filter((provider) => provider.kind === kind)}
          onChoose={(id) => void add(id)}
        />
      ))}
      {isOpen && (
        <p role="status" className="text-[13px] text-ink-2 empty:hidden">
          {shown.length === 0 && t('nothingFound', { query: search })}
        </p>
      )}
    </section>
  );
}

function Group({
  heading,
  needs,
  providers,
  onChoose,
}: {
  heading: string;
  needs: string;
  providers: ProviderInfo[];
  onChoose: (id: string) => void;
}) {
  if (providers.length === 0) return null;
  return (
    <div className="grid gap-1">
      <h3 className="text-xs font-semibold text-ink-3">{heading}</h3>
      <ul className="-mx-2.5 min-[560px]:columns-2">
        {providers.map((provider) => (
          <li key={provider.id} className="break-inside-avoid">
            <button
              type="button"
              className="flex min-h-8 w-full items-baseline gap-2 rounded-lg px-2.5 py-1 text-start hover:bg-raised"
              onClick={() => onChoose(provider.id)}
            >
              <span className="min-w-0 truncate">{provider.name}</span>{' '}
              <span className="flex-none text-xs text-ink-3">
                {isKeyOptional(provider) && provider.kind === 'key' ? t('needsAddress') : needs}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function fitting(providers: ProviderInfo[], search: string): ProviderInfo[] {
  const words = foldText(search).split(/\s+/u).filter(Boolean);
  return providers.filter(({ name }) => words.every((word) => foldText(name).includes(word)));
}
