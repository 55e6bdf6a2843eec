import { useId, useState } from 'react';
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

function PassphraseForm({ action, onSet }: { action: string; onSet: () => void }) {
  const hint = useId();
  const [passphrase, setTyped] = useState('');
  const [repeated, setRepeated] = useState('');
  const [state, setState] = useState<'typing' | 'busy' | 'differs' | 'failed'>('typing');
  const set = async () => {
    setState('busy');
    try {
      await setPassphrase(passphrase);
      onSet();
    } catch {
      setState('failed');
    }
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!passphrase) return;
        if (passphrase === repeated) void set();
        else setState('differs');
      }}
    >
      <PassphraseField
        label={t('keysPassphrase')}
        value={passphrase}
        onChange={setTyped}
        describedBy={hint}
      />
      {passphrase && (
        <PassphraseField
          label={t('keysPassphraseRepeat')}
          value={repeated}
          onChange={setRepeated}
          isInvalid={state === 'differs'}
        />
      )}
      <p id={hint} role="alert" className="text-[13px] text-danger empty:hidden">
        {state === 'differs' && t('backupDiffers')}
        {state === 'failed' && t('confirmFailed')}
      </p>
      <Button type="submit" className="w-fit" disabled={state === 'busy'}>
        {action}
      </Button>
    </form>
  );
}
