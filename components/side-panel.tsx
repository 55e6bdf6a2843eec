import { Clock, Plus, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { t } from '@/lib/i18n';
import { sendPrompt, startNewChat } from '@/lib/panel/actions';
import { selectBranch, useChat } from '@/lib/panel/chat-store';
import { watchConversation } from '@/lib/panel/connection';
import { Composer } from './composer';
import { ConnectionStatus } from './connection-status';
import { EmptyState } from './empty-state';
import { History } from './history';
import { MessageList } from './message-list';
import { IconButton } from './ui/button';

export function SidePanel() {
  const title = useChat(({ conversation }) => conversation?.title) || t('newChat');
  const conversationId = useChat(({ conversation }) => conversation?.id);
  useEffect(() => {
    document.title = title;
  }, [title]);
  // History is open over one conversation: another that arrives is what is wanted now, and closes it.
  const [historyOver, setHistoryOver] = useState<string>();
  const isHistoryOpen = historyOver !== undefined && historyOver === conversationId;
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex h-11 flex-none items-center gap-0.5 border-b border-line px-2 text-ink-2">
        <IconButton icon={Plus} size="large" label={t('newChat')} onClick={startNewChat} />
        <h1 className="mx-1.5 min-w-0 flex-1 truncate text-[13px] font-semibold text-ink">
          {isHistoryOpen ? t('history') : title}
        </h1>
        <IconButton
          icon={Clock}
          size="large"
          label={t('history')}
          aria-expanded={isHistoryOpen}
          className={isHistoryOpen ? 'bg-raised text-ink' : ''}
          onClick={() => setHistoryOver(isHistoryOpen ? undefined : conversationId)}
        />
        <IconButton
          icon={SlidersHorizontal}
          size="large"
          label={t('settings')}
          onClick={() => void browser.runtime.openOptionsPage()}
        />
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        {isHistoryOpen ? (
          <History
            onOpen={(id) => {
              setHistoryOver(undefined);
              watchConversation(id);
            }}
          />
        ) : (
          <Chat />
        )}
      </main>
    </div>
  );
}

function Chat() {
  const conversationId = useChat(({ conversation }) => conversation?.id);
  const isEmpty = useChat((state) => selectBranch(state).length === 0);
  return (
    <>
      {isEmpty ? (
        <EmptyState isLoaded={conversationId !== undefined} />
      ) : (
        <MessageList key={conversationId} />
      )}
      <div className="flex-none px-2 pt-2 pb-2 min-[360px]:px-3 min-[360px]:pb-3">
        <ConnectionStatus />
        <Composer label={t('message')} sendLabel={t('send')} onSend={sendPrompt} />
      </div>
    </>
  );
}
