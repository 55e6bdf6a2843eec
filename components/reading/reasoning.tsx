import { ChevronRight, Sparkle } from 'lucide-react';
import { useId, useState } from 'react';
import type { Part } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { formatMeasured, useElapsed } from '@/lib/panel/elapsed';
import { Markdown } from './markdown';

/**
 * What the model thought, folded unless the person unfolds it: one quiet line, which counts the time
 * while it goes on, so that nothing moves when the answer starts.
 */
export function Reasoning({
  part: { text, startedAt, endedAt },
  isRunning,
}: {
  part: Part & { type: 'reasoning' };
  isRunning: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const hasText = text.trim() !== '';
  if (!hasText && !isRunning) return null;
  const time = endedAt === undefined ? undefined : formatMeasured(endedAt - startedAt);
  const label = isRunning ? (
    <Running since={startedAt} />
  ) : time === undefined ? (
    t('thoughts')
  ) : (
    t('thought', { time })
  );
  return (
    <div className="mb-1 text-[13px] text-ink-2">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        disabled={!hasText}
        onClick={() => setOpen(!isOpen)}
        className="-ms-1.5 flex min-h-7 items-center gap-1.5 rounded-lg px-1.5 enabled:hover:bg-raised enabled:hover:text-ink"
      >
        <Sparkle size={14} aria-hidden className="flex-none text-ink-3" />
        <span className="tabular-nums">{label}</span>
        {hasText && (
          <ChevronRight
            size={14}
            aria-hidden
            className={`flex-none text-ink-3 ${isOpen ? 'rotate-90' : 'rtl:rotate-180'}`}
          />
        )}
      </button>
      {isOpen && (
        <div id={id} className="mt-1 mb-(--block-gap) border-s-2 border-line ps-3">
          <Markdown text={text} isGrowing={isRunning} />
        </div>
      )}
    </div>
  );
}

function Running({ since }: { since: number }) {
  return t('thinking', { time: useElapsed(since) });
}
