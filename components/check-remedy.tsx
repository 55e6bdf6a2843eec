/** What helps where a step of a connection's test failed: a sentence, and the click that does it. */
import { browser } from 'wxt/browser';
import type { CheckRemedy, CheckStep } from '@/lib/check-step';
import { t, type MessageKey } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { allowHost } from '@/lib/panel/doctor';
import { saveAddress } from '@/lib/panel/provider-settings';
import { CopyButton } from './copy-button';
import { Button } from './ui/button';
import { UnlockForm } from './unlock-form';

/** After these the browser itself tells more, as soon as it opens the address. */
const opened: CheckRemedy[] = ['checkConnection', 'startServer'];

export function Remedy({
  step: { remedy, address },
  provider,
  place,
  onChanged,
}: {
  step: CheckStep;
  provider: ProviderInfo;
  /** Where the fields are, in words. */
  place: string;
  onChanged: () => Promise<void>;
}) {
  if (!remedy) return null;
  const values = {
    provider: provider.name,
    host: hostOf(provider),
    address: address ?? '',
    place,
  };
  const setting = remedy === 'originSetting' ? provider.originSetting : undefined;
  const allow = async () => {
    if (await allowHost(provider)) await onChanged();
  };
  return (
    <>
      <p className="break-words text-ink-2">{t(sentenceOf(remedy, provider), values)}</p>
      {remedy === 'unlockKeys' && <UnlockForm onUnlocked={() => void onChanged()} />}
      {setting && (
        <div className="flex items-center gap-1.5">
          <code
            tabIndex={0}
            className="min-w-0 flex-1 overflow-x-auto rounded-md bg-raised px-2 py-1 font-mono text-xs whitespace-nowrap"
          >
            {setting}
          </code>
          <CopyButton label={t('copy')} text={setting} />
        </div>
      )}
      {remedy === 'allowAccess' && (
        <Button look="primary" className="w-fit" onClick={() => void allow()}>
          {t('allowAccess')}
        </Button>
      )}
      {opened.includes(remedy) && (
        <>
          {provider.address.startsWith('https:') && (
            <p className="text-ink-2">{t('checkCertificate')}</p>
          )}
          <Button
            className="w-fit max-w-full break-words"
            onClick={() => void browser.tabs.create({ url: provider.address })}
          >
            {t('openAddress', { address: provider.address })}
          </Button>
        </>
      )}
      {address && (
        <Button
          look="primary"
          className="w-fit max-w-full break-words"
          onClick={() => void saveAddress(provider, address).then(onChanged)}
        >
          {t('useThisAddress', { address })}
        </Button>
      )}
    </>
  );
}

/** What the key is called where it is a user with a password. */
function sentenceOf(remedy: CheckRemedy, { fields }: ProviderInfo): MessageKey {
  const isLogin = fields.some((field) => field.isLogin);
  if (isLogin && remedy === 'setKey') return 'checkSetLogin';
  return isLogin && remedy === 'checkKey' ? 'checkLogin' : `checkRemedy_${remedy}`;
}

/** The host as people read it; of what has no address, the provider's name. */
export function hostOf({ address, name }: ProviderInfo): string {
  return URL.parse(address)?.host ?? name;
}
