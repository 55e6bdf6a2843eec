import { ChevronLeft, ChevronRight, FileText, RefreshCw, Scissors } from 'lucide-react';
import { memo } from 'react';
import { textOf, versionsOf, type Message, type Part } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { regenerateReply, selectVersion } from '@/lib/panel/actions';
import { selectIsStreaming, useChat } from '@/lib/panel/chat-store';
import { formatDuration, useElapsed } from '@/lib/panel/elapsed';
import { CopyButton } from './copy-button';
import { Markdown } from './markdown';
import { Notice } from './notice';
import { ImageView, ImagePlace } from './image-view';
import { IconButton } from './ui/button';

export const MessageArticle = memo(function MessageArticle({ message }: { message: Message }) {
  return (
    <article data-message-role={message.role} data-message-state={message.state}>
      {message.role === 'user' ? <Prompt message={message} /> : <Reply message={message} />}
    </article>
  );
});

function Prompt({ message }: { message: Message }) {
  const text = textOf(message);
  return (
    <div className="ms-auto w-fit max-w-[86%] rounded-[14px_14px_4px_14px] bg-bubble px-3 py-2">
      <div data-message-text dir="auto" className="whitespace-pre-wrap">
        {text}
      </div>
      {message.source && (
        <p className="mt-1 flex items-start gap-1.5 text-xs text-ink-3" title={message.source.url}>
          <FileText size={13} aria-hidden className="mt-[3px] flex-none" />
          <span className="min-w-0">{sourceLine(message.source)}</span>
        </p>
      )}
      {message.cutFrom && (
        <p className="mt-1 flex items-start gap-1.5 text-xs text-ink-3">
          <Scissors size={13} aria-hidden className="mt-[3px] flex-none" />
          <span>{t('cutNote', { kept: text.length, count: message.cutFrom })}</span>
        </p>
      )}
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
        <Footer message={message} provider={provider} isBusy={isBusy} />
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
  if (part.image) return <ImageView image={part.image} prompt={part.prompt} />;
  return message.state === 'streaming' ? (
    <ImagePlace provider={provider?.name ?? ''} since={message.createdAt} />
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

/** Who answered, and what one can do with the reply. */
function Footer({
  message,
  provider,
  isBusy,
}: {
  message: Message;
  provider: ProviderInfo | undefined;
  isBusy: boolean;
}) {
  const text = textOf(message);
  const hasImage = message.parts.some((part) => part.type === 'image' && part.image);
  const facts = [
    provider?.name,
    message.model?.model,
    hasImage && message.endedAt && formatDuration(message.endedAt - message.createdAt),
    message.state === 'stopped' && t('stoppedNote'),
  ];
  return (
    <div className="mt-1 flex items-center gap-0.5 text-xs text-ink-3">
      <span className="me-auto min-w-0 truncate">{facts.filter(Boolean).join(' · ')}</span>
      <Versions message={message} isBusy={isBusy} />
      {text && <CopyButton label={t('copy')} text={text} />}
      <IconButton
        icon={RefreshCw}
        label={t('regenerate')}
        disabled={isBusy}
        onClick={() => void regenerateReply(message.id)}
      />
    </div>
  );
}

/** Steps through the versions of a reply, where there is more than one. */
function Versions({ message, isBusy }: { message: Message; isBusy: boolean }) {
  const versions = useChat(({ conversation }) =>
    conversation
      ? versionsOf(conversation, message)
          .map(({ id }) => id)
          .join(' ')
      : '',
  ).split(' ');
  if (versions.length < 2) return null;
  const index = versions.indexOf(message.id);
  const step = (by: number) => {
    const id = versions[index + by];
    return { disabled: isBusy || !id, onClick: () => id && void selectVersion(id) };
  };
  return (
    <>
      <IconButton icon={ChevronLeft} label={t('previousVersion')} {...step(-1)} />
      <span>{t('versionOf', { index: index + 1, count: versions.length })}</span>
      <IconButton icon={ChevronRight} label={t('nextVersion')} {...step(1)} />
    </>
  );
}

function sourceLine({ title, url }: { title: string; url: string }): string {
  const host = URL.parse(url)?.host || url;
  return title ? t('fromPage', { title, host }) : t('fromHost', { host });
}
