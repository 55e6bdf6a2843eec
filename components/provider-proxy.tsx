import { useEffect, useId, useRef, useState, type ComponentProps } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useKeyLock } from '@/lib/panel/keys';
import { hostOf } from '@/lib/panel/provider-settings';
import {
  allowProxies,
  PROXY_EXAMPLE,
  saveProxy,
  typedProxy,
  useProxyState,
  type TypedProxy,
} from '@/lib/panel/proxy';
import { isLoopback } from '@/lib/proxy-address';
import { proxySupport, type ProxyState } from '@/lib/proxy-support';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';
import { UnlockForm } from './unlock-form';

/** What the provider's requests go through: nothing, until one opens the form. */
export function ProxyField({
  provider,
  onEdit,
  onSaved,
}: {
  provider: ProviderInfo;
  onEdit: () => void;
  onSaved: () => void;
}) {
  const label = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const isLocked = useKeyLock() === 'locked';
  const wasOpen = useRef(false);
  useEffect(() => {
    // The button that was pressed is gone, and the focus with it.
    if (wasOpen.current && !isOpen) opener.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  const { proxy, address } = provider;
  const isUsable = proxySupport() !== 'none' && !isLoopback(address);
  if (!proxy && !isUsable) return null;
  const remove = async () => {
    try {
      await saveProxy(provider, '', null);
      setFailed(false);
      onSaved();
      opener.current?.focus();
    } catch {
      setFailed(true);
    }
  };
  return (
    <div role="group" aria-labelledby={label} className="grid gap-1.5">
      <span id={label}>{t('providerProxy')}</span>
      {isOpen && (
        <ProxyForm
          provider={provider}
          onEdit={onEdit}
          onSaved={onSaved}
          onDone={() => setOpen(false)}
        />
      )}
      {!isOpen && (
        <>
          <div className="flex flex-wrap items-center gap-2">
            {proxy && (
              <span className="me-auto text-ink-2 wrap-anywhere">
                {proxy.hasLogin ? t('proxyWithLogin', { address: proxy.address }) : proxy.address}
                {proxy.hasLogin && isLocked && ` · ${t('keyLocked')}`}
              </span>
            )}
            <span className="flex gap-2">
              {isUsable && (
                <Button ref={opener} onClick={() => setOpen(true)}>
                  {t(proxy ? 'keyReplace' : 'useProxy')}
                </Button>
              )}
              {proxy && <Button onClick={() => void remove()}>{t('keyRemove')}</Button>}
            </span>
          </div>
          {proxy && <ProxyStatus provider={provider} />}
        </>
      )}
      {isFailed && <Alert text="saveFailed" />}
    </div>
  );
}

function ProxyForm({
  provider,
  onEdit,
  onSaved,
  onDone,
}: {
  provider: ProviderInfo;
  onEdit: () => void;
  onSaved: () => void;
  onDone: () => void;
}) {
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<TypedProxy>({ address: '', user: '', password: '' });
  const [problem, setProblem] = useState<MessageKey>();
  const isLocked = useKeyLock() === 'locked';
  /** Whether there is a password to keep, which needs the keys to be unlocked. */
  const [isForKeys, setForKeys] = useState(false);
  const isUnlocking = isForKeys && isLocked;
  const saver = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    // Not saved at once: the browser's question needs a click of its own.
    if (isForKeys && !isLocked) saver.current?.focus();
  }, [isForKeys, isLocked]);
  const change = (changes: Partial<TypedProxy>) => {
    setTyped({ ...typed, ...changes });
    setProblem(undefined);
    setForKeys(false);
    onEdit();
  };
  /** Within the click or the key stroke: the browser's question needs one. */
  const save = async () => {
    const read = typedProxy(typed);
    if ('problem' in read) return setProblem(problems[read.problem]);
    if (read.login && isLocked) return setForKeys(true);
    if (!(await allowProxies())) return setProblem('proxyRefused');
    try {
      await saveProxy(provider, read.address, read.login);
    } catch {
      return setProblem('saveFailed');
    }
    onSaved();
    return onDone();
  };
  const cancel = (
    <Button look="quiet" onClick={onDone}>
      {t('cancel')}
    </Button>
  );
  return (
    <div className="grid gap-2">
      <form
        className="grid gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          ref={first}
          aria-label={t('proxyAddress')}
          aria-describedby={`${id}-hint ${id}-problem`}
          aria-invalid={problem === 'proxyInvalid' || problem === 'proxyScheme'}
          placeholder={PROXY_EXAMPLE}
          inputMode="url"
          value={typed.address}
          onChange={({ target }) => change({ address: target.value })}
        />
        <div className="flex flex-wrap gap-2">
          <LoginInput
            label={t('proxyUser')}
            value={typed.user}
            onChange={({ target }) => change({ user: target.value })}
          />
          <LoginInput
            label={t('proxyPassword')}
            type="password"
            value={typed.password}
            onChange={({ target }) => change({ password: target.value })}
          />
        </div>
        <p id={`${id}-hint`} className="text-[13px] text-ink-2">
          {t(effect(), { host: hostOf(provider.address) })}
        </p>
        <div id={`${id}-problem`} className="empty:hidden">
          {problem && <Alert text={problem} />}
        </div>
        {!isUnlocking && (
          <div className="flex flex-wrap gap-2">
            <Button ref={saver} type="submit" look="primary" disabled={!typed.address.trim()}>
              {t('proxySave')}
            </Button>
            {cancel}
          </div>
        )}
      </form>
      {isUnlocking && <UnlockForm text={t('proxyKeysLocked')} isFocused />}
      {isUnlocking && <div>{cancel}</div>}
    </div>
  );
}

function LoginInput({ label, ...props }: ComponentProps<'input'> & { label: string }) {
  return (
    <label className="grid flex-1 basis-40 gap-1">
      <span className="text-[13px] text-ink-2">{label}</span>
      <TextInput {...props} />
    </label>
  );
}

const problems = {
  invalid: 'proxyInvalid',
  scheme: 'proxyScheme',
  'socks-login': 'proxySocksLogin',
} as const;

/** Whether the proxy holds, and for what. */
function ProxyStatus({ provider }: { provider: ProviderInfo }) {
  const state = useProxyState();
  const { address } = provider;
  const text = isLoopback(address) ? 'proxyLoopback' : state && textOf(state);
  if (!text) return null;
  return (
    <div className="grid gap-2 text-[13px]">
      <p className={state === 'usable' ? 'text-ink-2' : 'text-warn'}>
        {t(text, { host: hostOf(address) })}
      </p>
      {state === 'no-permission' && (
        <Button look="primary" className="w-fit" onClick={() => void allowProxies()}>
          {t('allowProxy')}
        </Button>
      )}
    </div>
  );
}

function textOf(state: ProxyState): MessageKey {
  switch (state) {
    case 'usable':
      return effect();
    case 'no-permission':
      return 'proxyNotAllowed';
    case 'taken':
      return 'proxyTaken';
    case 'no-support':
      return 'proxyNoSupport';
  }
}

function effect(): MessageKey {
  return proxySupport() === 'script' ? 'proxyHintScript' : 'proxyHint';
}

function Alert({ text }: { text: MessageKey }) {
  return (
    <p role="alert" className="text-[13px] text-danger">
      {t(text, { example: PROXY_EXAMPLE })}
    </p>
  );
}
