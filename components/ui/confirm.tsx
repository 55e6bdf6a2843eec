import { AlertDialog as Radix } from 'radix-ui';
import { useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { Button } from './button';

/**
 * Asks before something is lost for good. It stays open until `onConfirm` has done it, and says so
 * when that failed: the same button tries again.
 */
export function Confirm({
  title,
  text,
  action,
  trigger,
  onConfirm,
}: {
  title: string;
  text: string;
  /** What the button that does it says. */
  action: string;
  trigger: ReactNode;
  onConfirm: () => Promise<void>;
}) {
  const [isOpen, setOpen] = useState(false);
  const [state, setState] = useState<'asking' | 'busy' | 'failed'>('asking');
  const confirm = async () => {
    setState('busy');
    try {
      await onConfirm();
      setOpen(false);
    } catch {
      setState('failed');
    }
  };
  return (
    <Radix.Root
      open={isOpen}
      onOpenChange={(next) => {
        setState('asking');
        setOpen(next);
      }}
    >
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content className="fixed inset-x-3 top-1/2 z-40 mx-auto grid max-w-[380px] -translate-y-1/2 gap-2 rounded-2xl border border-line bg-ground p-4 text-ink shadow-raised outline-none">
          <Radix.Title className="text-[15px] font-semibold">{title}</Radix.Title>
          <Radix.Description className="text-ink-2">{text}</Radix.Description>
          {state === 'failed' && (
            <p role="alert" className="text-danger">
              {t('confirmFailed')}
            </p>
          )}
          <div className="mt-2 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{t('cancel')}</Button>
            </Radix.Cancel>
            <Button look="danger" disabled={state === 'busy'} onClick={() => void confirm()}>
              {action}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
