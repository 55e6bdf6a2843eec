import { useEffect, useEffectEvent, type KeyboardEvent, type RefObject } from 'react';
import { t } from '@/lib/i18n';
import { PROMPT_LIMIT } from '@/lib/messages';

/** Where prompts are written: Enter sends, Shift+Enter breaks the line, and it says when it is too much. */
export function PromptBox({
  label,
  text,
  placeholder,
  className,
  isMain = false,
  box,
  onWrite,
  onSend,
  onEscape,
}: {
  label: string;
  text: string;
  placeholder?: string;
  className: string;
  /** Whether it is the page's own box, which takes a focus that would be lost. */
  isMain?: boolean;
  box: RefObject<HTMLTextAreaElement | null>;
  onWrite: (text: string) => void;
  onSend: () => void;
  onEscape?: () => void;
}) {
  const insert = useEffectEvent((event: InputEvent) => insertAtOnce(event, onWrite));
  useEffect(() => {
    const field = box.current;
    const listener = (event: InputEvent) => insert(event);
    field?.addEventListener('beforeinput', listener);
    return () => field?.removeEventListener('beforeinput', listener);
  }, [box]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    if (event.key === 'Escape') onEscape?.();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    onSend();
  };

  const isTooLong = text.length > PROMPT_LIMIT;
  return (
    <>
      <textarea
        ref={box}
        rows={1}
        data-prompt-box={isMain || undefined}
        // The browser would keep what is typed in a tab on disk, to restore it after a crash.
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => onWrite(event.target.value)}
        onKeyDown={onKeyDown}
        // Chromium takes seconds to find the direction of a megabyte.
        dir={isTooLong ? undefined : 'auto'}
        className={`field-sizing-content block w-full resize-none px-1.5 outline-none placeholder:overflow-hidden placeholder:text-ellipsis placeholder:whitespace-nowrap placeholder:text-ink-3 ${className}`}
      />
      {isTooLong && (
        <p role="alert" className="px-1.5 pb-2 text-[13px] text-danger">
          {t('promptTooLong', { count: text.length, limit: PROMPT_LIMIT })}
        </p>
      )}
    </>
  );
}

/** Characters from which an insertion is done by Aside instead of the browser. */
const LONG = 10_000;

/**
 * Chromium inserts a long text line by line, which costs the square of their number (4,000 lines:
 * half a minute). Set as a whole it is there at once; only the browser's own undo is lost.
 */
function insertAtOnce(event: InputEvent, onWrite: (text: string) => void): void {
  const field = event.target;
  const { data } = event;
  if (!(field instanceof HTMLTextAreaElement) || !data || data.length < LONG) return;
  event.preventDefault();
  field.setRangeText(data, field.selectionStart, field.selectionEnd, 'end');
  onWrite(field.value);
}

/**
 * Whether this key belongs to a composition. Safari fires the Enter that ends one after
 * `compositionend`, where only the key code 229 still tells:
 * https://bugs.webkit.org/show_bug.cgi?id=165004
 */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
