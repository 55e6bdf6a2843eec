import { Trash2 } from 'lucide-react';
import { Fragment, memo, useState } from 'react';
import type { Message, Part } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { selectIsStreaming, useChat } from '@/lib/panel/chat-store';
import { modelName } from '@/lib/panel/gallery-search';
import { continueReply } from '@/lib/panel/message-actions';
import { ImageView, ImagePlace } from './image-view';
import { Markdown } from './reading/markdown';
import { Reasoning } from './reading/reasoning';
import { ReplyActions, Versions } from './message-actions';
import { Notice } from './notice';
import { Prompt } from './prompt';
import { Button } from './ui/button';
import { Waiting } from './waiting';

export const MessageArticle = memo(function MessageArticle({ message }: { message: Message }) {
  const author = useChat(({ providers }) => authorOf(message, providers));
  if (message.deletedAt !== undefined) return <DeletedMessage message={message} />;
  return (
    <article
      aria-label={author}
      data-message-id={message.id}
      data-message-role={message.role}
      data-message-state={message.state}
    >
      {message.role === 'user' ? <Prompt message={message} /> : <Reply message={message} />}
    </article>
  );
});

/** Who says it, for those who go from message to message by ear. */
function authorOf({ role, model }: Message, providers: ProviderInfo[]): string {
  if (role === 'user') return t('exportYou');
  return model ? modelName(model, providers) : t('exportReply');
}

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
  const isStreaming = message.state === 'streaming';
  // Whoever opens the conversation later, or scrolls to it, reads of a trouble and is not told.
  const [isFollowed, setFollowed] = useState(isStreaming);
  if (isStreaming && !isFollowed) setFollowed(true);
  return (
    <>
      {stretchesOf(message.parts).map(({ reasoning, parts }, at) => (
        <Fragment key={at}>
          {reasoning && (
            <Reasoning
              part={reasoning}
              isRunning={isStreaming && reasoning === message.parts.at(-1)}
            />
          )}
          <div
            data-message-text
            className={isSeveral(parts, message) ? 'grid grid-cols-2 gap-2' : 'space-y-2'}
          >
            {parts.map((part, index) => (
              <PartView key={index} part={part} message={message} provider={provider} />
            ))}
          </div>
        </Fragment>
      ))}
      {isStreaming && <Waiting message={message} provider={provider} />}
      {message.error && (
        <Notice
          message={message}
          error={message.error}
          provider={provider}
          isBusy={isBusy}
          isTold={isFollowed}
        />
      )}
      {!isStreaming && <Remarks message={message} isBusy={isBusy} />}
      <ReplyActions message={message} provider={provider} isBusy={isBusy} />
    </>
  );
}

/** The answer is all right, but not whole, or not to the whole prompt. */
function Remarks({ message, isBusy }: { message: Message; isBusy: boolean }) {
  const { id, isAtLimit, isFiltered, isWithoutImages } = message;
  const look = 'mt-2 text-[13px] text-ink-2';
  return (
    <>
      {isWithoutImages && <p className={look}>{t('answeredWithoutImages')}</p>}
      {isFiltered && <p className={look}>{t('answerFiltered')}</p>}
      {isAtLimit && (
        <p className={`${look} flex flex-wrap items-center gap-x-3 gap-y-1`}>
          {t('limitReached')}
          <Button disabled={isBusy} onClick={() => void continueReply(id)}>
            {t('continue')}
          </Button>
        </p>
      )}
    </>
  );
}

type ReasoningPart = Part & { type: 'reasoning' };
type ReadPart = Exclude<Part, ReasoningPart>;

/** What is read, each with the reasoning before it, which is no part of the text. */
function stretchesOf(all: Part[]): { reasoning?: ReasoningPart; parts: ReadPart[] }[] {
  let last: { reasoning?: ReasoningPart; parts: ReadPart[] } = { parts: [] };
  const stretches = all[0]?.type === 'reasoning' ? [] : [last];
  for (const part of all) {
    if (part.type === 'reasoning') stretches.push((last = { reasoning: part, parts: [] }));
    else last.parts.push(part);
  }
  return stretches;
}

/** Whether it is several pictures and nothing else. */
function isSeveral(parts: ReadPart[], { state }: Message): boolean {
  const isShown = (part: ReadPart) =>
    part.type === 'image' && (part.image !== null || state === 'streaming');
  return parts.every(({ type }) => type === 'image') && parts.filter(isShown).length > 1;
}

function PartView({
  part,
  message,
  provider,
}: {
  part: ReadPart;
  message: Message;
  provider: ProviderInfo | undefined;
}) {
  if (part.type === 'text') {
    const isGrowing = message.state === 'streaming' && part === message.parts.at(-1);
    return <Markdown text={part.text} isGrowing={isGrowing} />;
  }
  if (part.image) {
    return (
      <ImageView
        image={part.image}
        prompt={part.prompt}
        messageId={message.id}
        model={message.model}
      />
    );
  }
  return message.state === 'streaming' ? (
    <ImagePlace
      provider={provider?.name ?? ''}
      since={message.createdAt}
      messageId={message.id}
      size={part.size}
    />
  ) : message.state === 'done' ? (
    <p className="text-[13px] text-ink-2">{t('imageDeleted')}</p>
  ) : null;
}
