import { useEffect, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { unlockKeys } from '@/lib/panel/keys';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';

/** Asks for the passphrase of the keys; right, they are open until the browser ends. */
export function UnlockForm({
  text,
  isFocused = false,
  onUnlocked,
  onCancel,
}: {
  text?: string;
  /** Whether one types at once: the control that was used is gone. */
  isFocused?: boolean;
  onUnlocked?: () => void;
  /** Where there is something to go back to. */
  onCancel?: () => void;
}) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFocused) input.current?.focus();
  }, [isFocused]);
  const [passphrase, setPassphrase] = useState('');
  const [state, setState] = useState<'asking' | 'busy' | 'wrong' | 'failed'>('asking');
  const unlock = async () => {
    setState('busy');
    try {
      const isRight = await unlockKeys(passphrase);
      setState(isRight ? 'asking' : 'wrong');
      if (isRight) onUnlocked?.();
    } catch {
      setState('failed');
    }
  };
  return (
    <form
      className="grid w-full gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) void unlock();
      }}
    >
      {text && <p className="text-[13px] text-ink-2">{text}</p>}
      <div className="flex flex-wrap gap-2">
        <TextInput
          ref={input}
          type="password"
          aria-label={t('keysPassphrase')}
          placeholder={t('keysPassphrase')}
          value={passphrase}
          onChange={(event) => {
            setPassphrase(event.target.value);
            setState('asking');
          }}
          onKeyDown={({ key }) => key === 'Escape' && onCancel?.()}
          aria-describedby={`${id}-problem`}
          aria-invalid={state === 'wrong'}
          className="flex-1 basis-40"
        />
        <Button type="submit" look="primary" disabled={state === 'busy'}>
          {t('unlock')}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
      </div>
      {(state === 'wrong' || state === 'failed') && (
        <p id={`${id}-problem`} role="alert" className="text-[13px] text-danger">
          {t(state === 'wrong' ? 'passphraseWrong' : 'confirmFailed')}
        </p>
      )}
    </form>
  );
}
