import { Check, LoaderCircle, Minus, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { checkOrder, type CheckStep } from '@/lib/check-step';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { checkConnection, checkStream } from '@/lib/panel/doctor';
import { refreshModels } from '@/lib/panel/provider-settings';
import { hostOf, Remedy } from './check-remedy';
import { Button } from './ui/button';

type Running = 'connection' | 'stream' | undefined;

/** Tests the way to a provider and says, step by step, what was found and what helps. */
export function Doctor({
  provider,
  model = provider.models.find(({ output }) => output === 'text')?.id,
  isStarted = false,
  isInSettings = false,
}: {
  provider: ProviderInfo;
  /** The model to look for, and to ask. */
  model?: string | undefined;
  /** Whether it begins by itself: the click was elsewhere. */
  isStarted?: boolean;
  /** Whether the fields that it speaks of stand above it. */
  isInSettings?: boolean;
}) {
  const [steps, setSteps] = useState<CheckStep[] | undefined>(isStarted ? [] : undefined);
  const [running, setRunning] = useState<Running>(isStarted ? 'connection' : undefined);
  const [isFailed, setFailed] = useState(false);
  const again = useRef<HTMLButtonElement>(null);
  const sayHi = useRef<HTMLButtonElement>(null);
  const last = useRef<AbortController>(null);

  /** Of a new test, which ends when nobody sees it any more. */
  const newSignal = () => {
    last.current?.abort();
    last.current = new AbortController();
    return last.current.signal;
  };
  const check = async () => {
    const signal = newSignal();
    let found: CheckStep[] = [];
    const onSteps = (known: CheckStep[]) => setSteps((found = known));
    const isWhole = await checkConnection(provider, model, onSteps, signal);
    if (signal.aborted) return;
    if (isWhole && provider.canListModels && isListed(found)) void refreshModels(provider.id);
    setFailed(!isWhole);
    if (!isWhole) setSteps(undefined);
    setRunning(undefined);
  };
  const test = () => {
    setRunning('connection');
    setFailed(false);
    setSteps([]);
    return check();
  };
  /** After a click in a step, which goes. */
  const retest = () => {
    again.current?.focus();
    return test();
  };
  const testStream = async () => {
    if (!model || !steps) return;
    const others = steps.filter(({ id }) => id !== 'stream');
    setRunning('stream');
    setSteps(others);
    const signal = newSignal();
    const found = await checkStream(provider, model, signal);
    if (signal.aborted) return;
    setFailed(!found);
    if (found) setSteps([...others, found]);
    // Its button goes once it has been answered.
    if (found?.outcome === 'ok' && sayHi.current?.matches(':focus')) again.current?.focus();
    setRunning(undefined);
  };
  const begin = useEffectEvent(check);
  useEffect(() => {
    if (isStarted) void begin();
    return () => last.current?.abort();
  }, [isStarted]);

  const isRunning = running !== undefined;
  const isTextModel = provider.models.find(({ id }) => id === model)?.output !== 'image';
  const isThrough =
    running !== 'connection' &&
    steps?.every(({ id, outcome }) => id === 'stream' || outcome !== 'failed');
  const current = running === 'stream' ? running : running && checkOrder[steps?.length ?? 0];
  const isAskable = isThrough === true && isTextModel && model !== undefined;
  const answer = steps?.find(({ id }) => id === 'stream');
  return (
    <div className="grid grid-cols-1 gap-2.5">
      <div
        aria-live="polite"
        aria-busy={isRunning}
        className="grid grid-cols-1 gap-2.5 empty:absolute"
      >
        {steps && (
          <ol aria-label={t('connectionTest')} className="grid grid-cols-1 gap-1.5">
            {steps.map((step) => (
              <Step
                key={step.id}
                step={step}
                provider={provider}
                place={t(isInSettings ? 'placeAbove' : 'placeSettings')}
                onChanged={retest}
              />
            ))}
            {current && <Current id={current} provider={provider} />}
          </ol>
        )}
        {isFailed && <p className="text-[13px] text-danger">{t('checkNotRun')}</p>}
      </div>
      {isAskable && !running && !answer && (
        <p className="text-[13px] text-ink-2">{t('checkStreamHint', { model })}</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button ref={again} aria-disabled={isRunning} onClick={() => void (running ?? test())}>
          {t(steps ? 'testAgain' : 'testConnection')}
        </Button>
        {isAskable && answer?.outcome !== 'ok' && (
          <Button
            ref={sayHi}
            aria-disabled={isRunning}
            onClick={() => void (running ?? testStream())}
          >
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
  untested: { icon: Minus, tone: 'text-ink-3' },
};

function Step({
  step,
  ...about
}: {
  step: CheckStep;
  provider: ProviderInfo;
  place: string;
  onChanged: () => Promise<void>;
}) {
  const { icon: Icon, tone } = signs[step.outcome];
  const host = hostOf(about.provider);
  return (
    <li className="flex items-start gap-2 text-[13px]">
      <Icon size={15} aria-hidden className={`mt-[3px] flex-none ${tone}`} />
      <div className="grid min-w-0 flex-1 grid-cols-1 gap-1.5">
        <p className={/^(?:ok|failed)$/u.test(step.outcome) ? '' : 'text-ink-3'}>
          <span className="break-words">{t(`checkStep_${step.id}`, { host })}</span>{' '}
          <span className="text-ink-3">{factOf(step)}</span>
        </p>
        <Remedy step={step} {...about} />
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
function factOf({ outcome, status, count }: CheckStep): string {
  const words = {
    ok: t('checkPassed'),
    failed: t('checkStepFailed'),
    skipped: t('checkNotNeeded'),
    untested: t('checkSkipped'),
  };
  return [
    words[outcome],
    status && `HTTP ${status}`,
    count !== undefined && t('checkModels', { count }),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Whether the service named its models. */
function isListed(steps: CheckStep[]): boolean {
  return steps.every(({ id, outcome }) =>
    id === 'path' ? outcome === 'ok' : id !== 'key' || outcome !== 'failed',
  );
}
