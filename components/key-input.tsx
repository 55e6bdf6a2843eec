import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { keepWorkerAwake } from '@/lib/panel/keys';
import { isKeyOptional } from '@/lib/panel/provider-settings';
import { isPublicHost } from '@/lib/public-host';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';

/**
 * A key is whole when it was pasted, with Enter, or when one leaves the field or the page: half of one
 * would be tried and refused. The field stays open while one types. In place of a key that is kept, only
 * what was pasted or is said to be whole counts: a good key must not go for a half one.
 */
export function KeyInput({
  provider,
  isReplacing,
  isFocused,
  onEdit,
  onStart,
  onSave,
  onDone,
}: {
  provider: ProviderInfo;
  isReplacing: boolean;
  isFocused: boolean;
  onEdit: () => void;
  onStart: () => void;
  /** Answers whether the key is kept. */
  onSave: (key: string) => Promise<boolean>;
  onDone: (by: 'button' | 'leaving') => void;
}) {
  const id = useId();
  const row = useRef<HTMLDivElement>(null);
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
  const hasText = text.trim() !== '';
  useEffect(() => (hasText ? keepWorkerAwake() : undefined), [hasText]);
  const takeLast = useEffectEvent(() => {
    if (!provider.key) void take(text);
  });
  useEffect(() => {
    const leavePage = () => takeLast();
    addEventListener('pagehide', leavePage);
    return () => {
      removeEventListener('pagehide', leavePage);
      takeLast();
    };
  }, []);
  const finish = async (by: 'button' | 'leaving') => {
    if (await take(text)) onDone(by);
  };
  return (
    <>
      <div ref={row} className="flex flex-wrap gap-2">
        <TextInput
          ref={input}
          type="password"
          aria-required={!isKeyOptional(provider)}
          aria-label={t('providerField_key')}
          aria-describedby={`${id}-hint`}
          value={text}
          onChange={({ target, nativeEvent }) => {
            setText(target.value);
            onStart();
            onEdit();
            if (isPasted(nativeEvent)) void take(target.value);
          }}
          onBlur={({ relatedTarget }) => {
            // Who goes to another window comes back, with the rest of the key perhaps.
            const isLeft = document.hasFocus() && !row.current?.contains(relatedTarget);
            if (isLeft && !(isReplacing && hasText)) void finish('leaving');
          }}
          onKeyDown={({ key }) => {
            if (key === 'Enter') void finish('button');
            if (key === 'Escape' && isReplacing) onDone('button');
          }}
          className="flex-1 basis-60"
        />
        {isReplacing && (
          <span className="flex gap-2">
            <Button look="primary" disabled={!hasText} onClick={() => void finish('button')}>
              {t('save')}
            </Button>
            <Button onClick={() => onDone('button')}>{t('cancel')}</Button>
          </span>
        )}
      </div>
      <p id={`${id}-hint`} className="text-[13px] text-ink-2">
        {hintOf(provider)}
      </p>
    </>
  );
}

/** What it is, where that is not plain, and where it goes. */
function hintOf({ address, fields }: ProviderInfo): string {
  const url = URL.parse(address);
  const isReadable = url?.protocol === 'http:' && isPublicHost(url.hostname);
  const way = url
    ? t(isReadable ? 'keyHintReadable' : 'keyHint', { host: url.host })
    : t('keyHintNoHost');
  return fields.some(({ isLogin }) => isLogin) ? `${t('keyHintLogin')} ${way}` : way;
}

function isPasted(event: Event): boolean {
  return event instanceof InputEvent && /^insertFrom(?:Paste|Drop)$/u.test(event.inputType);
}
