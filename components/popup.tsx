import { useEffect, useState } from 'react';
import { browser } from 'wxt/browser';
import { t } from '@/lib/i18n';
import { askQuickly, openInPanel } from '@/lib/panel/actions';
import { selectBranch, useChat } from '@/lib/panel/chat-store';
import { Composer } from './composer';
import { MessageList } from './message-list';
import { MidwayBar } from './midway-bar';
import { Button } from './ui/button';
import { UndoBar } from './undo-bar';

/** A quick prompt from the toolbar: ask, read, and go on in the side panel. */
export function Popup() {
  const hasAnswer = useChat((state) => selectBranch(state).length > 0);
  const [isFailed, setFailed] = useState(false);
  const windowId = useWindowId();
  // The browser makes the popup as high as its page; a list that floats over it needs room.
  const isListOpen = useChat((state) => state.isModelPickerOpen);
  // The window must be known before the click: opening the panel allows no waiting.
  const openPanel = (isSameConversation: boolean) => {
    if (windowId === undefined) return;
    const opening = openInPanel(windowId, isSameConversation);
    void opening.then(
      () => window.close(),
      () => setFailed(true),
    );
  };
  return (
    <div className={`flex max-h-[480px] w-[400px] flex-col ${isListOpen ? 'min-h-[400px]' : ''}`}>
      <div className="px-3 pt-3 pb-1">
        <Composer label={t('prompt')} sendLabel={t('ask')} onSend={askQuickly} />
      </div>
      {hasAnswer && (
        <section aria-label={t('answer')} className="flex min-h-0 flex-auto flex-col">
          <MessageList />
          <div className="px-3">
            <MidwayBar />
          </div>
        </section>
      )}
      {isFailed && (
        <p role="alert" className="px-4 py-1 text-[13px] text-danger">
          {t('panelFailed')}
        </p>
      )}
      <div className="relative flex-none">
        <div className="pointer-events-none absolute inset-x-3 bottom-2 z-20">
          <UndoBar />
        </div>
      </div>
      <div className="flex flex-wrap justify-between gap-2 px-3 pt-1 pb-3">
        {hasAnswer && <Button onClick={() => openPanel(true)}>{t('continueInPanel')}</Button>}
        <Button look="quiet" className="ms-auto" onClick={() => openPanel(false)}>
          {t('openPanel')}
        </Button>
      </div>
    </div>
  );
}

function useWindowId(): number | undefined {
  const [windowId, setWindowId] = useState<number>();
  useEffect(() => {
    void browser.windows.getCurrent().then(({ id }) => setWindowId(id));
  }, []);
  return windowId;
}
