import { ExternalLink } from 'lucide-react';
import { useId, useState } from 'react';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { saveAddress, type SaveOutcome } from '@/lib/panel/provider-settings';
import type { SettingsField } from '@/lib/provider';
import { Button } from './ui/button';

/** A provider's settings: its fields come from its description. */
export function ProviderSection({ provider }: { provider: ProviderInfo }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="grid gap-3">
      <h2 id={heading} className="text-[15px] font-semibold">
        {provider.name}
      </h2>
      <p className="text-[13px] text-ink-2">{t('unofficial', { provider: provider.name })}</p>
      {provider.fields.map((field) => (
        <AddressField key={field.id} provider={provider} field={field} />
      ))}
      <a
        href={provider.address + provider.homePage}
        target="_blank"
        rel="noopener noreferrer"
        className="flex w-fit items-center gap-1.5 text-[13px] text-accent underline underline-offset-2"
      >
        {t('openHomePage', { provider: provider.name })}
        <ExternalLink size={14} aria-hidden />
      </a>
    </section>
  );
}

function AddressField({ provider, field }: { provider: ProviderInfo; field: SettingsField }) {
  const id = useId();
  const [text, setText] = useState(provider.address);
  const [outcome, setOutcome] = useState<SaveOutcome>();
  const save = async (address: string) => setOutcome(await saveAddress(provider, address));
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id}>{t(`providerField_${field.id}`)}</label>
      <div className="flex flex-wrap gap-2">
        <input
          id={id}
          type="url"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setOutcome(undefined);
          }}
          onKeyDown={(event) => event.key === 'Enter' && void save(text)}
          aria-describedby={`${id}-hint`}
          aria-invalid={outcome === 'invalid'}
          className="min-h-8 min-w-0 flex-1 basis-60 rounded-[9px] border border-line bg-ground px-2.5 focus-visible:outline-2"
        />
        <Button look="primary" onClick={() => void save(text)}>
          {t('save')}
        </Button>
        <Button
          onClick={() => {
            setText(field.default);
            void save('');
          }}
        >
          {t('useDefault')}
        </Button>
      </div>
      <p id={`${id}-hint`} className="text-[13px] text-ink-2">
        {t('addressHint')}
      </p>
      <p
        role="status"
        className={`text-[13px] ${outcome === 'saved' ? 'text-ink-2' : 'text-danger'}`}
      >
        {outcome === 'saved' && t('saved')}
        {outcome === 'invalid' && t('addressInvalid', { example: field.default })}
        {outcome === 'refused' && t('accessRefused', { host: URL.parse(text)?.host ?? text })}
      </p>
    </div>
  );
}
