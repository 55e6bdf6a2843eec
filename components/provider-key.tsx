import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { keepWorkerAwake, saveKey, useKeyLock } from '@/lib/panel/keys';
import { isPublicHost } from '@/lib/public-host';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';
import { UnlockForm } from './unlock-form';

/** A provider's key: typed once, then only known by its end. */
export function KeyField({
  provider,
  onEdit,
  onSaved,
}: {
  provider: ProviderInfo;
  onEdit: () => void;
  onSaved: () => void;
}) {
  const label = useId();
  const lock = useKeyLock();
  const [isEditing, setEditing] = useState(false);
  const [isFailed, setFailed] = useState(false);
  /** What gets the focus when it appears: the control that was used goes. */
  const [focusOn, setFocusOn] = useState<'input' | 'replace'>();
  const save = async (key: string) => {
    try {
      await saveKey(provider.id, key);
      setFailed(false);
      onSaved();
      return true;
    } catch {
      setFailed(true);
      return false;
    }
  };
  const isOptional = provider.fields.find(({ id }) => id === 'key')?.isOptional ?? false;
  return (
    <div role="group" aria-labelledby={label} className="grid gap-1.5">
      <span id={label}>{t(isOptional ? 'keyOptional' : 'providerField_key')}</span>
      {provider.key && !isEditing ? (
        <KeptKey
          tail={provider.key.tail}
          isLocked={lock === 'locked'}
          isFocused={focusOn === 'replace'}
          onReplace={() => {
            setEditing(true);
            setFocusOn('input');
          }}
          onRemove={() => {
            setFocusOn('input');
            void save('');
          }}
        />
      ) : lock === 'locked' ? (
        <UnlockForm text={t('keysLockedHere')} />
      ) : (
        <KeyInput
          provider={provider}
          isFocused={focusOn === 'input'}
          onEdit={onEdit}
          onSave={save}
          onDone={(by) => {
            setEditing(false);
            setFocusOn(by === 'enter' ? 'replace' : undefined);
          }}
          onStart={() => setEditing(true)}
        />
      )}
      {isFailed && (
        <p role="alert" className="text-[13px] text-danger">
          {t('saveFailed')}
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

/**
 * A key is whole when it was pasted, with Enter, or when one leaves the field or the page: half of one
 * would be tried and refused. The field stays open while one types.
 */
function KeyInput({
  provider,
  isFocused,
  onEdit,
  onStart,
  onSave,
  onDone,
}: {
  provider: ProviderInfo;
  isFocused: boolean;
  onEdit: () => void;
  onStart: () => void;
  onSave: (key: string) => Promise<boolean>;
  onDone: (by: 'enter' | 'leaving') => void;
}) {
  const hint = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const saved = useRef('');
  useEffect(() => {
    if (isFocused) input.current?.focus();
  }, [isFocused]);
  const take = async (key: string) => {
    if (!key.trim() || key === saved.current) return true;
    saved.current = key;
    const isSaved = await onSave(key);
    if (!isSaved) saved.current = '';
    return isSaved;
  };
  const hasText = text !== '';
  useEffect(() => (hasText ? keepWorkerAwake() : undefined), [hasText]);
  const takeLast = useEffectEvent(() => void take(text));
  useEffect(() => {
    const leavePage = () => takeLast();
    addEventListener('pagehide', leavePage);
    return () => {
      removeEventListener('pagehide', leavePage);
      takeLast();
    };
  }, []);
  const leave = async (by: 'enter' | 'leaving') => {
    if (await take(text)) onDone(by);
  };
  return (
    <>
      <TextInput
        ref={input}
        type="password"
        aria-label={t('providerField_key')}
        aria-describedby={hint}
        value={text}
        onChange={({ target, nativeEvent }) => {
          setText(target.value);
          onStart();
          onEdit();
          if (isPasted(nativeEvent)) void take(target.value);
        }}
        // Who goes to another window comes back, with the rest of the key perhaps.
        onBlur={() => document.hasFocus() && void leave('leaving')}
        onKeyDown={(event) => event.key === 'Enter' && void leave('enter')}
        className="w-full"
      />
      <p id={hint} className="text-[13px] text-ink-2">
        {hintOf(provider)}
      </p>
    </>
  );
}

/** Where the key goes. */
function hintOf({ address }: ProviderInfo): string {
  const url = URL.parse(address);
  if (!url) return t('keyHintNoHost');
  const isReadable = url.protocol === 'http:' && isPublicHost(url.hostname);
  return t(isReadable ? 'keyHintReadable' : 'keyHint', { host: url.host });
}

function isPasted(event: Event): boolean {
  return event instanceof InputEvent && /^insertFrom(?:Paste|Drop)$/u.test(event.inputType);
}
