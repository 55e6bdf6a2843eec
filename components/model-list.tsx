import { isSameModel } from '@/lib/model-ref';
import { Plus, Star } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import type { ModelRef } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import {
  chooseModels,
  countModels,
  type ChoiceGroup,
  type ModelChoice,
} from '@/lib/panel/model-choices';
import { formatCount } from '@/lib/panel/counts';
import { toggleFavourite } from '@/lib/panel/models';
import { ADD_SECTION, openSettings } from '@/lib/panel/open-settings';
import { useSetting } from '@/lib/panel/use-setting';
import type { ModelDescription } from '@/lib/provider';
import { favouriteModels } from '@/lib/settings';
import { isMoving, isWriting, nextOption } from './list-keys';
import { ModelOption, PlainOption } from './model-option';
import { TypedOptions } from './typed-options';
import { IconButton } from './ui/button';
import { SearchInput } from './ui/search-input';

/** As many models are seen at a glance; of more, one searches. */
const FEW = 8;

/**
 * All models that can be picked. The arrows go from model to model, typing searches; what one can do
 * with the model where the focus is or was stands at the foot, as a list holds nothing but options.
 */
export function ModelList({
  label,
  current,
  output,
  none,
  onChoose,
}: {
  label: string;
  current: ModelRef | null | undefined;
  /** What the models must make; anything unless told. */
  output?: ModelDescription['output'];
  /** What choosing no model is called, where that can be chosen. */
  none?: string;
  onChoose: (model: ModelRef | null) => void;
}) {
  const providers = useChat((state) => state.providers);
  const favourites = useSetting(favouriteModels);
  const [query, setQuery] = useState('');
  const [isSearching, setSearching] = useState(() => countModels(providers, output) > FEW);
  const [active, setActive] = useState(current);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { groups, count } = chooseModels({ providers, favourites, current, query, output });
  const choices = groups.flatMap((group) => group.choices);
  const hasNone = none !== undefined && !query;
  const isNoneReached = hasNone && active === null;
  const first = isNoneReached ? undefined : choices[0];
  const reached = choices.find(({ ref }) => isSameModel(ref, active)) ?? first;

  // What is typed in the list goes on in the field, which may be there only now.
  useEffect(() => {
    if (query) field.current?.focus();
  }, [query]);

  const search = (text: string) => {
    setQuery(text);
    // From now on Enter picks the first that is found.
    setActive(undefined);
  };
  const onFieldKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const options = optionsIn(list.current);
    if (event.key === 'Enter' && reached) onChoose(reached.ref);
    // A name that was typed, where one provider alone can take it.
    else if (event.key === 'Enter' && options.length === 1) options[0]?.click();
    else if (event.key === 'ArrowDown') options[0]?.focus();
    else return;
    event.preventDefault();
  };
  const onListKey = (event: KeyboardEvent) => {
    const next = nextOption(event.key, optionsIn(list.current)) ?? field.current;
    if (isMoving(event.key)) next?.focus();
    else if (isWriting(event)) {
      setSearching(true);
      search(query + event.key);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      {isSearching && (
        <Search
          field={field}
          query={query}
          count={count}
          shown={choices.length}
          onKeyDown={onFieldKey}
          onChange={search}
        />
      )}
      <div
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={onListKey}
        className="min-h-0 flex-1 overflow-y-auto p-1 outline-none"
      >
        {hasNone && (
          <PlainOption
            text={none}
            isChosen={!current}
            isReached={isNoneReached}
            onReach={() => setActive(null)}
            onChoose={() => onChoose(null)}
          />
        )}
        {groups.map((group) => (
          <Group
            key={group.provider ?? ''}
            group={group}
            current={current}
            reached={reached}
            onReach={setActive}
            onChoose={onChoose}
          />
        ))}
        {/* What a typed name draws, or whether it does, is a guess. */}
        {count === 0 && output !== 'image' && (
          <TypedOptions query={query} active={active} onReach={setActive} onChoose={onChoose} />
        )}
      </div>
      <Foot reached={reached} />
    </>
  );
}

function Search({
  field,
  query,
  count,
  shown,
  onKeyDown,
  onChange,
}: {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  /** How many models are found, and how many of them are in the list. */
  count: number;
  shown: number;
  onKeyDown: (event: KeyboardEvent) => void;
  onChange: (query: string) => void;
}) {
  return (
    <div className="border-b border-line p-1.5">
      <SearchInput
        ref={field}
        label={t('searchModels')}
        value={query}
        onKeyDown={onKeyDown}
        onChange={onChange}
        className="text-[13px]"
      />
      <p role="status" className="px-2.5 pt-1 text-xs text-ink-3 empty:hidden">
        {count === 0 && t('noModels')}
        {count > shown && t('someModels', { shown, count: formatCount(count) })}
      </p>
    </div>
  );
}

function Group({
  group: { provider, choices },
  current,
  reached,
  onReach,
  onChoose,
}: {
  group: ChoiceGroup;
  current: ModelRef | null | undefined;
  reached: ModelChoice | undefined;
  onReach: (model: ModelRef) => void;
  onChoose: (model: ModelRef) => void;
}) {
  const id = useId();
  const name = useChat(({ providers }) => providers.find((one) => one.id === provider)?.name);
  return (
    <div role="group" aria-labelledby={id}>
      <p id={id} role="presentation" className="px-2 pt-2 pb-0.5 text-xs text-ink-3">
        {name ?? t('favourites')}
      </p>
      {choices.map((choice) => (
        <ModelOption
          key={`${choice.ref.provider}\n${choice.ref.model}`}
          choice={choice}
          hasProvider={provider === null}
          isChosen={isSameModel(choice.ref, current)}
          isReached={choice === reached}
          onReach={() => onReach(choice.ref)}
          onChoose={() => onChoose(choice.ref)}
        />
      ))}
    </div>
  );
}

function Foot({ reached }: { reached: ModelChoice | undefined }) {
  return (
    <div className="flex items-center gap-1 border-t border-line p-1 text-ink-2">
      <button
        type="button"
        className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded-lg px-2 text-start text-[13px] hover:bg-raised hover:text-ink"
        onClick={() => void openSettings(ADD_SECTION)}
      >
        <Plus size={15} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="truncate">{t('moreModels')}</span>
      </button>
      {reached && (
        <IconButton
          icon={Star}
          size="large"
          label={t('favourite', { model: reached.name })}
          aria-pressed={reached.isFavourite}
          className={reached.isFavourite ? 'text-accent [&>svg]:fill-current' : ''}
          onClick={() => void toggleFavourite(reached.ref)}
        />
      )}
    </div>
  );
}

function optionsIn(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}
