import { useState } from 'react';
import type { Message } from '@/lib/conversation';
import type { Retry } from '@/lib/message-reply';
import type { ErrorKind } from '@/lib/errors';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { selectProgress, useChat } from '@/lib/panel/chat-store';
import { formatPercent } from '@/lib/panel/counts';
import { formatDuration, useElapsed, useNow } from '@/lib/panel/elapsed';
import { waitLonger } from '@/lib/panel/message-actions';
import { Button } from './ui/button';

/** Milliseconds without a word after which one may wish to wait longer than usual. */
const LONG = 30_000;

/** What stands under a reply of which nothing has come yet. */
export function Waiting({
  message: { id, parts, retry, createdAt },
  provider,
}: {
  message: Message;
  provider: ProviderInfo | undefined;
}) {
  const name = provider?.name ?? '';
  const isEmpty = parts.length === 0;
  const hasNothing = parts.every((part) => part.type === 'image' && !part.image);
  return (
    <>
      {retry ? (
        <Retrying key={retry.attempt} retry={retry} provider={name} />
      ) : (
        isEmpty && <Elapsed messageId={id} provider={name} since={createdAt} />
      )}
      {hasNothing && <WaitLonger since={createdAt} />}
    </>
  );
}

function Elapsed({
  messageId,
  provider,
  since,
}: {
  messageId: string;
  provider: string;
  since: number;
}) {
  const time = useElapsed(since);
  const fraction = useChat((chat) => selectProgress(chat, messageId)?.fraction);
  // Before its first word only the browser's own model tells how far it is: it is downloaded.
  const isDownloading = fraction !== undefined && fraction < 1;
  return (
    <p className="text-[13px] text-ink-2">
      {isDownloading
        ? t('downloadingModel', { percent: formatPercent(fraction), time })
        : t('waitingFor', { provider, time })}
    </p>
  );
}

/** What each kind of failure is called, where it is tried again after it. */
const reasons: Partial<Record<ErrorKind, MessageKey>> = {
  'server-fault': 'retryFault',
  offline: 'retryOffline',
  timeout: 'retryTimeout',
  'connection-lost': 'retryConnectionLost',
};

function Retrying({ retry, provider }: { retry: Retry; provider: string }) {
  const left = retry.at - useNow();
  const values = { provider, time: formatDuration(Math.max(1000, left)) };
  return (
    <p className="text-[13px] text-ink-2">
      {left > 0
        ? t(reasons[retry.kind] ?? 'retryBusy', values)
        : t('waitingFor', { provider, time: formatDuration(-left) })}
    </p>
  );
}

function WaitLonger({ since }: { since: number }) {
  const [isAsked, setAsked] = useState(false);
  const isLong = useNow() - since >= LONG;
  if (!isLong) return null;
  return (
    <div className="mt-1 text-[13px] text-ink-2">
      {!isAsked && (
        <Button
          look="quiet"
          className="-ms-3"
          onClick={() => {
            setAsked(true);
            void waitLonger();
          }}
        >
          {t('waitLonger')}
        </Button>
      )}
      <span role="status">{isAsked && t('waitsLonger')}</span>
    </div>
  );
}
