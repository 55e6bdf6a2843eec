import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { t } from '@/lib/i18n';
import { PROMPT_LIMIT } from '@/lib/messages';
import { isPrompt, setDraft } from '@/lib/panel/actions';
import { selectIsStreaming, selectIsTemporary, useChat } from '@/lib/panel/chat-store';
import { stopReply } from '@/lib/panel/message-actions';
import { ModelPicker } from './model-picker';
import { Queue } from './queue';

/** The prompt box: Enter sends, Shift+Enter breaks the line, and it grows up to a limit. */
export function Composer({
  label,
  sendLabel,
  canQueue = false,
  onSend,
}: {
  label: string;
  sendLabel: string;
  /** Whether what is sent while a reply runs waits for its end. */
  canQueue?: boolean;
  onSend: () => Promise<void>;
}) {
  const draft = useChat((state) => state.draft);
  const isStreaming = useChat(selectIsStreaming);
  const isSendFailed = useChat((state) => state.isSendFailed);
  const isActionFailed = useChat((state) => state.isActionFailed);
  const isTemporary = useChat(selectIsTemporary);
  const box = useRef<HTMLTextAreaElement>(null);
  const conversationId = useChat((state) => state.conversation?.id);

  useEffect(() => {
    if (conversationId) box.current?.focus();
  }, [conversationId]);

  useEffect(() => {
    const field = box.current;
    field?.addEventListener('beforeinput', insertAtOnce);
    return () => field?.removeEventListener('beforeinput', insertAtOnce);
  }, []);

  // The button that was pressed is gone or disabled the moment after; the focus must not go with it.
  const send = () => {
    void onSend();
    box.current?.focus();
  };
  const stop = (event: MouseEvent) => {
    // The second half of a double click on Send, which stood in the same place.
    if (event.detail > 1) return;
    void stopReply();
    box.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    if (!isStreaming || canQueue) void onSend();
  };

  const isTooLong = draft.length > PROMPT_LIMIT;
  return (
    <div
      className={`rounded-2xl border border-line bg-ground p-2 shadow-raised focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)] ${isTemporary ? 'border-dashed border-ink-3' : ''}`}
    >
      <Queue isStreaming={isStreaming} />
      <textarea
        ref={box}
        rows={1}
        data-prompt-box
        // The browser would keep what is typed in a tab on disk, to restore it after a crash.
        autoComplete="off"
        aria-label={label}
        placeholder={t(isStreaming && canQueue ? 'queuePlaceholder' : 'messagePlaceholder')}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
        // Chromium takes seconds to find the direction of a megabyte.
        dir={isTooLong ? undefined : 'auto'}
        className="field-sizing-content block max-h-[min(40vh,240px)] min-h-[34px] w-full resize-none px-1.5 pt-1 pb-2 outline-none placeholder:text-ink-3"
      />
      {(isTooLong || isSendFailed || isActionFailed) && (
        <p role="alert" className="px-1.5 pb-2 text-[13px] text-danger">
          {isTooLong
            ? t('promptTooLong', { count: draft.length, limit: PROMPT_LIMIT })
            : t(isSendFailed ? 'sendFailed' : 'actionFailed')}
        </p>
      )}
      <div className="flex items-center gap-1">
        <ModelPicker />
        <span className="grow" />
        {isStreaming && (
          <RoundButton label={t('stop')} look="bg-ink text-ground" onClick={stop}>
            <Square size={13} fill="currentColor" aria-hidden />
          </RoundButton>
        )}
        {(!isStreaming || (canQueue && isPrompt(draft))) && (
          <RoundButton
            label={isStreaming ? t('queuePrompt') : sendLabel}
            look="bg-accent text-accent-ink disabled:bg-sunk disabled:text-ink-3"
            disabled={!isPrompt(draft)}
            onClick={send}
          >
            <ArrowUp size={18} strokeWidth={2} aria-hidden />
          </RoundButton>
        )}
      </div>
    </div>
  );
}

/** Characters from which an insertion is done by Aside instead of the browser. */
const LONG = 10_000;

/**
 * Chromium inserts a long text line by line, which costs the square of their number (4,000 lines:
 * half a minute). Set as a whole it is there at once; only the browser's own undo is lost.
 */
function insertAtOnce(event: InputEvent): void {
  const field = event.target;
  const { data } = event;
  if (!(field instanceof HTMLTextAreaElement) || !data || data.length < LONG) return;
  event.preventDefault();
  field.setRangeText(data, field.selectionStart, field.selectionEnd, 'end');
  setDraft(field.value);
}

function RoundButton({
  label,
  look,
  ...props
}: React.ComponentProps<'button'> & { label: string; look: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-[34px] flex-none place-items-center rounded-[11px] ${look}`}
      {...props}
    />
  );
}

/**
 * Whether this Enter ends a composition instead of sending. Safari fires it after `compositionend`,
 * where only the key code 229 still tells: https://bugs.webkit.org/show_bug.cgi?id=165004
 */
function isComposing(event: KeyboardEvent): boolean {
  return event.nativeEvent.isComposing || event.keyCode === 229;
}
