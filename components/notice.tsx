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
import { homePageOf } from '@/lib/panel/provider-settings';
import { answerWith, useSubstitute } from '@/lib/panel/substitute';
import { Doctor } from './doctor';
import { Button } from './ui/button';
import { UnlockForm } from './unlock-form';

type Remedy = 'tryAgain' | 'openSite' | 'allowAccess' | 'openSettings' | 'unlock' | 'continue';

/** What each kind of error is in words, and the button that helps most. */
const notices: Record<ErrorKind, { text: MessageKey; remedy: Remedy; isLoss?: true }> = {
  'human-check': { text: 'errorHumanCheck', remedy: 'openSite' },
  'no-permission': { text: 'errorNoPermission', remedy: 'allowAccess' },
  'no-address': { text: 'errorNoAddress', remedy: 'openSettings' },
  'no-key': { text: 'errorNoKey', remedy: 'openSettings' },
  'key-locked': { text: 'errorKeyLocked', remedy: 'unlock' },
  unauthorized: { text: 'errorUnauthorized', remedy: 'openSettings' },
  'origin-refused': { text: 'errorOriginRefused', remedy: 'openSettings' },
  'not-found': { text: 'errorNotFound', remedy: 'openSettings' },
  redirected: { text: 'errorRedirected', remedy: 'openSettings' },
  'rate-limited': { text: 'errorRateLimited', remedy: 'tryAgain' },
  overloaded: { text: 'errorOverloaded', remedy: 'tryAgain' },
  'too-long': { text: 'errorTooLong', remedy: 'tryAgain' },
  'content-filter': { text: 'errorContentFilter', remedy: 'tryAgain' },
  unsupported: { text: 'errorUnsupported', remedy: 'tryAgain' },
  quota: { text: 'errorQuota', remedy: 'tryAgain' },
  refused: { text: 'errorRefused', remedy: 'tryAgain' },
  'server-fault': { text: 'errorServerFault', remedy: 'tryAgain' },
  offline: { text: 'errorOffline', remedy: 'tryAgain' },
  'proxy-failed': { text: 'errorProxyFailed', remedy: 'openSettings' },
  'proxy-login': { text: 'errorProxyLogin', remedy: 'openSettings' },
  'proxy-blocked': { text: 'errorProxyBlocked', remedy: 'openSettings' },
  timeout: { text: 'errorTimeout', remedy: 'continue' },
  'connection-lost': { text: 'errorConnectionLost', remedy: 'continue' },
  interrupted: { text: 'errorInterrupted', remedy: 'continue' },
  'empty-reply': { text: 'errorEmptyReply', remedy: 'tryAgain' },
  'bad-reply': { text: 'errorBadReply', remedy: 'tryAgain' },
  'bad-image': { text: 'errorBadImage', remedy: 'tryAgain', isLoss: true },
  'too-large': { text: 'errorTooLarge', remedy: 'tryAgain' },
  unexpected: { text: 'errorUnexpected', remedy: 'tryAgain', isLoss: true },
};

/** After these the way to the provider is worth a look. */
const connectionKinds: ErrorKind[] = [
  'unauthorized',
  'origin-refused',
  'not-found',
  'redirected',
  // A wrong path is answered so, too.
  'refused',
  'server-fault',
  'offline',
  'proxy-failed',
  'proxy-login',
  'proxy-blocked',
  'timeout',
  'connection-lost',
  'empty-reply',
  'bad-reply',
];

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
  const [isTested, setTested] = useState(false);
  const isTestable = provider !== undefined && connectionKinds.includes(error.kind);
  return (
    <>
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
          <p>{errorSentence(error, provider)}</p>
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
            onClick={() => void regenerateReply(message.id, message.model)}
          >
            {t('tryAgain')}
          </Button>
          {error.kind === 'quota' && (
            <Button look="quiet" onClick={() => openModelPicker()}>
              {t('useAnotherModel')}
            </Button>
          )}
          <AnswerWithAnother message={message} error={error} isBusy={isBusy} />
          {isTestable && (
            <Button look="quiet" aria-expanded={isTested} onClick={() => setTested(!isTested)}>
              {t('checkTheConnection')}
            </Button>
          )}
          {details && <Details text={details} />}
        </div>
      </div>
      {isTested && provider && (
        <div className="mt-2 rounded-xl border border-line p-3">
          <Doctor provider={provider} model={message.model?.model} isStarted />
        </div>
      )}
    </>
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
    case 'unlock':
      return <UnlockForm onUnlocked={() => void regenerateReply(message.id, message.model)} />;
    case 'openSite':
      return (
        <Button
          look="primary"
          onClick={() => void browser.tabs.create({ url: provider ? homePageOf(provider) : '' })}
        >
          {t('openSite', { provider: provider?.name ?? '' })}
        </Button>
      );
    case 'openSettings':
      return <SettingsButton />;
    case 'continue':
      return (
        <Button look="primary" disabled={isBusy} onClick={() => void continueReply(message.id)}>
          {t('continue')}
        </Button>
      );
    case 'allowAccess': {
      const origin = hostPattern(error.imageUrl ?? address);
      if (!origin) return <SettingsButton />;
      const isImage = error.imageUrl !== undefined;
      return (
        <Button
          look="primary"
          disabled={isBusy}
          onClick={() => void allowAccess(message, { origin, isImage })}
        >
          {t('allowAccess')}
        </Button>
      );
    }
  }
}

function SettingsButton() {
  return (
    <Button look="primary" onClick={() => void browser.runtime.openOptionsPage()}>
      {t('openSettings')}
    </Button>
  );
}

/** The next one that works; named, since the conversation then goes to another company. */
function AnswerWithAnother({
  message,
  error,
  isBusy,
}: {
  message: Message;
  error: ErrorData;
  isBusy: boolean;
}) {
  const substitute = useSubstitute(message);
  // Where Aside itself broke off, another provider is no better.
  if (!substitute || error.kind === 'interrupted' || error.kind === 'unexpected') return null;
  return (
    <Button disabled={isBusy} onClick={() => void answerWith(message.id, substitute)}>
      {t('answerWith', { model: substitute.model, provider: substitute.providerName })}
    </Button>
  );
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

/** What went wrong, in a sentence. */
export function errorSentence(error: ErrorData, provider: ProviderInfo | undefined): string {
  const values = {
    provider: provider?.name ?? '',
    host: error.host ?? provider?.name ?? '',
    ...(error.retryAfter !== undefined && { time: formatDuration(error.retryAfter * 1000) }),
  };
  // With a host it is a proxy's password.
  if (error.kind === 'key-locked' && error.host) return t('errorProxyLocked', values);
  if (error.retryAfter) {
    if (error.kind === 'quota') return t('errorQuotaWait', values);
    if (error.kind === 'rate-limited') return t('errorRateLimitedWait', values);
    if (error.kind === 'overloaded') return t('errorOverloadedWait', values);
  }
  return t(notices[error.kind].text, values);
}

function detailsOf({ kind, status, host, detail }: ErrorData): string {
  if (status === undefined && !detail) return '';
  return [kind, host, status && `HTTP ${status}`, detail].filter(Boolean).join('\n');
}
