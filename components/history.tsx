import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import type { ConversationSummary } from '@/lib/messages';
import { listConversations } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { formatDay, formatTime } from '@/lib/panel/dates';

/** The conversations by day, the newest on top. */
export function History({ onOpen }: { onOpen: (id: string) => void }) {
  const [conversations, setConversations] = useState<ConversationSummary[]>();
  const [isFailed, setFailed] = useState(false);
  const shown = useChat((state) => state.conversation?.id);
  useEffect(() => {
    listConversations().then(setConversations, () => setFailed(true));
  }, []);
  const days = Map.groupBy(conversations ?? [], ({ updatedAt }) => formatDay(updatedAt));
  return (
    <section aria-label={t('history')} className="min-h-0 flex-1 overflow-y-auto px-1 pb-3">
      {isFailed && (
        <p role="alert" className="px-3 py-4 text-danger">
          {t('historyFailed')}
        </p>
      )}
      {conversations?.length === 0 && <p className="px-3 py-4 text-ink-2">{t('historyEmpty')}</p>}
      {[...days].map(([day, list]) => (
        <section key={day}>
          <h2 className="px-3 pt-3 pb-1 text-xs font-[550] text-ink-3">{day}</h2>
          <ul>
            {list.map(({ id, title, updatedAt }) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={id === shown}
                  className="flex min-h-9 w-full items-baseline gap-2 rounded-[9px] px-3 py-1.5 text-start hover:bg-raised aria-[current=true]:bg-raised"
                  onClick={() => onOpen(id)}
                >
                  <span className="min-w-0 flex-1 truncate font-[550]">{title}</span>
                  <span className="flex-none text-xs text-ink-3">{formatTime(updatedAt)}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
