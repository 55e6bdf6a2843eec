import { SlidersVertical } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState } from 'react';
import {
  EFFORTS,
  SYSTEM_LIMIT,
  TEMPERATURE_LIMIT,
  TOKENS_LIMIT,
  type ChatOptions,
} from '@/lib/chat-options';
import { t, type MessageKey } from '@/lib/i18n';
import { selectModelInUse, useChat } from '@/lib/panel/chat-store';
import { formatCount } from '@/lib/panel/counts';
import { setOptions } from '@/lib/panel/models';
import { useSetting } from '@/lib/panel/use-setting';
import { systemPrompt } from '@/lib/settings';
import { Button, IconButton } from './ui/button';
import { Select } from './ui/select';

/** Stands in the list for what is not set. */
const USUAL = 'usual';

/** What a model takes of which nothing else is known. */
const ALL = ['temperature', 'maxTokens'];

const efforts = {
  none: 'effortNone',
  low: 'effortLow',
  medium: 'effortMedium',
  high: 'effortHigh',
} as const satisfies Record<(typeof EFFORTS)[number], MessageKey>;

/** How the model answers in this conversation; a dot says that something is set. */
export function ChatOptionsButton() {
  const [isOpen, setOpen] = useState(false);
  const isSet = useChat(({ conversation }) => conversation?.options !== undefined);
  const output = useChat((state) => selectModelInUse(state)?.output);
  // A model for pictures is asked in other ways.
  if (output === 'image') return null;
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <span className="relative flex-none text-ink-2">
        <Popover.Trigger asChild>
          <IconButton icon={SlidersVertical} label={t(isSet ? 'chatOptionsSet' : 'chatOptions')} />
        </Popover.Trigger>
        {isSet && (
          <span
            aria-hidden
            className="pointer-events-none absolute end-0.5 top-0.5 size-2 rounded-full border border-ground bg-accent"
          />
        )}
      </span>
      <Popover.Portal>
        <Popover.Content
          aria-label={t('chatOptions')}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-popover-content-available-height) w-[min(360px,calc(100vw-16px))] overflow-y-auto rounded-xl border border-line bg-ground p-3 text-[13px] text-ink shadow-raised outline-none"
        >
          <Fields onClose={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What is chosen counts at once; it is shown from here, without the way through the worker. */
function Fields({ onClose }: { onClose: () => void }) {
  const stored = useChat(({ conversation }) => conversation?.options);
  const [options, setShown] = useState<ChatOptions>(stored ?? {});
  const model = useChat(selectModelInUse);
  const { reasons = false, canSkipThinking = false, takes = ALL } = model ?? {};
  const set = (changed: ChatOptions) => {
    setShown(changed);
    void setOptions(changed);
  };
  return (
    <div className="grid gap-3">
      <h2 className="font-semibold">{t('chatOptions')}</h2>
      <SystemField options={options} onChange={set} />
      {takes.includes('temperature') && <TemperatureField options={options} onChange={set} />}
      {takes.includes('maxTokens') && <LengthField options={options} onChange={set} />}
      {reasons && <EffortField options={options} canBeNone={canSkipThinking} onChange={set} />}
      {!reasons && takes.length === 0 && <p className="text-ink-2">{t('noOtherOptions')}</p>}
      <div className="flex justify-end gap-2">
        <Button disabled={Object.keys(options).length === 0} onClick={() => set({})}>
          {t('useDefault')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </div>
    </div>
  );
}

interface FieldProps {
  options: ChatOptions;
  onChange: (options: ChatOptions) => void;
}

function SystemField({ options: { system, ...others }, onChange }: FieldProps) {
  const usual = useSetting(systemPrompt);
  return (
    <label className="grid gap-1">
      {t('systemPrompt')}
      <textarea
        rows={3}
        dir="auto"
        autoComplete="off"
        maxLength={SYSTEM_LIMIT}
        placeholder={usual.slice(0, 200) || t('systemPromptExample')}
        value={system ?? ''}
        onChange={({ target }) =>
          onChange(target.value ? { ...others, system: target.value } : others)
        }
        className="field-sizing-content max-h-40 min-h-16 resize-none rounded-[9px] border border-line bg-ground px-2.5 py-1.5 placeholder:text-ink-3 focus-visible:outline-2"
      />
    </label>
  );
}

function TemperatureField({ options: { temperature, ...others }, onChange }: FieldProps) {
  const id = useId();
  const shown = temperature === undefined ? t('asUsual') : formatCount(temperature, 1);
  return (
    <div className="grid gap-1">
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id}>{t('temperature')}</label>
        <span className="text-ink-2 tabular-nums">{shown}</span>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={TEMPERATURE_LIMIT}
        step={0.1}
        value={temperature ?? 1}
        aria-valuetext={shown}
        onChange={({ target }) => onChange({ ...others, temperature: target.valueAsNumber })}
        className="min-h-7 w-full accent-accent"
      />
      <p aria-hidden className="flex justify-between text-xs text-ink-3">
        <span>{t('temperatureLow')}</span>
        <span>{t('temperatureHigh')}</span>
      </p>
    </div>
  );
}

function LengthField({ options: { maxTokens, ...others }, onChange }: FieldProps) {
  return (
    <label className="flex items-center justify-between gap-3">
      {t('maxTokens')}
      <input
        type="number"
        min={1}
        max={TOKENS_LIMIT}
        step={1}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t('asUsual')}
        value={maxTokens ?? ''}
        onChange={({ target }) =>
          onChange(
            target.valueAsNumber >= 1 ? { ...others, maxTokens: target.valueAsNumber } : others,
          )
        }
        className="min-h-8 w-32 rounded-[9px] border border-line bg-ground px-2.5 text-end placeholder:text-ink-3 focus-visible:outline-2"
      />
    </label>
  );
}

function EffortField({
  options: { effort, ...others },
  canBeNone,
  onChange,
}: FieldProps & { canBeNone: boolean }) {
  const words = EFFORTS.filter((word) => word !== 'none' || canBeNone);
  const choices = [
    { value: USUAL, text: t('asUsual') },
    ...words.map((value) => ({ value, text: t(efforts[value]) })),
  ];
  const choose = (value: string) => {
    const found = EFFORTS.find((one) => one === value);
    onChange(found ? { ...others, effort: found } : others);
  };
  return (
    <div className="flex items-center justify-between gap-3">
      <span aria-hidden>{t('effort')}</span>
      <Select
        label={t('effort')}
        value={words.find((word) => word === effort) ?? USUAL}
        options={choices}
        onChange={choose}
        className="min-h-8 border border-line"
      />
    </div>
  );
}
