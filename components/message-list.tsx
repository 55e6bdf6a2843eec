import { ArrowDown } from 'lucide-react';
import { selectBranch, useChat } from '@/lib/panel/chat-store';
import { useStickToBottom } from '@/lib/panel/stick-to-bottom';
import { t } from '@/lib/i18n';
import { MessageArticle } from './message';
import { ReplyStatus } from './reply-status';

/** The messages of the branch that is shown; stays at the end unless the person scrolled up. */
export function MessageList() {
  const messages = useChat(selectBranch);
  const lastPrompt = messages.findLast((message) => message.role === 'user')?.id;
  const { scroller, content, isAtBottom, scrollToBottom } = useStickToBottom(lastPrompt);
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
        >
          {messages.map((message) => (
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
