import { useEffect, useId, useRef, useState } from 'react';
import { hostPattern } from '@/lib/host-pattern';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { hasAccess, requestAccess } from '@/lib/panel/access';
import { originOf } from '@/lib/provider-address';
import {
  defaultAddress,
  hostOf,
  saveAddress,
  typedAddress,
  type TypingProblem,
} from '@/lib/panel/provider-settings';
import { proxySupport } from '@/lib/proxy-support';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';

/** Milliseconds without a key stroke after which what was typed is taken. */
const PAUSE = 800;

/** What stands under the field: a problem, or a question that is answered with a click. */
type Note =
  | { type: 'problem'; problem: TypingProblem }
  | { type: 'ask-access' | 'ask-key'; address: string; isByKeyboard: boolean }
  | { type: 'refused'; host: string }
  | { type: 'failed' };

/** Where requests go: taken after a pause or when one leaves the field, a new host after a click. */
export function AddressField({
  provider,
  onEdit,
  onSaved,
}: {
  provider: ProviderInfo;
  onEdit: () => void;
  onSaved: () => void;
}) {
  const id = useId();
  const usual = defaultAddress(provider);
  /** Null while it shows what is kept. */
  const [draft, setDraft] = useState<string | null>(null);
  const [note, setNote] = useState<Note>();
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(pause.current), []);

  const save = async (address: string, keepsKey = false) => {
    try {
      await saveAddress(provider, address === usual ? '' : address, keepsKey);
      setNote(undefined);
      onSaved();
      return true;
    } catch {
      setNote({ type: 'failed' });
      return false;
    }
  };
  const take = async (text: string, by: 'pause' | 'leaving' | 'enter') => {
    clearTimeout(pause.current);
    const typed = typedAddress(provider, text);
    if ('problem' in typed) return setNote({ type: 'problem', problem: typed.problem });
    const { address } = typed;
    const isByKeyboard = by === 'enter';
    if (address !== provider.address) {
      const pattern = hostPattern(address);
      const origins = [address, provider.address].map(originOf);
      // Without an address no request leaves, and the key was given for none.
      const isElsewhere = origins.every(Boolean) && origins[0] !== origins[1];
      if (provider.key && isElsewhere) return setNote({ type: 'ask-key', address, isByKeyboard });
      if (pattern && !(await hasAccess(pattern))) {
        return setNote({ type: 'ask-access', address, isByKeyboard });
      }
      if (!(await save(address))) return undefined;
    }
    if (by !== 'pause') setDraft(null);
    return undefined;
  };
  /** Within the click: the browser's question needs one. */
  const allow = async (address: string, keepsKey: boolean) => {
    const pattern = hostPattern(address);
    if (pattern && !(await requestAccess(pattern))) {
      return setNote({ type: 'refused', host: hostOf(address) });
    }
    if (await save(address, keepsKey)) setDraft(null);
    return undefined;
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id}>{t('providerField_address')}</label>
      <div className="flex gap-2">
        <TextInput
          id={id}
          type="url"
          inputMode="url"
          value={draft ?? provider.address}
          placeholder={usual}
          onChange={({ target }) => {
            setDraft(target.value);
            setNote(undefined);
            onEdit();
            clearTimeout(pause.current);
            pause.current = setTimeout(() => void take(target.value, 'pause'), PAUSE);
          }}
          onBlur={() => draft !== null && !note && void take(draft, 'leaving')}
          onKeyDown={(event) =>
            event.key === 'Enter' && draft !== null && void take(draft, 'enter')
          }
          aria-describedby={`${id}-hint ${id}-note`}
          aria-required={usual === ''}
          aria-invalid={note?.type === 'problem'}
          className="flex-1"
        />
        {usual !== '' && provider.address !== usual && (
          <Button
            className="flex-none"
            onClick={() => {
              setDraft(usual);
              void take(usual, 'leaving');
            }}
          >
            {t('useDefault')}
          </Button>
        )}
      </div>
      <p id={`${id}-hint`} className="text-[13px] text-ink-2">
        {t(hintOf(provider))}
      </p>
      <div id={`${id}-note`} role="alert" className="text-[13px] empty:hidden">
        {note && <NoteView note={note} provider={provider} onAllow={allow} />}
      </div>
    </div>
  );
}

function NoteView({
  note,
  provider,
  onAllow,
}: {
  note: Note;
  provider: ProviderInfo;
  onAllow: (address: string, keepsKey: boolean) => Promise<void>;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const isByKeyboard = 'isByKeyboard' in note && note.isByKeyboard;
  useEffect(() => {
    if (isByKeyboard) button.current?.focus();
  }, [isByKeyboard]);
  if (note.type === 'failed') return <p className="text-danger">{t('saveFailed')}</p>;
  if (note.type === 'refused') {
    return <p className="text-danger">{t('accessRefused', { host: note.host })}</p>;
  }
  if (note.type === 'problem') {
    return <p className="text-danger">{problemText(note.problem, provider)}</p>;
  }
  const { address } = note;
  const hosts = { host: hostOf(address), before: hostOf(provider.address) };
  return note.type === 'ask-access' ? (
    <div className="flex flex-wrap items-center gap-2">
      <p className="text-ink-2">{t('notSavedYet')}</p>
      <Button ref={button} look="primary" onClick={() => void onAllow(address, false)}>
        {t('allowAccessTo', hosts)}
      </Button>
    </div>
  ) : (
    <div className="grid gap-2 rounded-xl bg-warn-soft p-3">
      <p>{t('keyElsewhere', hosts)}</p>
      <div className="flex flex-wrap gap-2">
        <Button ref={button} onClick={() => void onAllow(address, false)}>
          {t('keyElsewhereRemove')}
        </Button>
        <Button onClick={() => void onAllow(address, true)}>{t('keyElsewhereSend', hosts)}</Button>
      </div>
    </div>
  );
}

function problemText(problem: TypingProblem, provider: ProviderInfo): string {
  const example = defaultAddress(provider) || 'https://gateway.example/v1';
  switch (problem) {
    case 'invalid':
      return t('addressInvalid', { example });
    case 'scheme':
      return t('addressScheme');
    case 'credentials':
      return t('addressCredentials');
    case 'star':
      return t('addressStar');
    case 'path':
      return t('addressPath', { example });
  }
}

function hintOf(provider: ProviderInfo): MessageKey {
  if (provider.kind === 'local') return 'addressHintLocal';
  if (!defaultAddress(provider)) return 'addressHintOwn';
  return proxySupport() === 'none' ? 'addressHintGateway' : 'addressHint';
}
