import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { browser } from 'wxt/browser';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import type { ErrorData, ErrorKind } from '@/lib/errors';
import { hostPattern } from '@/lib/host-pattern';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { openModelPicker } from '@/lib/panel/actions';
import { formatDuration } from '@/lib/panel/elapsed';
import { allowAccess, continueReply, regenerateReply } from '@/lib/panel/message-actions';
import { Button } from './ui/button';

type Remedy = 'tryAgain' | 'openSite' | 'allowAccess' | 'continue';

/** What each kind of error is in words, and the button that helps most. */
const notices: Record<ErrorKind, { text: MessageKey; remedy: Remedy; isLoss?: true }> = {
  'human-check': { text: 'errorHumanCheck', remedy: 'openSite' },
  'no-permission': { text: 'errorNoPermission', remedy: 'allowAccess' },
  quota: { text: 'errorQuota', remedy: 'tryAgain' },
  refused: { text: 'errorRefused', remedy: 'tryAgain' },
  'server-fault': { text: 'errorServerFault', remedy: 'tryAgain' },
  offline: { text: 'errorOffline', remedy: 'tryAgain' },
  timeout: { text: 'errorTimeout', remedy: 'continue' },
  'connection-lost': { text: 'errorConnectionLost', remedy: 'continue' },
  interrupted: { text: 'errorInterrupted', remedy: 'continue' },
  'empty-reply': { text: 'errorEmptyReply', remedy: 'tryAgain' },
  'bad-reply': { text: 'errorBadReply', remedy: 'tryAgain' },
  'bad-image': { text: 'errorBadImage', remedy: 'tryAgain', isLoss: true },
  'too-large': { text: 'errorTooLarge', remedy: 'tryAgain' },
  unexpected: { text: 'errorUnexpected', remedy: 'tryAgain', isLoss: true },
};

/** A trouble, where the reply broke off: one sentence, the button that helps, details on request. */
export function Notice({
  message,
  error,
  provider,
  isBusy,
  isTold,
}: {
  message: Message;
  error: ErrorData;
  provider: ProviderInfo | undefined;
  isBusy: boolean;
  /** Whether it is news, which screen readers say at once. */
  isTold: boolean;
}) {
  const { remedy: best, isLoss } = notices[error.kind];
  // Without a text there is nothing to go on with.
  const remedy = best === 'continue' && !textOf(message).trim() ? 'tryAgain' : best;
  const details = detailsOf(error);
  const tone = isLoss ? 'bg-danger-soft' : 'bg-warn-soft';
  return (
    <div
      role="alert"
      aria-live={isTold ? 'assertive' : 'off'}
      className={`mt-2.5 grid gap-2.5 rounded-xl p-3 ${tone}`}
    >
      <div className="flex items-start gap-2">
        <TriangleAlert
          size={16}
          aria-hidden
          className={`mt-[3px] flex-none ${isLoss ? 'text-danger' : 'text-warn'}`}
        />
        <p>{sentence(error, provider)}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {remedy !== 'tryAgain' && (
          <RemedyButton
            remedy={remedy}
            message={message}
            error={error}
            provider={provider}
            isBusy={isBusy}
          />
        )}
        <Button
          look={remedy === 'tryAgain' ? 'primary' : 'outline'}
          disabled={isBusy}
          onClick={() => void regenerateReply(message.id)}
        >
          {t('tryAgain')}
        </Button>
        {error.kind === 'quota' && (
          <Button look="quiet" onClick={() => openModelPicker()}>
            {t('useAnotherModel')}
          </Button>
        )}
        {details && <Details text={details} />}
      </div>
    </div>
  );
}

function RemedyButton({
  remedy,
  message,
  error,
  provider,
  isBusy,
}: {
  remedy: Exclude<Remedy, 'tryAgain'>;
  message: Message;
  error: ErrorData;
  provider: ProviderInfo | undefined;
  isBusy: boolean;
}) {
  const address = provider?.address ?? '';
  switch (remedy) {
    case 'openSite':
      return (
        <Button
          look="primary"
          onClick={() => void browser.tabs.create({ url: address + (provider?.homePage ?? '') })}
        >
          {t('openSite', { provider: provider?.name ?? '' })}
        </Button>
      );
    case 'continue':
      return (
        <Button look="primary" disabled={isBusy} onClick={() => void continueReply(message.id)}>
          {t('continue')}
        </Button>
      );
    case 'allowAccess': {
      const origin = hostPattern(error.imageUrl ?? address);
      if (!origin) return null;
      const isImage = error.imageUrl !== undefined;
      return (
        <Button
          look="primary"
          disabled={isBusy}
          onClick={() => void allowAccess(message.id, { origin, isImage })}
        >
          {t('allowAccess')}
        </Button>
      );
    }
  }
}

function Details({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('details')}
      </Button>
      {isOpen && (
        <pre
          tabIndex={0}
          className="max-h-40 w-full overflow-auto font-mono text-xs break-all whitespace-pre-wrap text-ink-2"
        >
          {text}
        </pre>
      )}
    </>
  );
}

function sentence(error: ErrorData, provider: ProviderInfo | undefined): string {
  const values = {
    provider: provider?.name ?? '',
    host: error.host ?? provider?.name ?? '',
    ...(error.retryAfter !== undefined && { time: formatDuration(error.retryAfter * 1000) }),
  };
  if (error.kind === 'quota' && error.retryAfter) return t('errorQuotaWait', values);
  return t(notices[error.kind].text, values);
}

function detailsOf({ kind, status, host, detail }: ErrorData): string {
  if (status === undefined && !detail) return '';
  return [kind, host, status && `HTTP ${status}`, detail].filter(Boolean).join('\n');
}
