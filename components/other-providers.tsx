/** Ways to models that one does not use yet. Nothing is asked or sent without a click. */
import { Cpu, KeyRound, Monitor } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { ErrorData } from '@/lib/errors';
import { t } from '@/lib/i18n';
import type { LocalServer, ProviderInfo } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import {
  findLocalServers,
  hasBuiltInModel,
  readBuiltInAvailability,
  takeIntoUse,
  type Availability,
} from '@/lib/panel/first-run';
import { ADD_SECTION, openSettings } from '@/lib/panel/open-settings';
import { errorSentence } from './error-notices';
import { Button } from './ui/button';

export function OtherProviders() {
  const builtIn = useChat(({ providers }) => providers.find(({ kind }) => kind === 'browser'));
  return (
    <>
      {builtIn && hasBuiltInModel() && <BuiltInModel provider={builtIn} />}
      <LocalServers />
      <Row icon={<KeyRound size={16} aria-hidden />}>
        <TextButton onClick={() => void openSettings(ADD_SECTION)}>{t('firstRunKeys')}</TextButton>
      </Row>
    </>
  );
}

function BuiltInModel({ provider }: { provider: ProviderInfo }) {
  const [availability, setAvailability] = useState<Availability>();
  useEffect(() => {
    void readBuiltInAvailability().then(setAvailability);
  }, []);
  const texts = {
    ready: t('builtInReady'),
    download: t('builtInDownload'),
    none: t('builtInNone'),
  };
  return (
    <Row icon={<Cpu size={16} aria-hidden />}>
      <p className="min-w-0 flex-1">{availability ? texts[availability] : t('builtInChecking')}</p>
      {availability && availability !== 'none' && <UseButton provider={provider} />}
    </Row>
  );
}

function LocalServers() {
  const providers = useChat((state) => state.providers);
  const [state, setState] = useState<'looking' | 'refused' | 'failed' | LocalServer[]>();
  const look = async () => {
    if (state === 'looking') return;
    setState('looking');
    const found = await findLocalServers().catch(() => 'failed' as const);
    setState(found ?? 'refused');
  };
  const found = Array.isArray(state) ? state : [];
  return (
    <>
      <Row icon={<Monitor size={16} aria-hidden />}>
        <TextButton isBusy={state === 'looking'} onClick={() => void look()}>
          {t('findLocal')}
        </TextButton>
      </Row>
      <div
        role="status"
        className="grid gap-1 ps-[26px] text-[13px] leading-snug text-ink-2 empty:hidden"
      >
        {state === 'looking' && t('findLocalRunning')}
        {state === 'refused' && t('findLocalRefused')}
        {state === 'failed' && t('confirmFailed')}
        {Array.isArray(state) && found.length === 0 && t('findLocalNone')}
        {found.map(({ provider: id, address }) => {
          const provider = providers.find((one) => one.id === id);
          return (
            provider && (
              <div key={id} className="flex min-h-8 items-center gap-2 py-1">
                <span className="min-w-0 flex-1 text-ink">
                  {t('localFound', { provider: provider.name })}
                </span>
                <UseButton provider={provider} address={address} />
              </div>
            )
          );
        })}
      </div>
    </>
  );
}

/** One click, and its first model answers next; who it is stands in the prompt box. */
function UseButton({ provider, address }: { provider: ProviderInfo; address?: string }) {
  const [state, setState] = useState<'idle' | 'busy' | 'done' | ErrorData>('idle');
  const use = async () => {
    if (state === 'busy') return;
    setState('busy');
    const error = await takeIntoUse(provider, address).catch(() => ({
      kind: 'unexpected' as const,
    }));
    setState(error ?? 'done');
  };
  if (state === 'done') {
    const isEmpty = provider.models.length === 0;
    return <span className="flex-none text-ink-2">{t(isEmpty ? 'modelsUnknown' : 'inUse')}</span>;
  }
  return (
    <span className="grid max-w-1/2 justify-items-end gap-1">
      <Button
        // Disabled, it would lose the focus, which is led on when the button goes.
        aria-disabled={state === 'busy'}
        aria-label={t('useProvider', { provider: provider.name })}
        onClick={() => void use()}
      >
        {t('use')}
      </Button>
      {typeof state === 'object' && (
        <span role="alert" className="text-danger">
          {errorSentence(state, provider)}
        </span>
      )}
    </span>
  );
}

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-center gap-2.5 py-1 pe-1.5 text-[13px] leading-snug text-ink-2">
      <span className="flex-none text-ink-3">{icon}</span>
      {children}
    </div>
  );
}

function TextButton({
  isBusy = false,
  onClick,
  children,
}: {
  isBusy?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-disabled={isBusy}
      className="-mx-1 min-h-7 rounded-lg px-1 text-start text-accent underline underline-offset-2"
      onClick={onClick}
    >
      {children}
    </button>
  );
}
