import { X } from 'lucide-react';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { sendQueue, withdrawPrompt } from '@/lib/panel/message-actions';
import { Button, IconButton } from './ui/button';

/** Prompts that wait for the reply before them; each can be taken back into the box. */
export function Queue({ isStreaming }: { isStreaming: boolean }) {
  const queue = useChat(({ conversation }) => conversation?.queue);
  const isStopped = useChat(
    ({ conversation }) =>
      conversation?.messages.find(({ id }) => id === conversation.leafId)?.state === 'stopped',
  );
  if (!queue?.length) return null;
  return (
    <div className="mb-2 border-b border-line px-1.5 pb-2 text-[13px]">
      <div className="flex items-center justify-between gap-2 text-xs text-ink-3">
        <span>{t(isStreaming ? 'queueWaits' : isStopped ? 'queueStopped' : 'queueHeld')}</span>
        {!isStreaming && (
          <Button look="quiet" className="flex-none" onClick={() => void sendQueue()}>
            {t('sendNow')}
          </Button>
        )}
      </div>
      <ul aria-label={t('queue')} className="max-h-28 overflow-y-auto">
        {queue.map(({ id, text }) => (
          <li key={id} className="flex items-center gap-1">
            <span dir="auto" className="min-w-0 flex-1 truncate text-ink-2">
              {text.slice(0, 200)}
            </span>
            <IconButton
              icon={X}
              label={t('withdraw')}
              onClick={({ detail }) => {
                // The second half of a double click would hit the next one.
                if (detail < 2) void withdrawPrompt(id);
              }}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
