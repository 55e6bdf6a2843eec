import { useEffect, useLayoutEffect, useRef } from 'react';
import { t } from '@/lib/i18n';
import { UNDO_SECONDS } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { forgetDeletion, undoDeletion } from '@/lib/panel/deletion';
import { focusPromptBox } from '@/lib/panel/prompt-box';
import { Button } from './ui/button';

/** Offers the last deletion back for as long as the worker keeps it. */
export function UndoBar() {
  const deletion = useChat((state) => state.deletion);
  useEffect(() => {
    if (!deletion) return undefined;
    const timer = setTimeout(forgetDeletion, UNDO_SECONDS * 1000);
    return () => clearTimeout(timer);
  }, [deletion]);
  // The button goes with the offer; the focus must not go with it.
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    if (deletion || !hadFocus.current) return;
    hadFocus.current = false;
    focusPromptBox();
  }, [deletion]);
  return (
    <div role="status" className="pointer-events-auto w-fit">
      {deletion && (
        <div className="flex items-center gap-2 rounded-xl border border-line bg-ground py-1.5 ps-3.5 pe-1.5 text-[13px] shadow-raised">
          <span>{t(deletion.kind === 'message' ? 'messageDeleted' : 'conversationDeleted')}</span>
          <Button
            look="quiet"
            className="text-accent!"
            onFocus={() => (hadFocus.current = true)}
            onBlur={() => (hadFocus.current = false)}
            onClick={() => void undoDeletion()}
          >
            {t('undo')}
          </Button>
        </div>
      )}
    </div>
  );
}
