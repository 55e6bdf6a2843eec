import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { KeyboardEvent, ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { IconButton } from './button';

/**
 * Fills the page with one thing; Escape, the button or a click beside it gives way to what opened it.
 * Without a trigger, `onClosed` moves the focus on.
 */
export function Dialog({
  label,
  trigger,
  isOpen,
  onOpenChange,
  onKeyDown,
  onClosed,
  children,
}: {
  label: string;
  trigger?: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  onClosed?: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      {trigger !== undefined && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-ground" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-0 z-30 grid place-items-center p-3 outline-none"
          onKeyDown={onKeyDown}
          onCloseAutoFocus={(event) => {
            if (!onClosed) return;
            event.preventDefault();
            onClosed();
          }}
          onClick={(event) => event.target === event.currentTarget && onOpenChange(false)}
        >
          <Radix.Title className="sr-only">{label}</Radix.Title>
          {children}
          <Radix.Close asChild>
            <IconButton
              icon={X}
              size="large"
              label={t('close')}
              className="absolute end-3 top-3 text-ink-2"
            />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
