/** What a person sees of an export or import: how far it is, and how it ended. */
import { useState } from 'react';
import { t } from '@/lib/i18n';
import { faultTexts, type TransferResult } from '@/lib/panel/transfer';
import { Button } from './ui/button';

/** A running transfer; `share` is from 0 to 1, null while nobody knows. */
export function TransferProgress({
  text,
  share,
  onCancel,
}: {
  text: string;
  share: number | null;
  onCancel: () => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p role="status" className="w-full text-[13px] text-ink-2">
        {text}
      </p>
      <progress
        aria-label={t('transferProgress')}
        className="h-1.5 min-w-0 flex-1 accent-accent"
        max={1}
        {...(share !== null && { value: share })}
      />
      <Button onClick={onCancel}>{t('transferCancel')}</Button>
    </div>
  );
}

/** How a transfer ended, in words; where a file is broken, on request. */
export function TransferOutcome({ result }: { result: TransferResult }) {
  const [isOpen, setOpen] = useState(false);
  const where = result.type === 'failed' ? result.where : undefined;
  return (
    <div className="grid justify-items-start gap-1.5">
      <p
        role={result.type === 'failed' ? 'alert' : 'status'}
        className={`text-[13px] ${result.type === 'failed' ? 'text-danger' : 'text-ink-2'}`}
      >
        {sentenceOf(result)}
      </p>
      {where && (
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('details')}
        </Button>
      )}
      {where && isOpen && (
        <pre className="font-mono text-xs break-all whitespace-pre-wrap text-ink-2">{where}</pre>
      )}
    </div>
  );
}

function sentenceOf(result: TransferResult): string {
  switch (result.type) {
    case 'exported':
      return t('backupSaved');
    case 'cancelled':
      return t('transferCancelled');
    case 'failed':
      return t(faultTexts[result.fault]);
    case 'imported': {
      const { added, merged } = result;
      const sentences = [
        added > 0 && t('importAdded', { count: added }),
        merged > 0 && t('importMerged', { count: merged }),
      ].filter(Boolean);
      return sentences.join(' ') || t('importNothing');
    }
  }
}
