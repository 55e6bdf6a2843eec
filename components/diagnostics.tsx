import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import type { LogEntry } from '@/lib/log';
import { clearLog, readLog } from '@/lib/panel/actions';
import { CopyButton } from './copy-button';
import { Button } from './ui/button';

/** The worker's log: what happened and how long it took, never what was written. */
export function Diagnostics() {
  const [entries, setEntries] = useState<LogEntry[]>([]);
  const load = () => void readLog().then(setEntries);
  useEffect(load, []);
  const lines = entries.map(toLine);
  return (
    <section aria-labelledby="diagnostics" className="grid gap-3">
      <h2 id="diagnostics" className="text-[15px] font-semibold">
        {t('diagnostics')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('diagnosticsText')}</p>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={load}>{t('refresh')}</Button>
        <Button onClick={() => void clearLog().then(load)} disabled={entries.length === 0}>
          {t('clear')}
        </Button>
        <CopyButton label={t('copy')} text={lines.join('\n')} />
      </div>
      {entries.length === 0 ? (
        <p className="text-[13px] text-ink-2">{t('diagnosticsEmpty')}</p>
      ) : (
        <ol
          tabIndex={0}
          aria-label={t('diagnostics')}
          className="max-h-96 overflow-auto rounded-[10px] border border-line bg-code px-3 py-2 font-mono text-xs leading-[1.7]"
        >
          {lines.toReversed().map((line, index) => (
            <li key={lines.length - index} className="whitespace-pre">
              {line}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function toLine({ time, level, event, ...facts }: LogEntry): string {
  const when = new Date(time).toISOString();
  const rest = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return [when, level.padEnd(5), event, ...rest].join(' ');
}
