import { FileText, Scissors } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Message } from '@/lib/conversation';
import { promptImagesOf, textOf } from '@/lib/message-text';
import { t } from '@/lib/i18n';
import { isPrompt } from '@/lib/panel/actions';
import { selectIsStreaming, useChat } from '@/lib/panel/chat-store';
import { editPrompt } from '@/lib/panel/message-actions';
import { focusPromptBox } from '@/lib/panel/prompt-box';
import { sourceLine } from '@/lib/panel/source-line';
import { PromptActions } from './message-actions';
import { PromptBox } from './prompt-box';
import { SmallImage } from './prompt-image';
import { PromptText } from './prompt-text';
import { Button } from './ui/button';

/** What the person said: a small bubble, which turns into a box to be edited. */
export function Prompt({ message }: { message: Message }) {
  const [editing, setEditing] = useState<'no' | 'yes' | 'cancelled'>('no');
  const isBusy = useChat(selectIsStreaming);
  const text = textOf(message);
  if (editing === 'yes') {
    return (
      <PromptEditor
        message={message}
        onSent={() => {
          setEditing('no');
          focusPromptBox();
        }}
        onCancel={() => setEditing('cancelled')}
      />
    );
  }
  return (
    <div className="group">
      <div className="ms-auto w-fit max-w-[86%] rounded-[14px_14px_4px_14px] bg-bubble px-3 py-2">
        {promptImagesOf(message).map(({ image, prompt }) => (
          <span key={image.id} className="mb-1.5 block">
            <SmallImage image={image} prompt={prompt} height={96} />
          </span>
        ))}
        <PromptText text={text} />
        {message.source && (
          <p
            className="mt-1 flex items-start gap-1.5 text-xs text-ink-3"
            title={message.source.url}
          >
            <FileText size={13} aria-hidden className="mt-[3px] flex-none" />
            <span className="min-w-0">{sourceLine(message.source)}</span>
          </p>
        )}
        {message.cutFrom && (
          <p className="mt-1 flex items-start gap-1.5 text-xs text-ink-3">
            <Scissors size={13} aria-hidden className="mt-[3px] flex-none" />
            <span>{t('cutNote', { kept: text.length, count: message.cutFrom })}</span>
          </p>
        )}
      </div>
      <PromptActions
        message={message}
        isBusy={isBusy}
        editRef={editing === 'cancelled' ? takeFocus : undefined}
        onEdit={() => setEditing('yes')}
      />
    </div>
  );
}

/** Back where the person was before the editor. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

/** Enter sends the new version, Escape leaves the old one. */
function PromptEditor({
  message,
  onSent,
  onCancel,
}: {
  message: Message;
  onSent: () => void;
  onCancel: () => void;
}) {
  // The id goes with the text: sent twice, the version must not be there twice.
  const [version, setVersion] = useState(() => newVersion(textOf(message)));
  const [isFailed, setFailed] = useState(false);
  const isBusy = useChat(selectIsStreaming);
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const field = box.current;
    if (!field) return;
    field.setSelectionRange(field.value.length, field.value.length);
    // The list leads to the box.
    field.focus({ preventScroll: true });
    field.scrollTop = field.scrollHeight;
  }, []);
  const isSendable = isPrompt(version.text) && !isBusy;
  const send = () => {
    if (!isSendable) return;
    editPrompt(message.id, version)
      .then(onSent)
      .catch(() => setFailed(true));
  };
  return (
    <div className="grid scroll-my-4 gap-2 rounded-[14px] bg-bubble p-2">
      {/* The text shown is the one that was sent, until another is. */}
      <div data-message-text hidden>
        {textOf(message)}
      </div>
      <PromptBox
        box={box}
        label={t('editPromptBox')}
        text={version.text}
        onWrite={(text) => setVersion(newVersion(text))}
        onSend={send}
        onEscape={onCancel}
        className="max-h-[50vh] py-1"
      />
      {isFailed && (
        <p role="alert" className="px-1.5 text-[13px] text-danger">
          {t('sendFailed')}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button look="primary" disabled={!isSendable} onClick={send}>
          {t('send')}
        </Button>
      </div>
    </div>
  );
}

function newVersion(text: string): { id: string; text: string } {
  return { id: crypto.randomUUID(), text };
}
