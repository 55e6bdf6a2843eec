import { useRef, useState } from 'react';
import { hostPattern } from '@/lib/host-pattern';
import { t } from '@/lib/i18n';
import { removeAccess, useAllowedHosts } from '@/lib/panel/access';
import { useChat } from '@/lib/panel/chat-store';
import { inWords } from './provider-access';
import { Button } from './ui/button';

/** Every host that was allowed, also for what is no longer in use, and the click that takes it back. */
export function HostsSection() {
  const patterns = useAllowedHosts();
  const providers = useChat((state) => state.providers);
  const heading = useRef<HTMLHeadingElement>(null);
  const [refused, setRefused] = useState<string>();
  const remove = async (pattern: string) => {
    const isRemoved = await removeAccess(pattern);
    setRefused(isRemoved ? undefined : pattern);
    if (isRemoved) heading.current?.focus({ preventScroll: true });
  };
  return (
    <section aria-labelledby="hosts" className="grid gap-3">
      <h2 ref={heading} id="hosts" tabIndex={-1} className="text-[15px] font-semibold outline-none">
        {t('hosts')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('hostsText')}</p>
      {patterns?.length === 0 && <p className="text-[13px] text-ink-2">{t('hostsNone')}</p>}
      <ul className="grid gap-2 empty:hidden">
        {patterns?.map((pattern) => {
          const host = hostIn(pattern);
          const users = providers.filter(
            ({ isActive, address }) => isActive && hostPattern(address) === pattern,
          );
          return (
            <li key={pattern} className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
              <p className="flex min-w-0 flex-1 basis-32 flex-wrap items-baseline gap-x-2 wrap-anywhere">
                {host}
                <span className="text-[13px] text-ink-3">
                  {users.length > 0
                    ? t('hostUsedBy', { providers: inWords(users) })
                    : t('hostUnused')}
                </span>
              </p>
              <Button
                aria-label={t('removeAccessTo', { host })}
                onClick={() => void remove(pattern)}
              >
                {t('removeAccess')}
              </Button>
              <p role="alert" className="basis-full text-[13px] text-danger empty:hidden">
                {pattern === refused && t('accessKept', { host })}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** As people read it; what stands for many hosts, or is unencrypted, as the browser has it. */
function hostIn(pattern: string): string {
  const isOne = hostPattern(pattern) === pattern;
  if (!isOne) return pattern;
  return pattern.replace(/^https:\/\/|\/\*$/gu, '');
}
