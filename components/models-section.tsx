import { monthOf } from '@/lib/month';
import { useEffect, useId, useState } from 'react';
import { SYSTEM_LIMIT } from '@/lib/chat-options';
import { t, type MessageKey } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { formatCount } from '@/lib/panel/counts';
import { useSetting } from '@/lib/panel/use-setting';
import { defaultModels, monthlyUse, systemPrompt, type DefaultModels } from '@/lib/settings';
import { ModelBox } from './model-box';

const places = [
  { place: 'chat', label: 'defaultChat' },
  { place: 'image', label: 'defaultImage' },
  { place: 'popup', label: 'defaultPopup' },
] as const satisfies { place: keyof DefaultModels; label: MessageKey }[];

/** With which models one begins, what they are told, and how much was asked of them this month. */
export function ModelsSection() {
  return (
    <section aria-labelledby="models" className="grid gap-3">
      <h2 id="models" className="text-[15px] font-semibold">
        {t('models')}
      </h2>
      {places.map(({ place, label }) => (
        <DefaultField key={place} place={place} label={t(label)} />
      ))}
      <SystemPromptField />
      <MonthlySum />
    </section>
  );
}

function DefaultField({ place, label }: { place: keyof DefaultModels; label: string }) {
  const chosen = useSetting(defaultModels);
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <span aria-hidden>{label}</span>
      <ModelBox
        label={label}
        current={chosen[place]}
        {...(place === 'image' && { output: 'image' })}
        none={t('asPickedLast')}
        isOpen={isOpen}
        onOpenChange={setOpen}
        onChoose={(model) => void defaultModels.setValue({ ...chosen, [place]: model })}
        className="min-h-8 max-w-full border border-line"
      />
    </div>
  );
}

function SystemPromptField() {
  const id = useId();
  const [text, setText] = useState('');
  useEffect(() => void systemPrompt.getValue().then(setText), []);
  const change = (changed: string) => {
    setText(changed);
    void systemPrompt.setValue(changed);
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id}>{t('systemPrompt')}</label>
      <textarea
        id={id}
        rows={2}
        dir="auto"
        maxLength={SYSTEM_LIMIT}
        placeholder={t('systemPromptExample')}
        value={text}
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value)}
        className="field-sizing-content max-h-60 min-h-16 resize-none rounded-[9px] border border-line bg-ground px-2.5 py-1.5 placeholder:text-ink-3 focus-visible:outline-2"
      />
      <p id={`${id}-hint`} className="text-[13px] text-ink-2">
        {t('systemPromptText')}
      </p>
    </div>
  );
}

/** Only of providers that were asked this month. */
function MonthlySum() {
  const providers = useChat((state) => state.providers);
  const all = useSetting(monthlyUse);
  const [month] = useState(() => monthOf(Date.now()));
  const sums = Object.entries(all[month] ?? {});
  if (sums.length === 0 || providers.length === 0) return null;
  return (
    <div className="grid gap-1">
      <h3 id="monthly-use">{t('monthlyUse')}</h3>
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-labelledby="monthly-use">
        <table aria-labelledby="monthly-use" className="w-full text-[13px] text-ink-2">
          <thead className="text-xs text-ink-3">
            <tr>
              <th className="py-1 text-start font-normal">{t('provider')}</th>
              <th className="ps-3 text-end font-normal">{t('replies')}</th>
              <th className="ps-3 text-end font-normal">{t('tokensIn')}</th>
              <th className="ps-3 text-end font-normal">{t('tokensOut')}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {sums.map(([id, { replies, input, output }]) => (
              <tr key={id} className="border-t border-line">
                <th className="py-1 text-start font-normal">
                  {providers.find((provider) => provider.id === id)?.name ?? id}
                </th>
                <td className="ps-3 text-end">{formatCount(replies)}</td>
                <td className="ps-3 text-end">{input > 0 ? formatCount(input) : '–'}</td>
                <td className="ps-3 text-end">{output > 0 ? formatCount(output) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
