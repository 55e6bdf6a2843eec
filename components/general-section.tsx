import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { language as languageSetting, modelTitles, type Language } from '@/lib/settings';
import { Select } from './ui/select';

const languages = [
  { value: 'auto', text: 'languageAuto' },
  { value: 'en', text: 'languageEn' },
  { value: 'ru', text: 'languageRu' },
] as const;

export function GeneralSection() {
  return (
    <section aria-labelledby="general" className="grid gap-3">
      <h2 id="general" className="text-[15px] font-semibold">
        {t('general')}
      </h2>
      <LanguageField />
      <ModelTitlesField />
    </section>
  );
}

/** Whether the choice of the language had the focus when the page went, to be made anew in another one. */
let hadFocus = false;

function LanguageField() {
  const row = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = row;
    if (hadFocus) current?.querySelector('button')?.focus();
    return () => {
      hadFocus = current?.contains(document.activeElement) === true;
    };
  }, []);
  const [chosen, setChosen] = useState<Language>();
  useEffect(() => {
    void languageSetting.getValue().then(setChosen);
    return languageSetting.watch(setChosen);
  }, []);
  const choose = (value: string) => {
    const found = languages.find((language) => language.value === value);
    if (found) void languageSetting.setValue(found.value);
  };
  return (
    <div ref={row} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
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
  useEffect(() => {
    void modelTitles.getValue().then(setOn);
    return modelTitles.watch(setOn);
  }, []);
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
