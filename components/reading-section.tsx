import { useEffect, useState } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import { reading, type Reading } from '@/lib/settings';
import { Select } from './ui/select';

type Choices<Key extends keyof Reading> = readonly { value: Reading[Key]; text: MessageKey }[];

const textSizes = [
  { value: 'small', text: 'textSizeSmall' },
  { value: 'normal', text: 'textSizeNormal' },
  { value: 'large', text: 'textSizeLarge' },
  { value: 'larger', text: 'textSizeLarger' },
] as const;

const densities = [
  { value: 'comfortable', text: 'densityComfortable' },
  { value: 'compact', text: 'densityCompact' },
] as const;

const widths = [
  { value: 'narrow', text: 'readerWidthNarrow' },
  { value: 'full', text: 'readerWidthFull' },
] as const;

/** How text is set: what is chosen is seen at once, in all pages. */
export function ReadingSection() {
  const [chosen, setChosen] = useState<Reading>(reading.fallback);
  useEffect(() => {
    void reading.getValue().then(setChosen);
    return reading.watch(setChosen);
  }, []);
  const field = <Key extends keyof Reading>(key: Key, label: string, choices: Choices<Key>) => (
    <Choice
      label={label}
      value={chosen[key]}
      choices={choices}
      onChoose={(value) => {
        const found = choices.find((choice) => choice.value === value);
        if (found) void reading.setValue({ ...chosen, [key]: found.value });
      }}
    />
  );
  return (
    <section aria-labelledby="reading" className="grid gap-3">
      <h2 id="reading" className="text-[15px] font-semibold">
        {t('reading')}
      </h2>
      {field('textSize', t('textSize'), textSizes)}
      {field('density', t('density'), densities)}
      {field('width', t('readerWidth'), widths)}
    </section>
  );
}

function Choice({
  label,
  value,
  choices,
  onChoose,
}: {
  label: string;
  value: string;
  choices: readonly { value: string; text: MessageKey }[];
  onChoose: (value: string) => void;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span aria-hidden>{label}</span>
      <Select
        label={label}
        value={value}
        options={choices.map((choice) => ({ value: choice.value, text: t(choice.text) }))}
        onChange={onChoose}
        className="min-h-8 border border-line"
      />
    </div>
  );
}
