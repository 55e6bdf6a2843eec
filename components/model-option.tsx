import { Check, Eye, ImageIcon, Lightbulb, Star, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { ModelChoice } from '@/lib/panel/model-choices';
import { toggleFavourite } from '@/lib/panel/models';
import type { ModelDescription } from '@/lib/provider';

/** One model of the list; the text of the option is always the provider and the model. */
export function ModelOption({
  choice,
  hasProvider,
  isChosen,
  isReached,
  onReach,
  onChoose,
}: {
  choice: ModelChoice;
  /** Whether the provider is seen in it too: no heading says it. */
  hasProvider: boolean;
  isChosen: boolean;
  isReached: boolean;
  onReach: () => void;
  onChoose: () => void;
}) {
  const { name, ref, description, isFavourite } = choice;
  const abilities = abilitiesOf(description);
  const prefix = name.slice(0, name.length - ref.model.length);
  return (
    <Row
      aria-label={name}
      // Of an element that has a label, the title is the description.
      title={abilities.map(({ text }) => t(text)).join(', ') || undefined}
      isChosen={isChosen}
      isReached={isReached}
      onReach={onReach}
      onChoose={onChoose}
    >
      <span className="line-clamp-2 min-w-0 my-1 flex-1 leading-snug break-words" title={name}>
        <span className={hasProvider ? 'text-ink-3' : 'sr-only'}>{prefix}</span>
        {ref.model}
      </span>
      {abilities.map(({ icon: Icon, text }) => (
        <span key={text} title={t(text)} className="flex-none text-ink-3">
          <Icon size={14} strokeWidth={1.75} aria-hidden />
        </span>
      ))}
      {/* For the pointer alone: for all others it is the button at the list's foot. */}
      <span
        aria-hidden
        title={t('favourite', { model: name })}
        onMouseDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          void toggleFavourite(ref);
        }}
        className={`grid size-8 flex-none place-items-center rounded-lg hover:text-accent ${isFavourite ? 'text-accent [&>svg]:fill-current' : 'text-ink-3'}`}
      >
        <Star size={14} strokeWidth={1.75} />
      </span>
    </Row>
  );
}

/** An option that is none of the models: no model, or a name as it was typed. */
export function PlainOption({
  text,
  isChosen,
  isReached,
  onReach,
  onChoose,
}: {
  text: string;
  isChosen: boolean;
  isReached: boolean;
  onReach: () => void;
  onChoose: () => void;
}) {
  return (
    <Row isChosen={isChosen} isReached={isReached} onReach={onReach} onChoose={onChoose}>
      <span className="line-clamp-2 min-w-0 my-1 flex-1 leading-snug break-words">{text}</span>
    </Row>
  );
}

function Row({
  isChosen,
  isReached,
  onReach,
  onChoose,
  children,
  ...named
}: {
  isChosen: boolean;
  isReached: boolean;
  onReach: () => void;
  onChoose: () => void;
  children: ReactNode;
  'aria-label'?: string;
  title?: string | undefined;
}) {
  return (
    <div
      role="option"
      aria-selected={isChosen}
      tabIndex={isReached ? 0 : -1}
      onFocus={onReach}
      onClick={onChoose}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        onChoose();
      }}
      className={`flex min-h-8 items-center gap-2 rounded-lg ps-2 text-[13px] outline-none hover:bg-raised ${isReached ? 'bg-raised' : ''}`}
      {...named}
    >
      <span className="w-4 flex-none text-accent">
        {isChosen && <Check size={14} aria-hidden />}
      </span>
      {children}
    </div>
  );
}

function abilitiesOf({ output, seesImages, reasons }: ModelDescription) {
  const all: (false | { icon: LucideIcon; text: MessageKey })[] = [
    output === 'image' && { icon: ImageIcon, text: 'makesImages' },
    seesImages === true && { icon: Eye, text: 'seesImages' },
    reasons === true && { icon: Lightbulb, text: 'reasons' },
  ];
  return all.filter((one) => one !== false);
}
