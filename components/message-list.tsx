import { ArrowDown } from 'lucide-react';
import { useDeferredValue, useEffect, type RefObject } from 'react';
import { selectBranch, useChat } from '@/lib/panel/chat-store';
import { articleOf, clearHighlight, highlightFound } from '@/lib/panel/found-message';
import { useStickToBottom } from '@/lib/panel/stick-to-bottom';
import { t } from '@/lib/i18n';
import { MessageArticle } from './message';
import { useMessageFocus } from './message-focus';
import { ReplyStatus } from './reply-status';

/** Messages that are there at once: they fill the view. */
const FIRST = 12;

/** The messages of the branch that is shown; stays at the end unless the person scrolled up. */
export function MessageList() {
  const messages = useChat(selectBranch);
  const isTargeted = useChat((state) => state.target !== null);
  // A long conversation would take too long as a whole: what stands above the view comes after it.
  const start = useDeferredValue(0, isTargeted ? 0 : Math.max(0, messages.length - FIRST));
  const lastPrompt = messages.findLast((message) => message.role === 'user')?.id;
  const { scroller, content, isAtBottom, scrollToBottom, release } = useStickToBottom(lastPrompt);
  useTarget(content, release);
  const messageFocus = useMessageFocus(content);
  return (
    <div className="relative flex min-h-0 flex-auto flex-col">
      <div
        ref={scroller}
        className="relative min-h-0 flex-auto overflow-y-auto [overflow-anchor:none]"
      >
        <div
          ref={content}
          role="log"
          aria-label={t('conversation')}
          aria-live="off"
          className="flex flex-col gap-[18px] px-3 pt-4 pb-2 min-[360px]:px-4"
          {...messageFocus}
        >
          {messages.slice(start).map((message) => (
            <MessageArticle key={message.id} message={message} />
          ))}
        </div>
      </div>
      <ReplyStatus />
      {!isAtBottom && (
        <button
          type="button"
          onClick={scrollToBottom}
          className="absolute bottom-2 left-1/2 flex min-h-8 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-ground ps-2.5 pe-3 text-[12.5px] shadow-raised hover:bg-raised"
        >
          <ArrowDown size={14} aria-hidden />
          {t('newest')}
        </button>
      )}
    </div>
  );
}

/** Shows the message that was found, once it is there. */
function useTarget(list: RefObject<HTMLElement | null>, release: () => void): void {
  const target = useChat((state) => state.target);
  const isThere = useChat((state) =>
    selectBranch(state).some(({ id }) => id === state.target?.messageId),
  );
  useEffect(() => {
    const article = target && isThere && list.current && articleOf(list.current, target.messageId);
    if (!article) return undefined;
    release();
    article.scrollIntoView({ block: 'center' });
    highlightFound(article, target);
    return clearHighlight;
  }, [target, isThere, list, release]);
}
