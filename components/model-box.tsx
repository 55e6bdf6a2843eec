import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useRef, type ComponentProps } from 'react';
import type { ModelRef } from '@/lib/conversation';
import { useChat } from '@/lib/panel/chat-store';
import { modelName } from '@/lib/panel/gallery-search';
import type { ModelDescription } from '@/lib/provider';
import { ModelList } from './model-list';

/** A box that shows a model and opens the list of all. */
export function ModelBox({
  label,
  current,
  output,
  none,
  isOpen,
  onOpenChange,
  onChoose,
  className = '',
}: {
  label: string;
  current: ModelRef | null | undefined;
  /** What the model must make; anything unless told. */
  output?: ModelDescription['output'];
  /** What choosing no model is called, where that can be chosen. */
  none?: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChoose: (model: ModelRef | null) => void;
  className?: string;
}) {
  const providers = useChat((state) => state.providers);
  const id = useId();
  return (
    // Modal: a new conversation, which takes the focus to its prompt box, must not close the list.
    <Popover.Root modal open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Trigger
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={id}
        aria-label={label}
        title={label}
        className={`flex min-h-7 min-w-0 items-center gap-1 rounded-lg px-2 text-[12.5px] text-ink-2 hover:bg-raised hover:text-ink ${className}`}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          onOpenChange(true);
        }}
      >
        <span className="truncate">
          {/* Until it is known who is there, an id alone would be a riddle. */}
          {current ? providers.length > 0 && modelName(current, providers) : none}
        </span>
        <ChevronDown size={14} aria-hidden className="flex-none" />
      </Popover.Trigger>
      <ModelListContent
        id={id}
        label={label}
        current={current}
        {...(output && { output })}
        {...(none && { none })}
        onClose={() => onOpenChange(false)}
        onChoose={onChoose}
      />
    </Popover.Root>
  );
}

/** The list of all models in a popover, whose root and anchor are elsewhere; a choice closes it. */
export function ModelListContent({
  label,
  onClose,
  onChoose,
  id,
  onCloseAutoFocus,
  ...list
}: ComponentProps<typeof ModelList> & {
  onClose: () => void;
  id?: string;
  onCloseAutoFocus?: () => void;
}) {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Popover.Portal>
      <Popover.Content
        ref={content}
        id={id}
        aria-label={label}
        align="start"
        sideOffset={4}
        collisionPadding={8}
        onOpenAutoFocus={(event) => {
          event.preventDefault();
          content.current?.querySelector<HTMLElement>('input, [tabindex="0"]')?.focus();
        }}
        onCloseAutoFocus={onCloseAutoFocus}
        className="z-20 flex max-h-[min(440px,var(--radix-popover-content-available-height))] w-[min(360px,calc(100vw-16px))] flex-col overflow-hidden rounded-xl border border-line bg-ground text-ink shadow-raised outline-none"
      >
        <ModelList
          {...list}
          label={label}
          onChoose={(chosen) => {
            onClose();
            onChoose(chosen);
          }}
        />
      </Popover.Content>
    </Popover.Portal>
  );
}
