import { Check, Copy, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import { IconButton } from './ui/button';

const SHOWN_FOR = 1600;

/** Copies a text and says whether it worked. */
export function CopyButton({ label, text }: { label: string; text: string }) {
  return <CopyAction label={label} icon={Copy} copy={() => navigator.clipboard.writeText(text)} />;
}

/** A copy button for whatever `copy` puts on the clipboard. */
export function CopyAction({
  label,
  icon,
  copy,
  className = '',
}: {
  label: string;
  icon: LucideIcon;
  copy: () => Promise<void>;
  className?: string;
}) {
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);
  const icons = { copied: Check, copyFailed: TriangleAlert };
  return (
    <>
      <IconButton
        icon={outcome ? icons[outcome] : icon}
        label={label}
        title={t(outcome ?? 'copy')}
        className={className}
        onClick={() =>
          void copy().then(
            () => setOutcome('copied'),
            () => setOutcome('copyFailed'),
          )
        }
      />
      <span role="status" className="sr-only">
        {outcome && t(outcome)}
      </span>
    </>
  );
}
