import { useState } from 'react';
import { hostPattern } from '@/lib/host-pattern';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { isGrantedAtInstall, removeAccess, requestAccess, useAccess } from '@/lib/panel/access';
import { hostOf } from '@/lib/panel/provider-settings';
import { Button } from './ui/button';

/** Whether Aside may reach the provider's host, and the click that changes it. */
export function AccessRow({
  provider: { address },
  onAllowed,
}: {
  provider: ProviderInfo;
  onAllowed: () => void;
}) {
  const isAllowed = useAccess(address);
  const [isRefused, setRefused] = useState(false);
  const pattern = hostPattern(address);
  const host = hostOf(address);
  if (!pattern) return null;
  const allow = async () => {
    const isGranted = await requestAccess(pattern);
    setRefused(!isGranted);
    if (isGranted) onAllowed();
  };
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-2">
      <span className={`me-auto ${isAllowed === false ? 'text-warn' : 'text-ink-2'}`}>
        {isAllowed === true && t('accessAllowed', { host })}
        {isAllowed === false && t(isRefused ? 'accessStillMissing' : 'accessMissing', { host })}
      </span>
      {isAllowed === false && (
        <Button look="primary" onClick={() => void allow()}>
          {t('allowAccessTo', { host })}
        </Button>
      )}
      {isAllowed === true && !isGrantedAtInstall(address) && (
        <Button onClick={() => void removeAccess(address)}>{t('removeAccess')}</Button>
      )}
    </div>
  );
}
