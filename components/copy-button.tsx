import { Check, Copy, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/lib/i18n';
import { IconButton } from './ui/button';

const SHOWN_FOR = 1600;

const outcomeIcons = { copied: Check, copyFailed: TriangleAlert };

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
  const { run, text, icon: shown } = useCopyOutcome(icon);
  return (
    <>
      <IconButton
        icon={shown}
        label={label}
        title={text ?? t('copy')}
        className={className}
        onClick={() => run(copy())}
      />
      <CopyStatus text={text} />
    </>
  );
}

/** For a moment, whether a copy worked: in words, and as the icon of its button. */
export function useCopyOutcome(icon: LucideIcon): {
  run: (copying: Promise<void>) => void;
  text: string | undefined;
  icon: LucideIcon;
} {
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed'>();
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [outcome]);
  return {
    run: (copying) =>
      void copying.then(
        () => setOutcome('copied'),
        () => setOutcome('copyFailed'),
      ),
    text: outcome && t(outcome),
    icon: outcome ? outcomeIcons[outcome] : icon,
  };
}

/** Tells those who do not see the icon. */
export function CopyStatus({ text }: { text: string | undefined }) {
  return (
    <span role="status" className="sr-only">
      {text}
    </span>
  );
}
