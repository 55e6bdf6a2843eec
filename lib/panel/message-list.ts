/** The view of a conversation, for React. */
import { useLayoutEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { selectBranch, useChat } from './chat-store';
import { MessageView } from './message-view';
import { isWhole, segmentsOf, type Segment } from './message-window';

/**
 * The messages that are shown, as far as they stand in the document. The view begins at the target,
 * else where the person left, else at the end; at the end it stays there while the conversation
 * grows, and anywhere else the line at its upper edge stays where it is.
 */
export function useMessageView() {
  const messages = useChat(selectBranch);
  const conversationId = useChat((state) => state.conversation?.id ?? '');
  const targetId = useChat((state) => state.target?.messageId);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [view] = useState(() => new MessageView(conversationId, messages, targetId));
  const { present, isAtBottom } = useStore(view.shown);

  useLayoutEffect(
    () =>
      scroller.current && list.current ? view.attach(scroller.current, list.current) : undefined,
    [view],
  );
  useLayoutEffect(() => view.update(messages));

  const segments: Segment[] = isWhole(messages, view.heights)
    ? messages.map((message) => ({ type: 'message', message }))
    : segmentsOf(messages, present, view.heights, view.spacing);
  return { view, scroller, list, messages, segments, present, isAtBottom };
}
