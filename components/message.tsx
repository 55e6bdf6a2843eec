import { Trash2 } from 'lucide-react';
import { memo } from 'react';
import type { Message, Part } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { selectIsStreaming, useChat } from '@/lib/panel/chat-store';
import { useElapsed } from '@/lib/panel/elapsed';
import { ImageView, ImagePlace } from './image-view';
import { Markdown } from './reading/markdown';
import { ReplyActions, Versions } from './message-actions';
import { Notice } from './notice';
import { Prompt } from './prompt';

export const MessageArticle = memo(function MessageArticle({ message }: { message: Message }) {
  if (message.deletedAt !== undefined) return <DeletedMessage message={message} />;
  return (
    <article
      data-message-id={message.id}
      data-message-role={message.role}
      data-message-state={message.state}
    >
      {message.role === 'user' ? <Prompt message={message} /> : <Reply message={message} />}
    </article>
  );
});

/** The place of a deleted message: the way to its other versions leads past it. */
function DeletedMessage({ message }: { message: Message }) {
  const isBusy = useChat(selectIsStreaming);
  return (
    <div data-message-id={message.id} className="flex items-center gap-1.5 text-xs text-ink-3">
      <Trash2 size={13} aria-hidden />
      <span className="me-auto">{t('deletedMessage')}</span>
      <Versions message={message} isBusy={isBusy} />
    </div>
  );
}

function Reply({ message }: { message: Message }) {
  const provider = useChat(({ providers }) =>
    providers.find(({ id }) => id === message.model?.provider),
  );
  const isBusy = useChat(selectIsStreaming);
  const isWaiting = message.state === 'streaming' && message.parts.length === 0;
  return (
    <>
      <div data-message-text>
        {message.parts.map((part, index) => (
          <PartView key={index} part={part} message={message} provider={provider} />
        ))}
      </div>
      {isWaiting && <Waiting provider={provider} since={message.createdAt} />}
      {message.error && (
        <Notice message={message} error={message.error} provider={provider} isBusy={isBusy} />
      )}
      {message.state !== 'streaming' && (
        <ReplyActions message={message} provider={provider} isBusy={isBusy} />
      )}
    </>
  );
}

function PartView({
  part,
  message,
  provider,
}: {
  part: Part;
  message: Message;
  provider: ProviderInfo | undefined;
}) {
  if (part.type === 'text') return <Markdown text={part.text} />;
  if (part.image) {
    return <ImageView image={part.image} prompt={part.prompt} messageId={message.id} />;
  }
  return message.state === 'streaming' ? (
    <ImagePlace provider={provider?.name ?? ''} since={message.createdAt} />
  ) : message.state === 'done' ? (
    <p className="text-[13px] text-ink-2">{t('imageDeleted')}</p>
  ) : null;
}

function Waiting({ provider, since }: { provider: ProviderInfo | undefined; since: number }) {
  const elapsed = useElapsed(since);
  return (
    <p className="text-[13px] text-ink-2">
      {t('waitingFor', { provider: provider?.name ?? '', time: elapsed })}
    </p>
  );
}
