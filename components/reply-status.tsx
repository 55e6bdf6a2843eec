import { useState } from 'react';
import type { Message, MessageState } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { selectBranch, useChat, type ChatState } from '@/lib/panel/chat-store';

/**
 * Tells screen readers when a reply begins and ends; the log itself stays silent, word by word. A
 * conversation that is opened later is only read.
 */
export function ReplyStatus() {
  const id = useChat((chat) => lastReply(chat)?.id);
  const state = useChat((chat) => lastReply(chat)?.state);
  const attempt = useChat((chat) => lastReply(chat)?.retry?.attempt);
  const [followedId, setFollowedId] = useState<string>();
  if (state === 'streaming' && id !== followedId) setFollowedId(id);
  return (
    <p role="status" className="sr-only">
      {/* Anew for each reply: the same words again in the same place would not be read. */}
      {state && id === followedId && (
        <span key={`${id} ${attempt}`}>{attempt ? t('retryStarted') : textOf(state)}</span>
      )}
    </p>
  );
}

function lastReply(chat: ChatState): Message | undefined {
  const last = selectBranch(chat).at(-1);
  return last?.role === 'assistant' ? last : undefined;
}

function textOf(state: MessageState): string {
  switch (state) {
    case 'streaming':
      return t('replyStarted');
    case 'done':
      return t('replyEnded');
    case 'stopped':
      return t('stoppedNote');
    // The notice says it.
    default:
      return '';
  }
}
