import { t } from '@/lib/i18n';
import { selectBranch, useChat } from '@/lib/panel/chat-store';

/** Tells screen readers when a reply begins and ends; the log itself stays silent, word by word. */
export function ReplyStatus() {
  const state = useChat((chat) => {
    const last = selectBranch(chat).at(-1);
    return last?.role === 'assistant' ? last.state : undefined;
  });
  const text =
    state === 'streaming'
      ? t('replyStarted')
      : state === 'done'
        ? t('replyEnded')
        : state === 'stopped'
          ? t('stoppedNote')
          : '';
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
