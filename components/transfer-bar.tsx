import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import { dismissExport, useExport } from '@/lib/panel/exports';
import type { Transfer } from '@/lib/panel/transfer';
import { TransferOutcome, TransferProgress } from './transfer-status';
import { Button } from './ui/button';

/** An export is usually over before anybody could read that it runs. */
const SHOWN_AFTER = 400;

/** How far an export of the panel is, and why it did not work; one that works says nothing more. */
export function TransferBar() {
  const running = useExport((state) => state.running);
  const failure = useExport((state) => state.failure);
  if (failure) {
    return (
      <Bar>
        <TransferOutcome result={failure} />
        <Button onClick={dismissExport}>{t('close')}</Button>
      </Bar>
    );
  }
  return running && <Running transfer={running} />;
}

function Running({ transfer }: { transfer: Transfer }) {
  const share = useExport((state) => state.share);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <Bar>
      <TransferProgress text={t('exportRunning')} share={share} onCancel={transfer.cancel} />
    </Bar>
  );
}

function Bar({ children }: { children: React.ReactNode }) {
  return (
    <div className="pointer-events-auto grid gap-2 rounded-xl border border-line bg-ground p-3 shadow-raised">
      {children}
    </div>
  );
}
