import { useEffect, useId, useRef, useState } from 'react';
import type { ErrorData } from '@/lib/errors';
import { t, type MessageKey } from '@/lib/i18n';
import { keyIn } from '@/lib/key-text';
import type { ProviderInfo } from '@/lib/messages';
import { saveKey, useKeyLock } from '@/lib/panel/keys';
import { isKeyOptional } from '@/lib/panel/provider-settings';
import { errorSentence } from './error-notices';
import { KeyInput } from './key-input';
import { Button } from './ui/button';
import { UnlockForm } from './unlock-form';

/** A provider's key: typed once, then only known by its end. */
export function KeyField({
  provider,
  error,
  onEdit,
  onSaved,
}: {
  provider: ProviderInfo;
  /** What went wrong when the models were asked for: it may be the key. */
  error: ErrorData | null;
  onEdit: () => void;
  onSaved: () => void;
}) {
  const label = useId();
  const lock = useKeyLock();
  const [state, setState] = useState<'kept' | 'typing' | 'replacing'>('kept');
  const [problem, setProblem] = useState<MessageKey>();
  /** What gets the focus when it appears: the control that was used goes. */
  const [focusOn, setFocusOn] = useState<'input' | 'replace'>();
  /** An empty one takes it away. */
  const save = async (key: string) => {
    if (key && !keyIn(key, provider.fields)) {
      setProblem('keyNone');
      return false;
    }
    try {
      await saveKey(provider.id, key);
      setProblem(undefined);
      if (key) setState('typing');
      onSaved();
      return true;
    } catch {
      setProblem('saveFailed');
      return false;
    }
  };
  const finish = (by: 'button' | 'leaving') => {
    setState('kept');
    setProblem(undefined);
    setFocusOn(by === 'button' ? 'replace' : undefined);
  };
  const isReplacing = state === 'replacing' && provider.key !== null;
  return (
    <div role="group" aria-labelledby={label} className="grid gap-1.5">
      <span id={label}>{t(isKeyOptional(provider) ? 'keyOptional' : 'providerField_key')}</span>
      {provider.key && state === 'kept' ? (
        <KeptKey
          tail={provider.key.tail}
          isLocked={lock === 'locked'}
          isFocused={focusOn === 'replace'}
          onReplace={() => {
            setState('replacing');
            setFocusOn('input');
          }}
          onRemove={() => {
            setFocusOn('input');
            void save('');
          }}
        />
      ) : lock === 'locked' ? (
        <UnlockForm
          text={t('keysLockedHere')}
          isFocused={focusOn === 'input'}
          onUnlocked={() => setFocusOn('input')}
          {...(isReplacing && { onCancel: () => finish('button') })}
        />
      ) : (
        <KeyInput
          provider={provider}
          isReplacing={isReplacing}
          isFocused={focusOn === 'input'}
          onEdit={onEdit}
          onSave={save}
          onDone={finish}
          onStart={() => {
            setProblem(undefined);
            if (state === 'kept') setState('typing');
          }}
        />
      )}
      {error?.kind === 'unauthorized' && (
        // Read out where the models are, which were asked for.
        <p className="text-[13px] text-danger">{errorSentence(error, provider)}</p>
      )}
      {problem && (
        <p role="alert" className="text-[13px] text-danger">
          {t(problem)}
        </p>
      )}
    </div>
  );
}

function KeptKey({
  tail,
  isLocked,
  isFocused,
  onReplace,
  onRemove,
}: {
  tail: string;
  isLocked: boolean;
  isFocused: boolean;
  onReplace: () => void;
  onRemove: () => void;
}) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isFocused) button.current?.focus();
  }, [isFocused]);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="me-auto text-ink-2">
        {tail ? t('keySet', { tail }) : t('keySetShort')}
        {isLocked && ` · ${t('keyLocked')}`}
      </span>
      <span className="flex gap-2">
        <Button ref={button} onClick={onReplace}>
          {t('keyReplace')}
        </Button>
        <Button onClick={onRemove}>{t('keyRemove')}</Button>
      </span>
    </div>
  );
}
