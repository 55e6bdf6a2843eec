import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useRef, type MouseEvent } from 'react';
import { t } from '@/lib/i18n';
import { isPrompt, setDraft } from '@/lib/panel/actions';
import {
  selectAttached,
  selectIsStreaming,
  selectIsTemporary,
  selectModelInUse,
  useChat,
} from '@/lib/panel/chat-store';
import { stopReply } from '@/lib/panel/message-actions';
import { ChatOptionsButton } from './chat-options';
import { ImageOptionsMenu } from './image-options';
import { ModelPicker } from './model-picker';
import { AttachedImage } from './prompt-image';
import { PromptBox } from './prompt-box';
import { Queue } from './queue';

/** The prompt box, which grows up to a limit, with the model and what waits. */
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
  const isChanging = useChat(
    (state) => selectAttached(state) !== null && selectModelInUse(state)?.output === 'image',
  );
  const box = useRef<HTMLTextAreaElement>(null);
  const conversationId = useChat((state) => state.conversation?.id);

  useEffect(() => {
    if (conversationId) box.current?.focus();
  }, [conversationId]);

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

  const sendByKey = () => {
    if (!isStreaming || canQueue) void onSend();
  };
  return (
    <div
      className={`rounded-2xl border border-line bg-ground p-2 shadow-raised focus-within:border-accent focus-within:shadow-[0_0_0_3px_var(--accent-soft)] ${isTemporary ? 'border-dashed border-ink-3' : ''}`}
    >
      <Queue isStreaming={isStreaming} />
      <AttachedImage />
      <PromptBox
        isMain
        box={box}
        label={label}
        placeholder={t(
          isStreaming && canQueue
            ? 'queuePlaceholder'
            : isChanging
              ? 'changePlaceholder'
              : 'messagePlaceholder',
        )}
        text={draft}
        onWrite={setDraft}
        onSend={sendByKey}
        className="max-h-[min(40vh,240px)] min-h-[34px] pt-1 pb-2"
      />
      {(isSendFailed || isActionFailed) && (
        <p role="alert" className="px-1.5 pb-2 text-[13px] text-danger">
          {t(isSendFailed ? 'sendFailed' : 'actionFailed')}
        </p>
      )}
      <div className="flex items-center gap-1">
        <ModelPicker />
        <ImageOptionsMenu />
        <ChatOptionsButton />
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
