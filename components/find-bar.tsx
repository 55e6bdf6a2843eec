import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { t } from '@/lib/i18n';
import type { useFind } from '@/lib/panel/find';
import { IconButton } from './ui/button';

/**
 * The search in a conversation, which Ctrl+F or Cmd+F opens. It lies over the messages, so that
 * nothing moves.
 */
export function FindBar({ find }: { find: ReturnType<typeof useFind> }) {
  const { open, isOpen } = find;
  const field = useRef<HTMLInputElement>(null);
  const opener = useRef<Element>(null);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (!isFindKey(event) || isInDialog(event.target)) return;
      event.preventDefault();
      if (!field.current) opener.current = document.activeElement;
      open();
      takeFocus(field.current);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [open]);
  useEffect(() => {
    if (isOpen) takeFocus(field.current);
  }, [isOpen]);
  if (!isOpen) return null;

  const close = () => {
    find.close();
    if (opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing)
      find.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  };
  return (
    <div
      role="search"
      className="absolute inset-x-2 top-2 z-10 ms-auto flex max-w-[420px] items-center gap-0.5 rounded-xl border border-line bg-ground p-1 text-ink-2 shadow-raised focus-within:border-accent"
    >
      <input
        ref={field}
        type="search"
        aria-label={t('findInConversation')}
        placeholder={t('findInConversation')}
        value={find.query}
        onChange={(event) => find.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        dir="auto"
        className="h-8 min-w-0 flex-1 px-2 text-ink outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
      />
      <span role="status" className="flex-none px-1 text-xs">
        {find.query && countText(find)}
      </span>
      <IconButton
        icon={ChevronUp}
        label={t('findPrevious')}
        disabled={find.count === 0}
        onClick={() => find.step(-1)}
      />
      <IconButton
        icon={ChevronDown}
        label={t('findNext')}
        disabled={find.count === 0}
        onClick={() => find.step(1)}
      />
      <IconButton icon={X} label={t('close')} onClick={close} />
    </div>
  );
}

/** Typing replaces what was searched for last. */
function takeFocus(field: HTMLInputElement | null): void {
  field?.focus({ preventScroll: true });
  field?.select();
}

function countText({ index, count }: ReturnType<typeof useFind>): string {
  return count === 0 ? t('findNone') : t('findCount', { index: index + 1, count });
}

/** By the letter, or by the place of the key where the keyboard has no Latin letters. */
function isFindKey({ key, code, ctrlKey, metaKey, altKey, shiftKey }: globalThis.KeyboardEvent) {
  const isLatin = /^[a-z]$/iu.test(key);
  const isF = isLatin ? key.toLowerCase() === 'f' : code === 'KeyF';
  return isF && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}
