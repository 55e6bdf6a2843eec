import { useCallback, useEffect, useState } from 'react';
import { currentLanguage, t, type MessageKey } from '@/lib/i18n';
import type { StorageUse } from '@/lib/messages';
import { formatBytes } from '@/lib/panel/byte-size';
import {
  checkDatabase,
  dateBefore,
  deleteAll,
  deleteOlderThan,
  readStorageUse,
} from '@/lib/panel/clean-up';
import { Button } from './ui/button';
import { Confirm } from './ui/confirm';
import { Select } from './ui/select';

/** What Aside keeps on this device, and how to be rid of it. */
export function StorageSection() {
  const [use, setUse] = useState<StorageUse | 'failed'>();
  const [done, setDone] = useState('');
  const load = useCallback(() => {
    readStorageUse().then(setUse, () => setUse('failed'));
  }, []);
  useEffect(load, [load]);
  const finish = (text: string) => {
    setDone(text);
    load();
  };
  return (
    <section aria-labelledby="storage" className="grid gap-3">
      <h2 id="storage" className="text-[15px] font-semibold">
        {t('storage')}
      </h2>
      {use === 'failed' ? (
        <p role="alert" className="text-[13px] text-danger">
          {t('storageFailed')}
        </p>
      ) : (
        <Use use={use} />
      )}
      <OlderThan onDone={finish} />
      <div className="flex flex-wrap gap-2">
        <DatabaseCheck />
        <Confirm
          title={t('deleteEverythingTitle')}
          text={t('deleteEverythingText')}
          action={t('deleteEverything')}
          trigger={<Button>{t('deleteEverything')}</Button>}
          onConfirm={async () => {
            await deleteAll();
            finish(t('everythingDeleted'));
          }}
        />
      </div>
      <p role="status" className="text-[13px] text-ink-2 empty:absolute">
        {done}
      </p>
    </section>
  );
}

/** The lines are there before the numbers are, so that nothing below moves. */
function Use({ use }: { use: StorageUse | undefined }) {
  const lines: { label: MessageKey; counts?: string; bytes: number | undefined }[] = [
    {
      label: 'storageText',
      counts: use
        ? [
            counted('conversationCount', use.conversations),
            counted('messageCount', use.messages),
          ].join(', ')
        : '',
      bytes: use?.textBytes,
    },
    {
      label: 'storagePictures',
      counts: use ? counted('pictureCount', use.images) : '',
      bytes: use?.imageBytes,
    },
    { label: 'storageTotal', bytes: use?.totalBytes },
  ];
  return (
    <dl className="grid gap-1.5">
      {lines.map(({ label, counts, bytes }) => (
        <div key={label} className="flex items-baseline gap-3">
          <dt className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2">
            {t(label)}
            <span className="text-[13px] text-ink-3">{counts}</span>
          </dt>
          <dd className="flex-none tabular-nums">
            {bytes === undefined ? '–' : formatBytes(bytes)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const ages = [
  { days: 30, text: 'ageMonth' },
  { days: 90, text: 'ageQuarter' },
  { days: 365, text: 'ageYear' },
] as const;

function OlderThan({ onDone }: { onDone: (text: string) => void }) {
  const [value, setValue] = useState('365');
  const { days, text } = ages.find((age) => String(age.days) === value) ?? ages[2];
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span aria-hidden>{t('deleteOlderThan')}</span>
      <span className="flex gap-2">
        <Select
          label={t('deleteOlderThan')}
          value={value}
          options={ages.map((age) => ({ value: String(age.days), text: t(age.text) }))}
          onChange={setValue}
          className="min-h-8 border border-line"
        />
        <Confirm
          title={t('deleteOlderTitle', { age: t(text) })}
          text={t('deleteOlderText', { date: dateBefore(days) })}
          action={t('delete')}
          trigger={<Button>{t('delete')}</Button>}
          onConfirm={async () =>
            onDone(counted('conversationsDeleted', await deleteOlderThan(days)))
          }
        />
      </span>
    </div>
  );
}

function DatabaseCheck() {
  const [problems, setProblems] = useState<string[] | 'running' | 'failed'>();
  const check = () => {
    setProblems('running');
    checkDatabase().then(setProblems, () => setProblems('failed'));
  };
  return (
    <>
      <Button disabled={problems === 'running'} onClick={check}>
        {t('checkDatabase')}
      </Button>
      <div role="status" className="order-last basis-full text-[13px] text-ink-2 empty:hidden">
        {problems === 'running' && t('databaseChecking')}
        {problems === 'failed' && <span className="text-danger">{t('checkFailed')}</span>}
        {Array.isArray(problems) && <Problems problems={problems} />}
      </div>
    </>
  );
}

function Problems({ problems }: { problems: string[] }) {
  if (problems.length === 0) return t('databaseSound');
  return (
    <>
      <p className="text-danger">{counted('databaseProblems', problems.length)}</p>
      <ul tabIndex={0} className="mt-1 max-h-60 list-disc overflow-y-auto ps-5">
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </>
  );
}

function counted(key: MessageKey, count: number): string {
  return t(key, { count, number: count.toLocaleString(currentLanguage()) });
}
