import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { browser } from 'wxt/browser';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import type { ErrorData } from '@/lib/errors';
import { hostPattern } from '@/lib/host-pattern';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { isSameModel } from '@/lib/model-ref';
import { openModelPicker } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { allowAccess, continueReply, regenerateReply } from '@/lib/panel/message-actions';
import { ADD_SECTION, openSettings, providerSection } from '@/lib/panel/open-settings';
import { homePageOf } from '@/lib/panel/provider-settings';
import { answerWith, outputOf, useSubstitute, type Substitute } from '@/lib/panel/substitute';
import { Doctor } from './doctor';
import { connectionKinds, notices, type Remedy } from './error-notices';
import { ErrorText } from './error-text';
import { OtherProviders } from './other-providers';
import { Button } from './ui/button';
import { UnlockForm } from './unlock-form';

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
  const [opened, setOpened] = useState<'test' | 'others'>();
  const toggle = (one: 'test' | 'others') => setOpened(opened === one ? undefined : one);
  // Whoever looks further up wants to read, and to look for others asks their servers.
  const isNewest = useChat(({ conversation }) => conversation?.leafId === message.id);
  const isTestable = provider !== undefined && connectionKinds.includes(error.kind);
  const chosen = useChat(({ conversation }) => conversation?.model);
  const [before] = useState(chosen);
  const isOtherBetter = remedy === 'pickModel' || error.kind === 'quota';
  const isChosenSince = chosen !== undefined && !isSameModel(chosen, before);
  // The one that was chosen since is asked where that helps; who was not chosen is sent no prompt.
  const isLeft = isOtherBetter && (isChosenSince || error.kind === 'not-in-use');
  const again = isLeft ? undefined : message.model;
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
          <ErrorText message={message} error={error} provider={provider} />
        </div>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
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
            onClick={() => void regenerateReply(message.id, again)}
          >
            {t('tryAgain')}
          </Button>
          {error.kind === 'quota' && (
            <Button look="word" onClick={() => openModelPicker()}>
              {t('useAnotherModel')}
            </Button>
          )}
          {/* Where Aside itself broke off, another provider is no better. */}
          {isNewest && error.kind !== 'interrupted' && error.kind !== 'unexpected' && (
            <Others
              message={message}
              isBusy={isBusy}
              isOpen={opened === 'others'}
              onToggle={() => toggle('others')}
            />
          )}
          {isTestable && (
            <Button look="word" aria-expanded={opened === 'test'} onClick={() => toggle('test')}>
              {t('testConnection')}
            </Button>
          )}
          {details && <Details text={details} />}
        </div>
      </div>
      {opened === 'test' && provider && (
        <div className="mt-2 rounded-xl border border-line p-3">
          <Doctor provider={provider} model={message.model?.model} isStarted />
        </div>
      )}
      {opened === 'others' && (
        <div className="mt-2 grid gap-1 rounded-xl border border-line py-1.5 ps-3 pe-1.5">
          <OtherProviders />
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
      return <SettingsButton provider={provider} />;
    case 'pickModel':
      return (
        <Button look="primary" onClick={() => openModelPicker()}>
          {t('useAnotherModel')}
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
      if (!origin) return <SettingsButton provider={provider} />;
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

function SettingsButton({ provider }: { provider: ProviderInfo | undefined }) {
  return (
    <Button
      look="primary"
      onClick={() => void openSettings(provider ? providerSection(provider.id) : ADD_SECTION)}
    >
      {t('openSettings')}
    </Button>
  );
}

/** The next one that works; where none is in use, the ways to one. */
function Others({
  message,
  isBusy,
  isOpen,
  onToggle,
}: {
  message: Message;
  isBusy: boolean;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const substitute = useSubstitute(message);
  const isToBeFound = substitute === null || substitute?.model === null;
  return (
    <>
      {substitute && (
        <Button disabled={isBusy} onClick={() => void answerWith(message.id, substitute)}>
          {answerText(substitute)}
        </Button>
      )}
      {/* What is on this computer does not draw. */}
      {outputOf(message) === 'image'
        ? isToBeFound && (
            <Button look="word" onClick={() => void openSettings(ADD_SECTION)}>
              {t('addProvider')}
            </Button>
          )
        : (isToBeFound || isOpen) && (
            <Button look="word" aria-expanded={isOpen} onClick={onToggle}>
              {t('otherWays')}
            </Button>
          )}
    </>
  );
}

/** Named, since the conversation then goes to another company. */
function answerText({ provider, model }: Substitute): string {
  return model === null
    ? t('answerWithBuiltIn')
    : t('answerWith', { model, provider: provider.name });
}

function Details({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="word" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('details')}
      </Button>
      {isOpen && (
        <pre
          tabIndex={0}
          className="max-h-40 w-full overflow-auto font-mono text-xs wrap-anywhere whitespace-pre-wrap text-ink-2"
        >
          {text}
        </pre>
      )}
    </>
  );
}

function detailsOf({ kind, status, host, detail }: ErrorData): string {
  if (status === undefined && !detail) return '';
  return [kind, host, status && `HTTP ${status}`, detail].filter(Boolean).join('\n');
}
