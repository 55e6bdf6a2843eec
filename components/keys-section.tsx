import { useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { lockKeys, setPassphrase, useKeyLock } from '@/lib/panel/keys';
import { Button } from './ui/button';
import { Confirm } from './ui/confirm';
import { PassphraseField } from './ui/passphrase-field';
import { UnlockForm } from './unlock-form';

/** The passphrase of all keys: set, changed, taken away; keys locked and unlocked. */
export function KeysSection() {
  const lock = useKeyLock();
  const [isChanging, setChanging] = useState(false);
  const [done, setDone] = useState('');
  const finish = (text: string) => {
    setDone(text);
    setChanging(false);
  };
  return (
    <section aria-labelledby="keys" className="grid gap-3">
      <h2 id="keys" className="text-[15px] font-semibold">
        {t('keys')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('keysText')}</p>
      {lock === 'none' && (
        <PassphraseForm action={t('setPassphrase')} onSet={() => finish(t('passphraseSet'))} />
      )}
      {lock === 'locked' && (
        <UnlockForm text={t('keysLocked')} onUnlocked={() => finish(t('keysUnlocked'))} />
      )}
      {lock === 'unlocked' && (
        <>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => void lockKeys().then(() => finish(''))}>{t('lockKeys')}</Button>
            <Button aria-expanded={isChanging} onClick={() => setChanging(!isChanging)}>
              {t('changePassphrase')}
            </Button>
            <Confirm
              title={t('removePassphraseTitle')}
              text={t('removePassphraseText')}
              action={t('removePassphrase')}
              trigger={<Button>{t('removePassphrase')}</Button>}
              onConfirm={async () => {
                await setPassphrase('');
                finish(t('passphraseRemoved'));
              }}
            />
          </div>
          {isChanging && (
            <PassphraseForm
              action={t('changePassphrase')}
              onSet={() => finish(t('passphraseSet'))}
            />
          )}
        </>
      )}
      <p role="status" className="text-[13px] text-ink-2 empty:absolute">
        {done || (lock === 'unlocked' && t('keysUnlocked'))}
      </p>
    </section>
  );
}

/** Characters. A shorter one is guessed by whoever has the file of the keys. */
const SHORTEST = 8;

const problems = {
  short: 'passphraseShort',
  differs: 'backupDiffers',
  failed: 'confirmFailed',
} as const;

function PassphraseForm({ action, onSet }: { action: string; onSet: () => void }) {
  const id = useId();
  const repeat = useRef<HTMLInputElement>(null);
  const [passphrase, setTyped] = useState('');
  const [repeated, setRepeated] = useState('');
  const [state, setState] = useState<'typing' | 'busy' | keyof typeof problems>('typing');
  const set = async () => {
    setState('busy');
    try {
      await setPassphrase(passphrase);
      onSet();
    } catch {
      setState('failed');
    }
  };
  const submit = () => {
    if (!passphrase) return;
    if (passphrase.length < SHORTEST) setState('short');
    else if (!repeated) repeat.current?.focus();
    else if (passphrase === repeated) void set();
    else setState('differs');
  };
  const describedBy = `${id}-hint ${id}-problem`;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PassphraseField
        label={t('keysPassphrase')}
        value={passphrase}
        onChange={(text) => {
          setTyped(text);
          setState('typing');
        }}
        describedBy={describedBy}
        isInvalid={state === 'short'}
      />
      <p id={`${id}-hint`} className="text-[13px] text-ink-2">
        {t('passphraseHint', { least: SHORTEST })}
      </p>
      {passphrase && (
        <PassphraseField
          ref={repeat}
          label={t('keysPassphraseRepeat')}
          value={repeated}
          onChange={(text) => {
            setRepeated(text);
            setState('typing');
          }}
          describedBy={`${id}-problem`}
          isInvalid={state === 'differs'}
        />
      )}
      <p id={`${id}-problem`} role="alert" className="text-[13px] text-danger empty:hidden">
        {state !== 'typing' && state !== 'busy' && t(problems[state], { least: SHORTEST })}
      </p>
      <Button type="submit" className="w-fit" disabled={state === 'busy'}>
        {action}
      </Button>
    </form>
  );
}
