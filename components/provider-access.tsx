import { useId, useState } from 'react';
import { hostPattern } from '@/lib/host-pattern';
import { currentLanguage, t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { isGrantedAtInstall, removeAccess, requestAccess, useAccess } from '@/lib/panel/access';
import { useChat } from '@/lib/panel/chat-store';
import { hostOf } from '@/lib/panel/provider-settings';
import { Button } from './ui/button';

/** Whether Aside may reach the provider's host, and the click that changes it. */
export function AccessRow({
  provider: { id, address },
  onAllowed,
}: {
  provider: ProviderInfo;
  onAllowed: () => void;
}) {
  const isAllowed = useAccess(address);
  /** The patterns that the person, or the browser, said no to. */
  const [refused, setRefused] = useState<string>();
  const [kept, setKept] = useState<string>();
  const pattern = hostPattern(address);
  const host = hostOf(address);
  // The browser allows a host with all its ports.
  const { hostname = '' } = URL.parse(address) ?? {};
  const sharedId = useId();
  const others = useChat(({ providers }) => providers).filter(
    (other) => other.isActive && other.id !== id && hostPattern(other.address) === pattern,
  );
  if (!pattern) return null;
  const allow = async () => {
    const isGranted = await requestAccess(pattern);
    setRefused(isGranted ? undefined : pattern);
    setKept(undefined);
    if (isGranted) onAllowed();
  };
  const remove = async () => setKept((await removeAccess(pattern)) ? undefined : pattern);
  const isFixed = isGrantedAtInstall(address);
  return (
    // As high from the start as with the button that comes once it is known.
    <div
      className={`flex flex-wrap items-center gap-2 text-[13px] ${isFixed ? 'min-h-5' : 'min-h-8'}`}
    >
      <span className={`me-auto ${isAllowed === false ? 'text-warn' : 'text-ink-2'}`}>
        {isAllowed === true && t('accessAllowed', { host })}
        {isAllowed === false &&
          t(refused === pattern ? 'accessStillMissing' : 'accessMissing', { host })}
      </span>
      {isAllowed === false && (
        <Button look="primary" onClick={() => void allow()}>
          {t('allowAccessTo', { host })}
        </Button>
      )}
      {isAllowed === true && !isFixed && (
        <>
          <Button aria-describedby={sharedId} onClick={() => void remove()}>
            {t('removeAccess')}
          </Button>
          <p role="alert" className="basis-full text-danger empty:hidden">
            {kept === pattern && t('accessKept', { host: hostname })}
          </p>
          <p id={sharedId} className="basis-full text-ink-2 empty:hidden">
            {others.length > 0 && t('accessShared', { host: hostname, providers: inWords(others) })}
          </p>
        </>
      )}
    </div>
  );
}

/** Their names in a row. */
export function inWords(providers: ProviderInfo[]): string {
  const names = providers.map(({ name }) => name);
  return new Intl.ListFormat(currentLanguage()).format(names);
}
