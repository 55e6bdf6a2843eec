import { Plus } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { hasBuiltInModel } from '@/lib/panel/first-run';
import { saveKey } from '@/lib/panel/keys';
import { providerSection } from '@/lib/panel/open-settings';
import { activateProvider, isKeyOptional, refreshWhenReady } from '@/lib/panel/provider-settings';
import { foldText } from '@/lib/search-terms';
import { isMoving, isWriting, nextOption } from './list-keys';
import { Button } from './ui/button';
import { SearchInput } from './ui/search-input';

/** By what they need of the person. */
const kinds: { kind: ProviderInfo['kind']; heading: MessageKey }[] = [
  { kind: 'key', heading: 'kindKey' },
  { kind: 'local', heading: 'kindLocal' },
  { kind: 'browser', heading: 'kindBrowser' },
  { kind: 'free', heading: 'kindFree' },
];

/** The providers that are not in use, to choose from. `query` is what is searched for in all settings. */
export function AddProvider({ query }: { query: string }) {
  const all = useChat((state) => state.providers);
  const unused = all.filter(({ isActive }) => !isActive);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <section aria-labelledby="add-provider" className="grid gap-3">
      <h2
        ref={heading}
        id="add-provider"
        tabIndex={-1}
        className="text-[15px] font-semibold outline-none"
      >
        {t('addProvider')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('addProviderText')}</p>
      <div aria-live="polite" className="grid gap-2 empty:absolute">
        {unused.map(
          (provider) =>
            provider.key && (
              <LeftKey
                key={provider.id}
                provider={provider}
                onDelete={() => heading.current?.focus({ preventScroll: true })}
              />
            ),
        )}
      </div>
      <Choice
        providers={unused.filter(({ kind }) => kind !== 'browser' || hasBuiltInModel())}
        query={query}
      />
    </section>
  );
}

/** The key of a provider that is in use no more: who leaves it may believe that it is gone. */
function LeftKey({ provider, onDelete }: { provider: ProviderInfo; onDelete: () => void }) {
  const id = useId();
  const [isFailed, setFailed] = useState(false);
  const remove = async () => {
    setFailed(false);
    try {
      await saveKey(provider.id, '');
      onDelete();
    } catch {
      setFailed(true);
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p id={id} className="me-auto text-[13px] text-ink-2">
        {t('keyLeft', { provider: provider.name })}
      </p>
      <Button aria-describedby={id} onClick={() => void remove()}>
        {t('keyRemove')}
      </Button>
      {isFailed && (
        <p role="alert" className="basis-full text-[13px] text-danger">
          {t('saveFailed')}
        </p>
      )}
    </div>
  );
}

/** The list opens with a click, has the focus in its search, and goes by the keys of every list. */
function Choice({ providers, query }: { providers: ProviderInfo[]; query: string }) {
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    setSearch('');
  };
  const add = (id: string) => {
    close();
    void takeIntoUse(id);
  };
  // What is searched for in all settings opens the list, where it names one of them.
  const named = query.trim() ? fitting(providers, query) : [];
  const shown = isOpen ? fitting(providers, search) : named;
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, target } = event;
    const isInField = target === input.current;
    const rows = [...(box.current?.querySelectorAll<HTMLElement>('li button') ?? [])];
    if (event.nativeEvent.isComposing || (!isOpen && rows.length === 0)) return;
    if (key === 'Escape' && isOpen) {
      close();
      opener.current?.focus();
    } else if (isInField && key === 'Enter' && shown[0]) add(shown[0].id);
    else if (isMoving(key) && (!isInField || key === 'ArrowDown')) {
      (nextOption(key, rows) ?? input.current)?.focus();
    } else if (isOpen && !isInField && isWriting(event)) {
      setSearch(search + key);
      input.current?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div ref={box} className="grid gap-3">
      <Button
        ref={opener}
        className="flex w-fit items-center gap-1.5"
        aria-expanded={isOpen}
        onClick={() => (isOpen ? close() : setOpen(true))}
        onKeyDown={onKeyDown}
      >
        <Plus size={15} aria-hidden />
        {t('chooseProvider')}
      </Button>
      {isOpen && (
        <SearchInput
          ref={input}
          label={t('searchProviders')}
          value={search}
          onChange={setSearch}
          onKeyDown={onKeyDown}
        />
      )}
      {kinds.map(({ kind, heading }) => (
        <Group
          key={kind}
          heading={t(heading)}
          providers={shown.filter((provider) => provider.kind === kind)}
          onChoose={add}
          onKeyDown={onKeyDown}
        />
      ))}
      {isOpen && (
        <p role="status" className="text-[13px] text-ink-2 empty:absolute">
          {shown.length === 0 && t('nothingFound', { query: search })}
        </p>
      )}
    </div>
  );
}

/** Its section is there then, and the models are asked for where that can be done at once. */
async function takeIntoUse(id: string): Promise<void> {
  await activateProvider(id, true);
  location.hash = providerSection(id);
  await refreshWhenReady(id);
}

function Group({
  heading,
  providers,
  onChoose,
  onKeyDown,
}: {
  heading: string;
  providers: ProviderInfo[];
  onChoose: (id: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
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
              onKeyDown={onKeyDown}
            >
              <span className="min-w-0 truncate">{provider.name}</span>
              {provider.kind === 'key' && isKeyOptional(provider) && (
                <span className="flex-none text-xs text-ink-3"> {t('needsAddress')}</span>
              )}
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
