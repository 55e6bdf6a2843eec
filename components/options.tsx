import { useEffect, useId, useState } from 'react';
import { browser } from 'wxt/browser';
import { t } from '@/lib/i18n';
import { followProviders } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { language as languageSetting, modelTitles, type Language } from '@/lib/settings';
import { BackupSection } from './backup-section';
import { Diagnostics } from './diagnostics';
import { Mark } from './mark';
import { ProviderSection } from './provider-section';
import { ReadingSection } from './reading-section';
import { StorageSection } from './storage-section';
import { Select } from './ui/select';

const languages = [
  { value: 'auto', text: 'languageAuto' },
  { value: 'en', text: 'languageEn' },
  { value: 'ru', text: 'languageRu' },
] as const;

export function Options() {
  const providers = useChat((state) => state.providers);
  useEffect(() => {
    document.title = t('settingsTitle');
    followProviders();
  }, []);
  return (
    <main className="mx-auto grid max-w-[680px] grid-cols-[minmax(0,1fr)] gap-8 px-4 py-8 [&_.grid]:grid-cols-[minmax(0,1fr)]">
      <header className="flex flex-wrap items-center gap-3">
        <Mark className="size-9" />
        <h1 className="text-[19px] font-semibold tracking-[-0.01em]">{t('settingsTitle')}</h1>
        <span className="ms-auto text-xs text-ink-3">
          {t('version', { version: browser.runtime.getManifest().version })}
        </span>
      </header>
      <section aria-labelledby="general" className="grid gap-3">
        <h2 id="general" className="text-[15px] font-semibold">
          {t('general')}
        </h2>
        <LanguageField />
        <ModelTitlesField />
      </section>
      <ReadingSection />
      {providers.map((provider) => (
        <ProviderSection key={provider.id} provider={provider} />
      ))}
      <BackupSection />
      <StorageSection />
      <Diagnostics />
    </main>
  );
}

function LanguageField() {
  const [chosen, setChosen] = useState<Language>();
  useEffect(() => void languageSetting.getValue().then(setChosen), []);
  const choose = (value: string) => {
    const found = languages.find((language) => language.value === value);
    if (found) void languageSetting.setValue(found.value);
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span aria-hidden>{t('language')}</span>
      <Select
        label={t('language')}
        value={chosen ?? 'auto'}
        options={languages.map(({ value, text }) => ({ value, text: t(text) }))}
        onChange={choose}
        className="min-h-8 border border-line"
      />
    </div>
  );
}

function ModelTitlesField() {
  const id = useId();
  const [isOn, setOn] = useState(false);
  useEffect(() => void modelTitles.getValue().then(setOn), []);
  const choose = (chosen: boolean) => {
    setOn(chosen);
    void modelTitles.setValue(chosen);
  };
  return (
    <div className="grid gap-1">
      <label className="flex items-center justify-between gap-4">
        {t('modelTitles')}
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={id}
          onChange={(event) => choose(event.target.checked)}
          className="size-[18px] accent-accent"
        />
      </label>
      <p id={id} className="text-[13px] text-ink-2">
        {t('modelTitlesText')}
      </p>
    </div>
  );
}
