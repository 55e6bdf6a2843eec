import { Clock, Ghost, Images, Plus, SlidersHorizontal, type LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { browser } from 'wxt/browser';
import { t } from '@/lib/i18n';
import { sendPrompt, showView, startNewChat } from '@/lib/panel/actions';
import {
  selectBranch,
  selectIsTemporary,
  useChat,
  type ChatState,
  type View,
} from '@/lib/panel/chat-store';
import { Composer } from './composer';
import { ConnectionStatus } from './connection-status';
import { EmptyState } from './empty-state';
import { MessageList } from './message-list';
import { MidwayBar } from './midway-bar';
import { OtherView } from './other-view';
import { StorageBanner } from './storage-banner';
import { TransferBar } from './transfer-bar';
import { IconButton } from './ui/button';
import { UndoBar } from './undo-bar';

export function SidePanel() {
  const view = useChat((state) => state.view);
  return (
    <div className="flex h-dvh flex-col">
      <Header view={view} />
      <main className="relative flex min-h-0 flex-1 flex-col">
        <OtherView view={view} />
        {view === 'chat' && <ChatMessages />}
        {/* Without height: what it holds floats above the prompt box, or the end of a list. */}
        <div className="relative flex-none">
          <div className="pointer-events-none absolute inset-x-2 bottom-2 z-20 grid gap-2 min-[360px]:inset-x-3">
            <TransferBar />
            <UndoBar />
          </div>
        </div>
        {view === 'chat' && <ChatFoot />}
      </main>
    </div>
  );
}

function Header({ view }: { view: View }) {
  const title = useChat(selectTitle);
  const isTemporary = useChat(selectIsTemporary);
  useEffect(() => {
    // The browser keeps the titles of tabs on disk.
    document.title = isTemporary ? t('temporaryChat') : title;
  }, [title, isTemporary]);
  const titles: Record<View, string> = {
    chat: title,
    history: t('history'),
    gallery: t('gallery'),
  };
  return (
    <header className="flex h-11 flex-none items-center gap-0.5 border-b border-line px-2 text-ink-2">
      <IconButton icon={Plus} size="large" label={t('newChat')} onClick={() => startNewChat()} />
      <h1 className="mx-1.5 flex min-w-0 flex-1 items-center gap-1.5 text-[13px] font-semibold text-ink">
        {view === 'chat' && isTemporary && (
          <Ghost
            size={15}
            role="img"
            aria-label={t('temporaryChat')}
            className="flex-none text-ink-2"
          />
        )}
        <span dir="auto" className="truncate">
          {titles[view]}
        </span>
      </h1>
      <ViewButton icon={Clock} view={view} opens="history" />
      <ViewButton icon={Images} view={view} opens="gallery" />
      <IconButton
        icon={SlidersHorizontal}
        size="large"
        label={t('settings')}
        onClick={() => void browser.runtime.openOptionsPage()}
      />
    </header>
  );
}

/** Opens a view over the chat; once more leads back. */
function ViewButton({
  icon,
  view,
  opens,
}: {
  icon: LucideIcon;
  view: View;
  opens: Exclude<View, 'chat'>;
}) {
  const isOpen = view === opens;
  return (
    <IconButton
      icon={icon}
      size="large"
      label={t(opens)}
      aria-expanded={isOpen}
      className={isOpen ? 'bg-raised text-ink' : ''}
      onClick={() => showView(isOpen ? 'chat' : opens)}
    />
  );
}

function ChatMessages() {
  const conversationId = useChat(({ conversation }) => conversation?.id);
  const isEmpty = useChat((state) => selectBranch(state).length === 0);
  return isEmpty ? (
    <EmptyState isLoaded={conversationId !== undefined} />
  ) : (
    <MessageList key={conversationId} />
  );
}

function ChatFoot() {
  const isTemporary = useChat(selectIsTemporary);
  const isEmpty = useChat((state) => selectBranch(state).length === 0);
  return (
    <div className="mx-auto w-full max-w-(--reader-width) flex-none px-2 pt-2 pb-2 min-[360px]:px-3 min-[360px]:pb-3">
      <ConnectionStatus />
      <MidwayBar />
      <StorageBanner />
      {isTemporary && !isEmpty && (
        <p className="px-1.5 pb-1.5 text-xs text-ink-3">{t('temporaryNote')}</p>
      )}
      <Composer label={t('message')} sendLabel={t('send')} canQueue onSend={sendPrompt} />
    </div>
  );
}

/** Only the start: a title of 10,000 characters costs the header its layout at each word. */
function selectTitle(state: ChatState): string {
  const { conversation } = state;
  const fallback = selectIsTemporary(state) ? t('temporaryChat') : t('newChat');
  return conversation?.title.slice(0, 200) || fallback;
}
