import { Check, LoaderCircle, Minus, X } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { checkOrder, type CheckStep } from '@/lib/check-step';
import type { ProviderInfo } from '@/lib/messages';
import { allowHost, checkConnection, checkStream } from '@/lib/panel/doctor';
import { saveAddress } from '@/lib/panel/provider-settings';
import { CopyButton } from './copy-button';
import { Button } from './ui/button';

type Running = 'connection' | 'stream' | undefined;

/** Tests the way to a provider and says, step by step, what was found and what helps. */
export function Doctor({
  provider,
  model = provider.models.find(({ output }) => output === 'text')?.id,
  isStarted = false,
}: {
  provider: ProviderInfo;
  /** The model to look for, and to ask. */
  model?: string | undefined;
  /** Whether it begins by itself: the click was elsewhere. */
  isStarted?: boolean;
}) {
  const [steps, setSteps] = useState<CheckStep[] | undefined>(isStarted ? [] : undefined);
  const [running, setRunning] = useState<Running>(isStarted ? 'connection' : undefined);
  const [isFailed, setFailed] = useState(false);

  const end = (isWhole: boolean) => {
    setFailed(!isWhole);
    if (!isWhole) setSteps(undefined);
    setRunning(undefined);
  };
  const check = () => checkConnection(provider, model, setSteps).then(end);
  const test = () => {
    setRunning('connection');
    setFailed(false);
    setSteps([]);
    return check();
  };
  const testStream = async () => {
    if (!model || !steps) return;
    const others = steps.filter(({ id }) => id !== 'stream');
    setRunning('stream');
    setSteps(others);
    const found = await checkStream(provider, model);
    setFailed(!found);
    if (found) setSteps([...others, found]);
    setRunning(undefined);
  };
  const begin = useEffectEvent(check);
  useEffect(() => {
    if (isStarted) void begin();
  }, [isStarted]);

  const isTextModel = provider.models.find(({ id }) => id === model)?.output !== 'image';
  const isThrough =
    running !== 'connection' &&
    steps?.every(({ id, outcome }) => id === 'stream' || outcome !== 'failed');
  const current = running === 'stream' ? running : running && checkOrder[steps?.length ?? 0];
  const isAskable = isThrough === true && isTextModel && model !== undefined;
  return (
    <div className="grid grid-cols-1 gap-2.5">
      <div
        aria-live="polite"
        aria-busy={running !== undefined}
        className="grid grid-cols-1 gap-2.5"
      >
        {steps && (
          <ol aria-label={t('connectionTest')} className="grid grid-cols-1 gap-1.5">
            {steps.map((step) => (
              <Step key={step.id} step={step} steps={steps} provider={provider}>
                <Remedy step={step} provider={provider} onChanged={test} />
              </Step>
            ))}
            {current && <Current id={current} provider={provider} />}
          </ol>
        )}
        {isFailed && <p className="text-[13px] text-danger">{t('checkNotRun')}</p>}
      </div>
      {isAskable && !running && (
        <p className="text-[13px] text-ink-2">{t('checkStreamHint', { model })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button disabled={running !== undefined} onClick={() => void test()}>
          {t(steps ? 'testAgain' : 'testConnection')}
        </Button>
        {isAskable && (
          <Button disabled={running !== undefined} onClick={() => void testStream()}>
            {t('sendTinyPrompt')}
          </Button>
        )}
      </div>
    </div>
  );
}

const signs = {
  ok: { icon: Check, tone: 'text-accent' },
  failed: { icon: X, tone: 'text-danger' },
  skipped: { icon: Minus, tone: 'text-ink-3' },
};

function Step({
  step,
  steps,
  provider,
  children,
}: {
  step: CheckStep;
  steps: CheckStep[];
  provider: ProviderInfo;
  children: ReactNode;
}) {
  const { icon: Icon, tone } = signs[step.outcome];
  const host = hostOf(provider);
  return (
    <li className="flex items-start gap-2 text-[13px]">
      <Icon size={15} aria-hidden className={`mt-[3px] flex-none ${tone}`} />
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1.5">
        <p className={step.outcome === 'skipped' ? 'text-ink-3' : ''}>
          <span className="break-words">{t(`checkStep_${step.id}`, { host })}</span>{' '}
          <span className="text-ink-3">{factOf(step, steps)}</span>
        </p>
        {children}
      </div>
    </li>
  );
}

/** The step that is being looked at. */
function Current({ id, provider }: { id: CheckStep['id']; provider: ProviderInfo }) {
  return (
    <li className="flex items-start gap-2 text-[13px]">
      <LoaderCircle
        size={15}
        aria-hidden
        className="mt-[3px] flex-none animate-spin text-ink-3 motion-reduce:animate-none"
      />
      <p>
        <span className="break-words">{t(`checkStep_${id}`, { host: hostOf(provider) })}</span>{' '}
        <span className="text-ink-3">{t('checkRunning')}</span>
      </p>
    </li>
  );
}

/** What was found, in a word or two. */
function factOf({ id, outcome, status, count }: CheckStep, steps: CheckStep[]): string {
  const after = steps.slice(steps.findIndex((step) => step.outcome === 'failed') + 1);
  // Where the test went on all the same, what was skipped was not needed.
  const isCutShort = after.length < steps.length && after.every((one) => one.outcome === 'skipped');
  const isAfter = isCutShort && after.some((step) => step.id === id);
  const words = {
    ok: t('checkPassed'),
    failed: t('checkStepFailed'),
    skipped: t(isAfter ? 'checkSkipped' : 'checkNotNeeded'),
  };
  return [
    words[outcome],
    status && `HTTP ${status}`,
    count !== undefined && t('checkModels', { count }),
  ]
    .filter(Boolean)
    .join(' · ');
}

function Remedy({
  step: { remedy, address },
  provider,
  onChanged,
}: {
  step: CheckStep;
  provider: ProviderInfo;
  onChanged: () => Promise<void>;
}) {
  if (!remedy) return null;
  const values = { provider: provider.name, host: hostOf(provider), address: address ?? '' };
  const setting = remedy === 'originSetting' ? provider.originSetting : undefined;
  const allow = async () => {
    if (await allowHost(provider)) await onChanged();
  };
  return (
    <>
      <p className="break-words text-ink-2">{t(`checkRemedy_${remedy}`, values)}</p>
      {setting && (
        <div className="flex items-center gap-1.5">
          <code
            tabIndex={0}
            className="min-w-0 flex-1 overflow-x-auto rounded-md bg-raised px-2 py-1 font-mono text-xs whitespace-nowrap"
          >
            {setting}
          </code>
          <CopyButton label={t('copy')} text={setting} />
        </div>
      )}
      {remedy === 'allowAccess' && (
        <Button look="primary" className="w-fit" onClick={() => void allow()}>
          {t('allowAccess')}
        </Button>
      )}
      {address && (
        <Button
          look="primary"
          className="w-fit max-w-full break-words"
          onClick={() => void saveAddress(provider, address).then(onChanged)}
        >
          {t('useThisAddress', { address })}
        </Button>
      )}
    </>
  );
}

function hostOf({ address, name }: ProviderInfo): string {
  return URL.parse(address)?.host ?? name;
}
