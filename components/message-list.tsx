import { ArrowDown } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { selectBranch, useChat } from '@/lib/panel/chat-store';
import { followCopies } from '@/lib/panel/copy-selection';
import { articleOf, clearHighlight, foundPlaces, highlightFound } from '@/lib/panel/found-message';
import { leadToPlace, useFind } from '@/lib/panel/find';
import { useMessageView } from '@/lib/panel/message-list';
import { keepMarked } from '@/lib/panel/text-places';
import { t } from '@/lib/i18n';
import { FindBar } from './find-bar';
import { MessageArticle } from './message';
import { useMessageFocus } from './message-focus';
import { drawTexts } from './message-texts';
import { ReplyStatus } from './reply-status';

/** The messages of the branch that is shown; stays at the end unless the person scrolled up. */
export function MessageList() {
  const shown = useMessageView();
  const { view, scroller, list, segments, isAtBottom } = shown;
  useTarget(shown);
  const find = useFind(shown);
  const messageFocus = useMessageFocus(list);
  const drawGap = useEffectEvent((key: string) => {
    const gaps = segments.filter((segment) => segment.type === 'gap');
    return drawTexts(gaps.find((gap) => gap.key === key)?.messages ?? []);
  });
  useEffect(() => followCopies((key) => drawGap(key)), []);
  return (
    <div className="relative flex min-h-0 flex-auto flex-col">
      <div
        ref={scroller}
        className="relative min-h-0 flex-auto overflow-y-auto [overflow-anchor:none] [scrollbar-gutter:stable]"
      >
        <div
          ref={list}
          role="log"
          aria-label={t('conversation')}
          aria-live="off"
          tabIndex={0}
          className="mx-auto flex w-full max-w-(--reader-width) flex-col gap-(--message-gap) px-3 pt-4 pb-2 min-[360px]:px-4"
          {...messageFocus}
        >
          {segments.map((segment) =>
            segment.type === 'gap' ? (
              <div
                key={`gap-${segment.key}`}
                data-gap={segment.key}
                className="flex-none"
                style={{ height: segment.height }}
              />
            ) : (
              <MessageArticle key={segment.message.id} message={segment.message} />
            ),
          )}
        </div>
      </div>
      <FindBar find={find} />
      <ReplyStatus />
      {!isAtBottom && (
        <button
          type="button"
          onClick={() => view.scrollToBottom()}
          className="absolute bottom-2 left-1/2 flex min-h-8 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line bg-ground ps-2.5 pe-3 text-[12.5px] shadow-raised hover:bg-raised"
        >
          <ArrowDown size={14} aria-hidden />
          {t('newest')}
        </button>
      )}
    </div>
  );
}

/** Shows the message that was found, once it is there, and marks the words by which. */
function useTarget({ view, list, segments }: ReturnType<typeof useMessageView>): void {
  const target = useChat((state) => state.target);
  const isThere = useChat((state) =>
    selectBranch(state).some(({ id }) => id === state.target?.messageId),
  );
  useEffect(() => {
    if (!target || !isThere) return;
    view.reveal(target.messageId, (article) =>
      leadToPlace(view, article, foundPlaces(article, target)[0]),
    );
  }, [target, isThere, view]);
  const isDrawn = segments.some(
    (segment) => segment.type === 'message' && segment.message.id === target?.messageId,
  );
  useEffect(() => {
    const article = isDrawn && target && list.current && articleOf(list.current, target.messageId);
    if (!article) return undefined;
    const stop = keepMarked(article, () => highlightFound(article, target));
    return () => {
      stop();
      clearHighlight();
    };
  }, [target, isDrawn, list]);
}
